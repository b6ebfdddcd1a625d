"""A case as it stood at the end of a day: what came later had not happened yet."""

from dataclasses import fields, replace
from datetime import date

from law.facts.case import Facts
from law.facts.parts import Decision, Steps
from law.facts.times import Moment, day_of

# Closed in these ways a decision day may stand without a penalty.
WITHOUT_PENALTY = ("移送管辖", "终止调查", "决定不予处罚")


def as_known_on(facts: Facts) -> Facts:
    """The facts without what is dated after `as_of`; a decision day without its content gets an
    empty decision, of which nothing is known."""
    late = {field.name for field in fields(Steps) if _after(getattr(facts.steps, field.name), facts.as_of)}
    changes: dict[str, object] = {}
    if late:
        changes["steps"] = replace(facts.steps, **dict.fromkeys(late))
        changes |= _undone(late)
    priors = facts.prior_penalties
    if priors and any(each.on > facts.as_of for each in priors):
        changes["prior_penalties"] = tuple(each for each in priors if each.on <= facts.as_of)
    dated = facts.varied(**changes) if changes else facts
    if dated.steps.decided and not dated.decisions and dated.closing not in WITHOUT_PENALTY:
        dated = dated.varied(decisions=(Decision(on=dated.steps.decided),))
    return dated


def _after(moment: Moment | None, day: date) -> bool:
    return moment is not None and day_of(moment) > day


def _undone(late: set[str]) -> dict[str, object]:
    """What hangs on a step that had not been taken."""
    hangs = {
        "decided": {"decisions": (), "paid": None},
        "closed": {"closing": None},
        "referred": {"sent": False},
        "joined": {"took_part": False},
    }
    undone: dict[str, object] = {}
    for step in late & set(hangs):
        undone |= hangs[step]
    return undone
