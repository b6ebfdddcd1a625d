"""The lists of 历史案卷回头看: files, the cases of one, what they can be narrowed by, the workbook."""

import django_filters as df
from django.template.loader import render_to_string
from django.urls import reverse

from cases.models import Outcome, PastCase, PastFinding, ReviewState
from cases.services.past_results import TONES, said_of
from common.columns import Column
from law.findings.codes import LEVELS, NAMES, NATIVE

CODES = [(code, NAMES[code]) for code in LEVELS if code not in NATIVE]
LEVEL_CHOICES = [(each.value, each.label) for each in Outcome]
FOUND = (Outcome.BLOCK, Outcome.WARN, Outcome.INFO)


def _is_done(review) -> bool:
    return review.state == ReviewState.DONE


def _counted(name):
    return lambda review: getattr(review, name) if _is_done(review) else None


REVIEW_COLUMNS = (
    Column("file_name", "文件", link=lambda review: review.get_absolute_url()),
    Column("kind", "种类", "get_kind_display"),
    Column("state", "状态", lambda review: (review.get_state_display(), "" if _is_done(review) else "amber"),
           kind="flag"),
    Column("total", "案件", kind="number", unit="件"),
    Column("with_findings", "有问题", _counted("with_findings"), kind="number", unit="件"),
    Column("unread", "读不出来", _counted("unread"), kind="number", unit="件"),
    Column("as_of", "核对基准日", kind="date"),
    Column("made_by", "上传人", "made_by.name"),
    Column("recorded_at", "上传时间", kind="datetime", sortable="recorded_at"),
    Column("expires_on", "保留到", kind="date"),
)  # fmt: skip


def _kept_case(case) -> str:
    return reverse("cases:detail", args=[case.kept_as]) if case.kept_as else ""


class Findings(Column):
    """What a case shows, as lines of which each names its article as a link."""

    def cell(self, row) -> dict:
        """The lines, rendered."""
        faults = [said_of(fault) for fault in row.faults]
        context = {"case": row, "findings": row.findings.all(), "faults": faults, "tones": TONES}
        text = render_to_string("cases/past_reviews/findings.html", context)
        return {"column": self, "flags": None, "text": text, "href": "", "hint": ""}


PAST_CASE_COLUMNS = (
    Column("number", "案号", lambda case: case.number or f"（第 {case.position} 件）", kind="wrap",
           sortable="number", link=_kept_case),
    Column("county", "县（市、区）", "county_name", sortable="county"),
    Column("outcome", "结果", lambda case: (case.get_outcome_display(), TONES[case.outcome]),
           kind="flag"),
    Findings("findings", "问题和依据", kind="wrap"),
)  # fmt: skip

LINE_COLUMNS = (
    Column("number", "案号", "case.number"),
    Column("county", "县（市、区）", "case.county_name"),
    Column("level", "级别"),
    Column("name", "问题"),
    Column("because", "说明"),
    Column("article", "依据"),
)


class PastCaseFilter(df.FilterSet):
    """问题, 级别, 县: code and level are of one and the same finding."""

    code = df.ChoiceFilter(label="问题", choices=CODES, empty_label="全部", method="with_finding")
    level = df.ChoiceFilter(label="级别", choices=LEVEL_CHOICES, empty_label="全部", method="with_level")
    county = df.ChoiceFilter(label="县（市、区）", empty_label="全部")

    class Meta:
        model = PastCase
        fields = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["county"].extra["choices"] = list(self._review.counties.items())

    @property
    def _review(self):
        """The file whose cases they are, as the request has fetched it."""
        return self.request.subject

    def with_finding(self, queryset, name, value):
        """Cases that show it, on the level asked for."""
        showing = PastFinding.objects.filter(review=self._review, code=value)
        level = self.data.get("level")
        showing = showing.filter(level=level) if level in FOUND else showing
        return queryset.filter(pk__in=showing.order_by().values("case"))

    def with_level(self, queryset, name, value):
        """Cases that show anything on this level; without findings, or not read, by their outcome."""
        if value not in FOUND:
            return queryset.filter(outcome=value)
        found = PastFinding.objects.filter(review=self._review, level=value)
        return queryset.filter(pk__in=found.order_by().values("case"))
