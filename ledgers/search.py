"""Entries and submissions for the one search of the top bar: party, place, mineral, remark."""

from accounts.desk import SearchHit
from accounts.roles import LEDGER_READERS
from common.searching import words_of
from ledgers.models import EntryWords, LedgerEntry
from registry.finding import found


def search(user, words: str, limit: int = 20) -> list[SearchHit]:
    """The newest entries within sight in which every word is found."""
    several = words_of(words)
    if not several or not user.holds(*LEDGER_READERS):
        return []
    rows = LedgerEntry.objects.visible_to(user).select_related("campaign", "agency__region")
    return [_hit(row) for row in found(EntryWords, rows, several).order_by("-pk")[:limit]]


def _hit(entry) -> SearchHit:
    note = f"{entry.campaign} · {entry.agency.region} · {entry.get_state_display()}"
    return SearchHit(kind="台账条目", thing=str(entry), url=entry.get_absolute_url(), note=note)
