"""What accounts keeps of a thing for its page: 时限, 签批, 办理记录; read by one statement.

kept = kept_of(case, *case.referrals.all(), entries=record.of(case))
pages.rows_of(kept.clocks), paper_pages.section_of(user, *things, approvals=kept.approvals)
"""

from dataclasses import dataclass

from django.db.models import Model, QuerySet

from accounts.models import Approval, Clock, PaperAnswer, TrailEntry
from accounts.services.paper_reading import READ, about
from common import at_once

SHOWN = 30


@dataclass(frozen=True)
class Kept:
    """The clocks of some things, their approvals with what was answered (the first first), and the newest
    entries of a record, with one more where there are more; or, `older`, those before one of them."""

    clocks: list[Clock]
    approvals: list[Approval]
    entries: list[TrailEntry]
    older: bool = False

    @property
    def trail(self) -> list[TrailEntry]:
        """The entries of one page."""
        return self.entries[:SHOWN]

    @property
    def earlier(self) -> str:
        """The address's part that leads to the entries before these; "" where there are none."""
        return f"before={self.entries[SHOWN - 1].pk}" if len(self.entries) > SHOWN else ""


def kept_of(*things: Model, entries: QuerySet[TrailEntry], before: str = "") -> Kept:
    """Read it; `before` is a key from `Kept.earlier`: entries older than that one."""
    fits = about(things)
    older = before.isdecimal() and len(before) < 19
    if older:
        entries = entries.filter(pk__lt=int(before))
    clocks, approvals, answers, rows = at_once.read(
        Clock.objects.filter(fits),
        Approval.objects.filter(fits).select_related(*READ).order_by("pk"),
        PaperAnswer.objects.filter(approval__in=Approval.objects.filter(fits)).select_related("by"),
        entries.select_related("actor", "agency").order_by("-pk")[: SHOWN + 1],
    )
    at_once.hang(approvals, Approval._meta.get_field("answers"), answers)
    return Kept(clocks, approvals, rows, older)
