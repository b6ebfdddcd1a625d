"""What was reported of a clue, as typed, and what of it can't be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import Region, local_today
from clues.models import Clue
from common.errors import Refused
from registry.services.parties import PartyDetails
from registry.services.position import Position


@dataclass(frozen=True)
class Report:
    """A report as typed; without a county it is about the office's own.

    `violations` are codes of the code list, `parties` are entered in the registry.
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

    @property
    def texts(self) -> tuple[str, str, str]:
        """The words that everybody will read who sees the clue."""
        return self.summary, self.place, self.source_number

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
    if not report.summary.strip():
        raise Refused("请填写线索摘要。")
    if not report.place.strip():
        raise Refused("请填写位置，写到村、沟、矿点等能找到的地方。")
