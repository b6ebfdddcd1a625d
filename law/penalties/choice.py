"""Which rows of the table apply to a case: by violation, by the day the act ended, 从旧兼从轻."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from law.facts import Facts
from law.figures import Figures
from law.penalties.fines import span
from law.penalties.rules import BY_CODE
from law.penalties.shape import (
    DESTROYED,
    INTACT,
    NO_PROCEEDS,
    NO_RIGHT,
    PERSISTED,
    PERSON,
    REFUSED,
    RIGHT,
    RUINED,
    UNIT,
    UNREFUSED,
    Penalty,
    Rule,
)
from law.windows import act_days
from law.words import tags

ZERO = Decimal(0)
UNSAID = Penalty("", optional=True, bounds_known=False, sure=False)
"""No row on a day on which the act may have ended: nothing can be said of fine or 没收."""


def groups(facts: Facts, figures: Figures) -> list[list[Penalty]]:
    """What may apply, violation by violation. Tags (K81–K87) have no penalty of their own: they follow
    the conduct that they cover (按所掩护的行为)."""
    return [options(code, facts, figures) for code in sorted(facts.codes - tags())]


def options(code: str, facts: Facts, figures: Figures) -> list[Penalty]:
    """What may apply to a violation: one penalty, or several where facts or the law leave it open; an
    empty list where the table has nothing on it. Where it has nothing on some of the days that may hold,
    that is one of the alternatives."""
    penalties: list[Penalty] = []
    silent = False
    for on in act_days(code, facts):
        found = _lighter(code, facts, figures, on)
        silent = silent or not found
        penalties += [penalty for penalty in found if penalty not in penalties]
    return [*penalties, UNSAID] if silent and penalties else penalties


def _lighter(code: str, facts: Facts, figures: Figures, on: date) -> list[Penalty]:
    """The version of the day the act ended; where the one in force at the decision caps the fine
    lower, its cap (行政处罚法 art 37). The lower end stays the milder of the two."""
    then = _on(code, facts, figures, on)
    now = _on(code, facts, figures, facts.judged_on) if facts.judged_on > on else then
    if then is now or len(then) != 1 or not _one_cap(now):
        return then
    (old,), new = then, [penalty for penalty in now if penalty.fined][0]
    if not old.bounds_known or not old.fined or old.high is None or new.high >= old.high:
        return then
    article = f"{old.article}；{new.article}（从旧兼从轻）"
    return [replace(new, article=article, low=min(old.low, new.low), takes=old.takes & new.takes)]


def _one_cap(penalties: list[Penalty]) -> bool:
    fined = [penalty for penalty in penalties if penalty.fined]
    return len(fined) == 1 and fined[0].bounds_known and fined[0].high is not None


def _on(code: str, facts: Facts, figures: Figures, on: date) -> list[Penalty]:
    penalties: list[Penalty] = []
    for rule in BY_CODE.get(code, ()):
        if rule.since <= on <= rule.until:
            for penalty in _applied(rule, facts, figures, on):
                if penalty not in penalties:
                    penalties.append(penalty)
    return penalties


def _applied(rule: Rule, facts: Facts, figures: Figures, on: date) -> list[Penalty]:
    """A row under its conditions: not where one is unmet, both ways where that isn't known."""
    if not rule.when:
        return [_penalty(rule, facts, figures, on)]
    conditions = rule.when.split()
    if any(_speaks(each, facts) is False for each in conditions):
        return []
    bare = Penalty(rule.article, fined=False, high=ZERO, sure=rule.sure)
    state = _state(conditions, facts)
    penalties = [] if state is False else [_penalty(rule, facts, figures, on)]
    return penalties if state else [*penalties, bare]


def _speaks(condition: str, facts: Facts) -> bool | None:
    """Whether a row is about such a case at all: by its right, by what became of the soil, by proceeds, by
    whether the party persisted, by who it is."""
    known = {
        RIGHT: facts.right_exists,
        NO_RIGHT: _not(facts.right_exists),
        RUINED: _ruined(facts),
        INTACT: _not(_ruined(facts)),
        NO_PROCEEDS: not facts.income,
        UNREFUSED: _not(facts.refused_correct),
        PERSISTED: facts.refused_correct,
        PERSON: _person(facts),
        UNIT: _not(_person(facts)),
    }
    return known.get(condition)


def _person(facts: Facts) -> bool | None:
    """Whether every party is a person, or none is; None where that isn't known or they differ."""
    said = {each.kind == "个人" if each.kind and each.identified else None for each in facts.parties}
    return said.pop() if len(said) == 1 else None


def _ruined(facts: Facts) -> bool | None:
    """种植条件 destroyed on some piece of the land; None where it isn't said of all of it."""
    said = [each.destroyed for each in facts.land or ()]
    return True if True in said else None if None in said or not said else False


def _not(known: bool | None) -> bool | None:
    return None if known is None else not known


def _state(conditions: list[str], facts: Facts) -> bool | None:
    if REFUSED in conditions:
        return facts.refused_correct
    if DESTROYED in conditions:
        return None if facts.destroyed_value is None else facts.destroyed_value > 0
    return True


def _penalty(rule: Rule, facts: Facts, figures: Figures, on: date) -> Penalty:
    takes = frozenset(rule.takes)
    if rule.unfined:
        return Penalty(rule.article, takes, fined=False, high=ZERO, sure=rule.sure)
    between = span(rule, facts, figures, on)
    if between is None:
        return Penalty(rule.article, takes, optional=rule.optional, bounds_known=False, sure=rule.sure)
    return Penalty(rule.article, takes, *between, optional=rule.optional, sure=rule.sure)
