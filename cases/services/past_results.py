"""What a review of past cases found: its cases with a link to those kept here, counts, lines to export."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from accounts.models import User
from cases.models import Case, Outcome, PastCase, PastReview
from law.findings.codes import LEVELS, NAMES

TONES = {"block": "red", "warn": "amber", "info": "", "clear": "green", "unread": "red"}


@dataclass(frozen=True)
class Line:
    """One line of the workbook: a case with one of the things said of it, or with nothing found."""

    case: PastCase
    level: str
    name: str = ""
    because: str = ""
    article: str = ""


def cases_of(review: PastReview, by: User) -> QuerySet:
    """The cases of a review, each with `kept_as`: the page of the case of that 案号 within reach."""
    same = Case.objects.within_reach(by).filter(number=OuterRef("number")).exclude(number="")
    return review.cases.annotate(
        kept_as=Subquery(same.order_by("-pk").values("public_id")[:1])
    ).prefetch_related("findings")


def counts_of(review: PastReview) -> list[dict]:
    """How many cases show each code: the worst first, as in the table of codes."""
    return [
        {
            "code": code,
            "name": NAMES[code],
            "level": Outcome(str(level)).label,
            "tone": TONES[level],
            "count": review.counts[code],
        }
        for code, level in LEVELS.items()
        if code in review.counts
    ]


def lines_of(cases: Iterable[PastCase]) -> Iterator[Line]:
    """Every case at least once: what was found, what can't be read, or that there is nothing."""
    for case in cases:
        lines = [
            Line(case, each.get_level_display(), each.get_code_display(), each.because, each.article)
            for each in case.findings.all()
        ]
        noted = Outcome.UNREAD.label if case.outcome == Outcome.UNREAD else "说明"
        lines += [Line(case, noted, "", said_of(fault)) for fault in case.faults]
        yield from lines or [Line(case, case.get_outcome_display())]


def said_of(fault: dict) -> str:
    """工作表“2024”第 3 行，罚款“三万”：应填数字。 What the reason says already isn't said twice."""
    sheet = f"工作表“{fault['sheet']}”" if fault["sheet"] else ""
    column, value, reason = (fault[key] for key in ("column", "value", "reason"))
    if column and reason.startswith(column):
        reason = reason.removeprefix(column).lstrip("：")
    if value and reason.startswith(f"“{value}”"):
        reason = reason.removeprefix(f"“{value}”").strip()
    where = f"{column}{f'“{value}”' if value else ''}"
    return f"{sheet}第 {fault['row']} 行{'，' if where else ''}{where}：{reason}"
