"""What holds for a batch of photos that came together, asked once."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from common.errors import Refused
from registry.services.position import Position


@dataclass(frozen=True)
class Batch:
    """What somebody typed of photos that came together, for those that don't tell it themselves.

    `taken_at` is aware; `place` says where in words, `position` on the ground. `sent_by` is who passed them
    on, `original_with` who holds the originals: chat tools make them smaller and take away when and where.
    """

    taken_at: datetime | None = None
    position: Position | None = None
    note: str = ""
    sent_by: str = ""
    original_with: str = ""
    place: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """The words that everybody will read who sees the clue."""
        return self.place, self.note, self.sent_by, self.original_with


NOTHING_SAID = Batch()


def check_batch(batch: Batch) -> None:
    """Raises Refused with a sentence for what can't be."""
    if batch.taken_at is not None and batch.taken_at > timezone.now():
        raise Refused("拍摄时间不能晚于现在。")
