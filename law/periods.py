"""The period in which a case is to be decided (C08): one count for its clock, its flag, a line and a row.

By the rule in force on the day of 立案: ninety days, longer with approval; 鉴定、听证、公告、邮递在途 and the
wait for public security and the procuratorate aren't counted (自然资源行政处罚办法 art 38).
"""

from dataclasses import replace
from datetime import date

from common.reckoning import Pause
from common.workdays import Calendar
from law.facts import Facts, day_of
from law.figures import Figures
from law.terms import Counted, Extension, Length, Manner, Term, count, term
from law.terms.manner import length_of

REFERRAL = "移送"
WAITING = "移送后等待公安机关、检察机关作出决定"
DAYS, MORE = "decision_days", "decision_extension_days"


def deciding(filed: date, region: str | None, figures: Figures) -> Term:
    """C08 as it is counted from a day of 立案 at a place: an office's own figure stands above the law's."""
    clock = term("C08")
    length, own = length_of(clock, "", filed), figures.get(DAYS, region, filed)
    if own is None or int(own.value) == length.count:
        return clock
    article = own.document or own.article
    other = replace(length, count=int(own.value), article=article, sure=own.sure)
    return replace(clock, lengths=tuple(other if each is length else each for each in clock.lengths))


def decision_period(facts: Facts, figures: Figures, days: Calendar) -> Counted | None:
    """When the period of a case ends; without `due` while it stands still, None before 立案.

    What the rule in force at filing doesn't know, a longer extension or another ground, is left out.
    """
    filed = day_of(facts.steps.filed)
    if filed is None:
        return None
    clock = deciding(filed, facts.region, figures)
    length = length_of(clock, "", filed)
    pauses = tuple(each for each in _pauses(facts) if each.named in length.excludes)
    more = _extension(facts, length, figures)
    return count(clock, filed, days, Manner(pauses=pauses, extension=more, uncounted=facts.excluded_days))


def _pauses(facts: Facts) -> tuple[Pause, ...]:
    """Stretches known by their days; of a line or a row the wait after its referral."""
    if facts.pauses is not None:
        return facts.pauses
    sent = day_of(facts.steps.referred)
    if sent is None or sent >= facts.judged_on:
        return ()
    back = facts.freed_on
    return (Pause(sent, back if back and back <= facts.judged_on else None, WAITING, REFERRAL),)


def _extension(facts: Facts, length: Length, figures: Figures) -> Extension | None:
    """As approved; beyond thirty days only under a rule that knows 案情特别复杂."""
    asked = int(figures.value(MORE)) if facts.extended is True else int(facts.extended)
    allowed = asked if length.unbounded else min(asked, length.extension)
    return Extension(allowed, especially_complex=True) if allowed > 0 else None
