"""What writing a long import and taking one back share: how much at a time, and who is told."""

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import Agency, User
from campaigns.models import Campaign
from ledgers.models import ImportBatch, LedgerEntry
from reminders.models import Notice

# More rows than these are not written or taken back while a page waits, nor in one transaction; nor is a
# workbook held against a ledger with more entries than these, which takes as long.
AT_ONCE, STANDING = 200, 1000
# Rows a slice; fewer where a slice took longer than this, for SQLite lets nobody else write meanwhile.
SLICE, LEAST = 40, 5
SLOW = timedelta(seconds=0.25)
# What a slice doesn't read: the rows of a long import are megabytes.
LARGE = ("rows", "report")


def is_long(campaign: Campaign, agency: Agency, rows: int) -> bool:
    """Whether so many rows are too many to be written into an office's ledger at once."""
    entries = LedgerEntry.objects.filter(campaign=campaign, agency__path__startswith=agency.path)
    return rows > AT_ONCE or entries.count() > STANDING


def next_size(size: int, began: datetime) -> int:
    """How many rows the next slice has, after one of `size` that began then: fewer after a slow one,
    again as many as at first when they go quickly."""
    took = timezone.now() - began
    if took > SLOW:
        return max(size // 2, LEAST)
    return min(size * 2, SLICE) if took < SLOW / 4 else size


def tell(batch: ImportBatch, recipient: User, title: str, url: str) -> None:
    """Who had to wait is told; the line names no party. `url` is the import's page, worked out before the
    transaction: the first address of a process costs the reading of all of them."""
    Notice.objects.get_or_create(
        key=f"import:{batch.pk}:{batch.state}:{batch.moved_at:%Y%m%d%H%M%S%f}",
        defaults={
            "recipient": recipient,
            "kind": "import",
            "title": title,
            "url": url,
        },
    )
