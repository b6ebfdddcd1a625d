"""After each deed: every kept row that isn't marked is what a fresh drawing gives."""

from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from django.db import connection, transaction

from accounts.models import local_today
from campaigns.models import Campaign
from cases.models import Case, PoliceMatter
from clues.models import Clue
from ledgers.models import EntryLink, LedgerEntry
from ledgers.services import drawing, kept, marking, refreshing, verifying_rows

PAST = 1, 9


@contextmanager
def proving(campaign=None):
    """Within it each deed (what ends an outermost transaction) is followed by a proof, and by a drawing of
    what it marked. With a `campaign`, clues, cases and matters come into its ledgers by themselves. Gives
    the list of proofs. At the end days past are proved too."""
    leave, busy, proofs = transaction.Atomic.__exit__, [], []
    depth = len(connection.savepoint_ids)

    def left(self, *failed):
        answer = leave(self, *failed)
        if not busy and failed == (None, None, None) and len(connection.savepoint_ids) == depth:
            busy.append(True)
            try:
                proofs.append(_proof(campaign))
            finally:
                busy.clear()
        return answer

    with patch.object(transaction.Atomic, "__exit__", left):
        yield proofs
    _prove_days_past()


def _proof(into):
    """Compare, then draw what is marked; the number of rows compared."""
    compared = 0
    for campaign in Campaign.objects.order_by("pk"):
        part = refreshing.Part(campaign)
        proof = verifying_rows.verify_rows(part, local_today())
        assert not proof.wrong, [str(wrong) for wrong in proof.wrong]
        compared += proof.compared
        refreshing.settle(part, local_today())
    if into:
        _take_in(into)
    return compared


def _prove_days_past():
    """After all deeds: rows of an earlier day, read from what is kept, are those drawn of it."""
    for campaign in Campaign.objects.order_by("pk"):
        for days in PAST:
            day = local_today() - timedelta(days=days)
            read, drawn = kept.rows_of(campaign, as_of=day), drawing.draw(campaign, as_of=day)
            assert [told(row) for row in read] == [told(row) for row in drawn], day


def told(row):
    """All that a page tells of a row."""
    return row.values, row.flags, row.late, row.late_keys


def _take_in(campaign):
    for model, name in ((Case, "case"), (Clue, "clue"), (PoliceMatter, "matter")):
        for thing in model.objects.filter(entry_links=None):
            agency = campaign.agency if name == "matter" else thing.agency
            row = LedgerEntry.objects.create(
                campaign=campaign,
                agency=agency,
                position=LedgerEntry.objects.count() + 1,
                party="某",
                opened_on=campaign.from_day,
                recorded_by_id=agency.postings.values_list("user", flat=True).first() or 1,
            )
            EntryLink.objects.create(entry=row, **{name: thing})
            marking.mark([row.pk])
            refreshing.settle(refreshing.Part(campaign), local_today())
