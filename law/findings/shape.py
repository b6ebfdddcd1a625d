"""A finding, and a case as the rules look at it: facts, figures, calendar, and what was worked out once."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from common.workdays import Calendar
from law.crimes import ThresholdTest, threshold_tests
from law.facts import Facts, day_of
from law.figures import Figures
from law.findings.codes import LEVELS, Level


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found: its code, why in a sentence, by which article, with which figures; since which day,
    where the record itself says so."""

    code: str
    article: str
    because: str
    figures: tuple[dict[str, object], ...] = ()
    since: date | None = None

    @property
    def level(self) -> Level:
        """block, warn or info."""
        return LEVELS[self.code]


@dataclass(frozen=True)
class Case:
    """Facts with the figures and the calendar they are held against."""

    facts: Facts
    figures: Figures
    calendar: Calendar

    @cached_property
    def threshold_tests(self) -> list[ThresholdTest]:
        """Every amount held against the figure of a crime."""
        return threshold_tests(self.facts, self.figures)

    @cached_property
    def reached(self) -> list[ThresholdTest]:
        """Those that are reached beyond doubt."""
        return [each for each in self.threshold_tests if each.met]

    @cached_property
    def must_refer(self) -> bool:
        """Whether the case has to go to public security and has not, nor was that refused in writing."""
        return bool(self.reached) and not self.has_gone

    @cached_property
    def has_gone(self) -> bool:
        """Sent, or 不批准移送 recorded; new facts after public security gave it back call for it again."""
        facts = self.facts
        if facts.not_referred:
            return True
        new, freed = facts.steps.new_facts, facts.freed_on
        revived = new is not None and freed is not None and day_of(new) >= freed
        return facts.was_sent and not revived


def articles(tests: list[ThresholdTest]) -> str:
    """Their articles, each once."""
    return "；".join(dict.fromkeys(each.limit.article for each in tests))


def of(code: str, tests: list[ThresholdTest], because: str) -> Finding:
    """A finding made of threshold tests."""
    return Finding(code, articles(tests), because, tuple(each.figures() for each in tests))
