"""Two people confirm the same preview at once: it is written once and can be taken back whole.

Real threads, real transactions.
"""

import threading
from contextlib import contextmanager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from accounts.models import User
from common.errors import Refused
from ledgers.models import ImportBatch, LedgerEntry
from ledgers.services import importing
from ledgers.services.import_undo import undo_import
from tests.cast import add_person, build_cast
from tests.ledgers import build
from tests.ledgers.importing.conftest import ROW
from tests.ledgers.test_races import at_once
from tests.rounds import ROUNDS

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house(workbook):
    """A county with two liaisons, its ledger, and a workbook of one row."""
    cast = build_cast()
    add_person("liaison2", "二联络", cast.county, "liaison")
    campaign = build.campaign(cast)
    return build.ledger(campaign, cast.county), workbook([ROW]).read_bytes()


def person(name):
    return User.objects.get(username=name)


def confirm_as(name, batch):
    """One liaison's confirmation of what both were shown."""
    return lambda: importing.confirm_import(by=person(name), batch=ImportBatch.objects.get(pk=batch.pk))


def round_of(house):
    """A preview, confirmed by both at once, then taken back: (answers, rows written, rows left)."""
    ledger, body = house
    upload = SimpleUploadedFile("台账.xlsx", body)
    batch = importing.preview_import(by=person("liaison"), ledger=ledger, upload=upload)
    answers = at_once(confirm_as("liaison", batch), confirm_as("liaison2", batch))
    written = LedgerEntry.objects.count()
    batch = ImportBatch.objects.get(pk=batch.pk)
    undo_import(by=person("liaison"), batch=batch, reason="再来一次")
    return answers, written, LedgerEntry.objects.count()


def has_one_effect(answers, written, left) -> bool:
    """Written once, a sentence for the slower one, and nothing left after taking it back."""
    return (
        (written, left) == (1, 0)
        and sum(isinstance(answer, ImportBatch) for answer in answers) == 1
        and sum(isinstance(answer, Refused) for answer in answers) == 1
    )


def test_two_confirmations_at_once_are_one(house):
    for number in range(ROUNDS):
        answers, written, left = round_of(house)
        assert has_one_effect(answers, written, left), f"round {number}: {written} {left} {answers}"


def test_the_naive_version_of_the_same_fails(house, monkeypatch):
    """Asked before the lock whether it was confirmed already, both pass."""
    both_asked = threading.Barrier(2)

    @contextmanager
    def after_asking():
        both_asked.wait()
        with transaction.atomic():
            yield

    class Naive:
        atomic = staticmethod(after_asking)

    monkeypatch.setattr(importing, "locked_batch", lambda batch: batch)
    monkeypatch.setattr(importing, "transaction", Naive)
    assert not has_one_effect(*round_of(house))
    connection.close()
