"""A finding, and a case as the rules look at it: facts, figures, calendar, and what was worked out once."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from common.workdays import Calendar
from law.crimes import ThresholdTest, threshold_tests
from law.facts import Facts
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
    def owed(self) -> list[ThresholdTest]:
        """Those by which it has to go to public security and has not, nor was that refused in writing."""
        return self.unanswered(self.reached)

    @cached_property
    def must_refer(self) -> bool:
        """Whether it has to go."""
        return bool(self.owed)

    def unanswered(self, tests: list[ThresholdTest]) -> list[ThresholdTest]:
        """Those that were never answered by 移送 or 不批准移送: all while there was neither, none while
        public security has the case; after it came back or was refused those that rose since (国务院令
        第310号 arts 5, 10), for an answer covers what was known to who gave it."""
        facts = self.facts
        if facts.was_sent and facts.freed_on is None:
            return []
        if not (facts.was_sent or facts.not_referred):
            return tests
        return [test for test in tests if self._settled and all(_rose(test, then) for then in self._settled)]

    @cached_property
    def _settled(self) -> list[dict[tuple[str, str], ThresholdTest]]:
        """The tests as they stood at each answer, by what is held against which figure."""
        return [
            {(each.limit.key, each.what): each for each in threshold_tests(then, self.figures)}
            for then in self.facts.settled
        ]


def _rose(test: ThresholdTest, then: dict[tuple[str, str], ThresholdTest]) -> bool:
    return test.rises_over(then.get((test.limit.key, test.what)))


def articles(tests: list[ThresholdTest]) -> str:
    """Their articles, each once."""
    return "；".join(dict.fromkeys(each.limit.article for each in tests))


def of(code: str, tests: list[ThresholdTest], because: str) -> Finding:
    """A finding made of threshold tests."""
    return Finding(code, articles(tests), because, tuple(each.figures() for each in tests))
