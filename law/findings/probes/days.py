"""Days of the acts and of the steps, earlier penalties and earlier acts."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta

from law.facts import Earlier, Facts, Land, Prior, day_of
from law.figures import Figures
from law.findings.probes.shape import HUGE, LONG_AGO, Probe, landed, mining
from law.windows import GOES_ON
from law.words import PRIME

_DAY = timedelta(days=1)
# Days on which versions of the law or figures begin; the day before is the last of the old.
MARKS = (date(2020, 1, 1), date(2021, 9, 1), date(2022, 8, 1), date(2025, 5, 6), date(2025, 7, 1))


def _open_ended(facts: Facts) -> bool:
    return facts.act_end is None and not facts.continuing


def _ends(facts: Facts, figures: Figures) -> Iterable[Facts]:
    last = facts.judged_on
    days = {LONG_AGO, last, *(mark - _DAY for mark in MARKS), *MARKS}
    begins = facts.acts_from or LONG_AGO
    return (facts.varied(acts_ended=day) for day in sorted(days) if begins <= day <= last)


def _begun_unknown(facts: Facts) -> bool:
    return facts.acts_from is None and bool(facts.prior_penalties) and facts.acts_ended is not None


def _beginnings(facts: Facts, figures: Figures) -> Iterable[Facts]:
    return (
        facts.varied(acts_from=prior.on) for prior in facts.prior_penalties if prior.on <= facts.acts_ended
    )


def _step(name: str) -> Callable[[Facts, date], Facts]:
    return lambda facts, day: facts.varied(steps=replace(facts.steps, **{name: day}))


def _latest_discovery(facts: Facts, figures: Figures) -> Iterable[Facts]:
    """Found at the latest when filed, decided or looked at."""
    return (_step("found")(facts, day_of(facts.steps.filed) or facts.judged_on),)


def _filings(facts: Facts, figures: Figures) -> Iterable[Facts]:
    return (_step("filed")(facts, LONG_AGO),)


def _decision_days(facts: Facts, figures: Figures) -> Iterable[Facts]:
    first = day_of(facts.steps.noticed) or day_of(facts.steps.filed) or LONG_AGO
    return (_step("decided")(facts, day) for day in (first, facts.as_of))


def _before(facts: Facts) -> date:
    return (facts.acts_from or facts.acts_ended or facts.as_of) - _DAY


def _priors(facts: Facts, figures: Figures) -> Iterable[Facts]:
    for kind in ("illegal_mining", "illegal_grassland"):
        yield facts.varied(prior_penalties=(Prior(_before(facts), kind),) * 2)


def _unsaid_standing(facts: Facts) -> bool:
    """What stands, or is kept back, goes on unless the case says otherwise; other acts end on their day."""
    return facts.continuing is None and facts.acts_ended is not None and bool(facts.codes & GOES_ON)


def _restored(facts: Facts, figures: Figures) -> Iterable[Facts]:
    return (facts.varied(continuing=False),)


def _harms(facts: Facts, figures: Figures) -> Iterable[Facts]:
    return (facts.varied(life_health=True),)


def _unnamed(facts: Facts) -> bool:
    return any(each.what is None for each in facts.prior_penalties or ())


def _named(facts: Facts, figures: Figures) -> Iterable[Facts]:
    for kind in ("illegal_mining", "illegal_grassland"):
        rows = (replace(each, what=each.what or kind) for each in facts.prior_penalties)
        yield facts.varied(prior_penalties=tuple(rows))


def _unpunished(facts: Facts, figures: Figures) -> Iterable[Facts]:
    land = (Land(PRIME, HUGE, destroyed=True),) if landed(facts) else ()
    yield facts.varied(unpunished=(Earlier(_before(facts), HUGE if mining(facts) else None, land),))


DAYS = (
    Probe("acts_ended", "行为终了日期", ("crime", "taking", "fine", "limitation"), _open_ended, _ends),
    Probe("acts_from", "行为开始日期", ("crime",), _begun_unknown, _beginnings),
    Probe(
        "prior_penalties",
        "以前受过的行政处罚",
        ("crime",),
        lambda facts: facts.prior_penalties is None,
        _priors,
    ),
    Probe("prior_penalties.for", "以前的处罚因何作出", ("crime",), _unnamed, _named),
    Probe(
        "unpunished", "未经处理的同类行为", ("crime",), lambda facts: facts.unpunished is None, _unpunished
    ),
    Probe(
        "dates.found", "发现日期", ("limitation",), lambda facts: facts.steps.found is None, _latest_discovery
    ),
    Probe(
        "continuing",
        "行为是否仍在继续（占地是否已恢复原状、交还）",
        ("limitation",),
        _unsaid_standing,
        _restored,
    ),
    Probe(
        "life_health",
        "是否危害生命健康安全且有危害后果",
        ("limitation",),
        lambda facts: facts.life_health is None,
        _harms,
    ),
    Probe(
        "dates.filed",
        "立案日期",
        ("period",),
        lambda facts: facts.decided and not facts.steps.filed,
        _filings,
    ),
    Probe(
        "dates.decided",
        "处罚决定日期",
        ("notice", "period"),
        lambda facts: facts.decided and facts.decided_on is None,
        _decision_days,
    ),
)
