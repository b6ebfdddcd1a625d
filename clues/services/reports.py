"""What was reported of a clue, as typed, and what of it can't be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from accounts.models import Region, local_today
from clues.models import Clue
from clues.services.batches import NOTHING_SAID, Batch, check_batch
from common.errors import Refused
from registry.services.parties import PartyDetails
from registry.services.position import Position


@dataclass(frozen=True)
class Report:
    """A report as typed; without a county it is about the office's own.

    `violations` are codes of the code list, `parties` are entered in the registry. `found_by`, `found_at`
    and `reported_at` (aware) are of whom a township sent to look, never of an informant; `photos` is
    what holds for the photos that come with it.
    """

    source: str
    received_on: date
    summary: str
    place: str
    source_number: str = ""
    happened_on: date | None = None
    county: Region | None = None
    township: Region | None = None
    position: Position | None = None
    violations: Sequence[str] = ()
    mineral: str = ""
    parties: Sequence[PartyDetails] = ()
    found_by: str = ""
    found_at: datetime | None = None
    reported_at: datetime | None = None
    photos: Batch = NOTHING_SAID

    @property
    def texts(self) -> tuple[str, ...]:
        """The words that everybody will read who sees the clue."""
        return self.summary, self.place, self.source_number, self.found_by, *self.photos.texts

    def as_fields(self) -> dict:
        """The fields of a clue, but for its county, its position and its parties."""
        return {
            "source": self.source,
            "source_number": self.source_number.strip(),
            "received_on": self.received_on,
            "happened_on": self.happened_on,
            "summary": self.summary.strip(),
            "township": self.township,
            "place": self.place.strip(),
            "violations": list(self.violations),
            "mineral": self.mineral.strip(),
            "found_by": self.found_by.strip(),
            "found_at": self.found_at,
            "reported_at": self.reported_at,
        }


def check_report(report: Report) -> None:
    """Raises Refused with a sentence for what can't be."""
    today = local_today()
    if report.source not in dict(Clue._meta.get_field("source").choices):
        raise Refused("请选择线索来源。")
    if report.received_on > today:
        raise Refused("受理日期不能晚于今天。")
    if report.happened_on and report.happened_on > today:
        raise Refused("问题发生日期不能晚于今天。")
    _check_telling(report)
    check_batch(report.photos)
    if not report.summary.strip():
        raise Refused("请填写线索摘要。")
    if not report.place.strip():
        raise Refused("请填写位置，写到村、沟、矿点等能找到的地方。")


def _check_telling(report: Report) -> None:
    """发现时间 before 报告时间, both before now."""
    now = timezone.now()
    for label, at in (("发现时间", report.found_at), ("报告时间", report.reported_at)):
        if at and at > now:
            raise Refused(f"{label}不能晚于现在。")
    if report.found_at and report.reported_at and report.reported_at < report.found_at:
        raise Refused("报告时间不能早于发现时间，请核对。")
