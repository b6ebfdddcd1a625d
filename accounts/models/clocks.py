"""时限: the clocks that run on things of upper apps."""

from django.db import models

from accounts.models.agencies import Agency
from accounts.models.base import AboutSomething
from accounts.models.remindable import Remindable

OPEN = models.Q(met_at__isnull=True)


class Clock(AboutSomething, Remindable):
    """A running time limit: what it counts from, when it is due, why; `met_at` ends it.

    `agency` and `origin` are the thing's own, so that lists are narrowed without it; an open clock follows
    where the thing goes (`services/clocks.follow`).
    Where a thing has several of a kind (a fine of each party), `part` tells them apart, `whose` says which.

    One in working days keeps their number, a citizen's the last day before it is rolled over days off
    (`nominal_on`); with the sentence it is counted by (`basis`) and the periods it stood still ([from,
    to, why]) a change of the calendar counts it again from them.
    """

    kind = models.CharField("时限", max_length=40)
    label = models.CharField("名称", max_length=60)
    part = models.CharField(max_length=40, blank=True, default="", editable=False)
    whose = models.CharField("对象", max_length=200, blank=True, default="")
    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name="机构")
    origin = models.ForeignKey(
        Agency, models.PROTECT, null=True, related_name="+", editable=False, verbose_name="上报单位"
    )
    counted_from = models.DateField("起算日")
    due_at = models.DateTimeField("到期")
    warn_at = models.DateTimeField("提醒")
    article = models.CharField("依据", max_length=200)
    explanation = models.TextField("为什么是这一天", blank=True)
    workdays = models.PositiveSmallIntegerField("工作日数", null=True, editable=False)
    nominal_on = models.DateField("顺延前的末日", null=True, blank=True, editable=False)
    basis = models.CharField("计算依据", max_length=400, blank=True, editable=False)
    stood = models.JSONField("中止过", default=list, editable=False)
    suspended_on = models.DateField("中止自", null=True, blank=True)
    suspended_reason = models.CharField("中止原因", max_length=200, blank=True)
    met_at = models.DateTimeField("完成", null=True, blank=True)
    url = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "kind", "part"],
                condition=OPEN,
                name="clock_open_once",
            )
        ]
        indexes = [
            # Those of one thing, met or not: its page.
            models.Index(fields=["subject_kind", "subject_id"], name="clock_subject"),
            # Those that are open, in each order of their list: for those above, for one office.
            models.Index(
                fields=["due_at", "id", "agency", "origin", "subject_kind", "subject_id"],
                condition=OPEN,
                name="clock_open_due",
            ),
            models.Index(fields=["agency", "due_at", "id"], condition=OPEN, name="clock_open_agency"),
            models.Index(fields=["origin", "due_at", "id"], condition=OPEN, name="clock_open_origin"),
            models.Index(fields=["kind", "due_at", "id"], condition=OPEN, name="clock_open_kind"),
            models.Index(fields=["agency", "id"], condition=OPEN, name="clock_open_office"),
            models.Index(fields=["label", "id"], condition=OPEN, name="clock_open_label"),
            models.Index(fields=["counted_from", "id"], condition=OPEN, name="clock_open_counted"),
            models.Index(
                fields=["remind_at"], condition=models.Q(remind_at__isnull=False), name="clock_remind"
            ),
            models.Index(
                fields=["id"],
                condition=models.Q(met_at__isnull=True, suspended_on__isnull=True, remind_at__isnull=True),
                name="clock_not_looked_at",
            ),
        ]
        verbose_name = verbose_name_plural = "时限"

    def __str__(self):
        return f"{self.label} {self.due_at:%Y-%m-%d}"
