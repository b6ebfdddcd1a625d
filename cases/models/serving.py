"""送达: a decision served on each of its parties, by which way and with which proof."""

from django.db import models

from accounts.models.sealed import Sealed
from cases.models.decision import Decision
from cases.models.findings import Fact
from registry import codes
from registry.models import Party


class PartyService(Sealed, Fact):
    """A decision served on one party (行政处罚法 art 61, 民事诉讼法 arts 87–95); what it owes runs from here.

    `detail` is what the way asks for: who signed, who witnessed, the number of the letter; `announced_on` is
    the day of a 公告, thirty days before it counts as served. `party` None: an old case that names nobody.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="served")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+", verbose_name="受送达人")
    happened_on = models.DateField("送达日期")
    mode = models.CharField("送达方式", max_length=20, blank=True, choices=codes.choices("service_modes"))
    detail = models.CharField("送达情况", max_length=200, blank=True)
    receipt_number = models.CharField("送达回证号", max_length=60, blank=True)
    announced_on = models.DateField("公告日期", null=True, blank=True)

    class Meta:
        ordering = ["happened_on", "pk"]
        verbose_name = verbose_name_plural = "送达"
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "party"],
                condition=models.Q(withdrawn_at=None),
                name="served_once_on_a_party",
            ),
        ]

    def __str__(self):
        return f"{self.party.name if self.party else ''} {self.happened_on} {self.get_mode_display()}".strip()
