"""Rows that the trail answers for: every way to write one leaves its digest, every other way is found."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management.sql import emit_post_migrate_signal
from django.db import DataError, connection, transaction

from accounts import receivers
from accounts.models import SignedPaper, StoredFile, TrailEntry, User
from accounts.models.sealed import digests
from accounts.services import chain_walk, files, people, row_checks, row_seals, taking_up, trail, trail_checks
from accounts.triggers import drop_triggers
from tests.cases.making import scan


@pytest.fixture
def house(cast):
    """The cast, entered."""
    taking_up.take_up()
    return cast


def record(cast, **more):
    """An entry about the county."""
    return trail.record(by=cast.handler, act="test", label="测试", thing=cast.county, **more)


def kept(cast, name="呈批表.pdf"):
    """A stored file with its entry; the entry."""
    files.store(by=cast.handler, upload=scan(name), agency=cast.county)
    return record(cast)


def found() -> str | None:
    """What the check of rows says."""
    lines = row_checks.Lines()
    assert chain_walk.walk(lines.keep).broken is None
    return row_checks.check(lines)[1]


def tampered(sql, *params):
    """Do what a person with the database password could do."""
    drop_triggers()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def test_the_entry_of_the_deed_takes_the_digest_of_what_it_wrote(house):
    entry = kept(house)
    stored = StoredFile.objects.get()
    ((kind, key, before, now),) = entry.sealed
    assert (kind, key, before) == ("accounts.storedfile", stored.pk, "")
    assert now == dict(digests(StoredFile.objects.all()))[stored.pk]
    assert found() is None


def test_an_entry_after_it_takes_nothing_twice(house):
    kept(house)
    assert record(house).sealed is None


def test_a_row_changed_by_a_deed_counts_as_it_is_now(house):
    people.amend_person(person=house.handler, name="李更名")
    assert found() is None
    tampered("UPDATE accounts_user SET name = %s WHERE id = %s", "李承办", house.handler.pk)
    assert found() == f"人员（accounts.user:{house.handler.pk}）"


@pytest.mark.parametrize("back_and_forth", [("甲", "李承办"), ("甲", "乙", "甲", "李承办")])
def test_a_row_may_come_back_to_what_it_was(house, back_and_forth):
    for name in back_and_forth:
        people.amend_person(person=house.handler, name=name)
    assert found() is None


def test_changed_in_bulk_created_in_bulk_and_deleted_are_taken_too(house):
    values = {"sha256": "0" * 64, "size": 1, "content_type": "-", "stored_by": house.handler}
    made = StoredFile.objects.bulk_create(StoredFile(name=name, **values) for name in "甲乙丙")
    assert len(record(house).sealed) == 3
    StoredFile.objects.filter(name="甲").update(name="丁")
    assert [line[1] for line in record(house).sealed] == [made[0].pk]
    StoredFile.objects.filter(name="乙").delete()
    made[2].delete()
    assert [line[3] for line in record(house).sealed] == ["", ""]
    assert found() is None


def test_written_twice_before_the_entry_is_one_line(house):
    made = files.store(by=house.handler, upload=scan(), agency=house.county)
    made.name = "另名.pdf"
    made.save()
    assert len(record(house).sealed) == 1
    assert found() is None


def test_the_suite_sees_a_service_that_forgets_its_entry(house, monkeypatch, every_sealed_row_is_sealed):
    monkeypatch.setattr(people, "_record", lambda *said: None)
    people.amend_person(person=house.handler, name="李更名")
    model, who = every_sealed_row_is_sealed.pop()
    assert model is User and "people.py" in who[-2] + who[0]


def test_what_a_refused_part_of_a_deed_wrote_is_forgotten_with_it(house):
    with pytest.raises(RuntimeError), transaction.atomic():
        files.store(by=house.handler, upload=scan(), agency=house.county)
        raise RuntimeError
    assert record(house).sealed is None


def test_an_entry_that_is_taken_back_gives_back_what_it_took(house):
    files.store(by=house.handler, upload=scan(), agency=house.county)
    with pytest.raises(RuntimeError), transaction.atomic():
        assert record(house).sealed
        raise RuntimeError
    assert record(house).sealed
    assert found() is None


def test_columns_that_no_digest_covers_leave_nothing(house):
    User.objects.filter(pk=house.handler.pk).update(phone="13800000000")
    house.handler.save(update_fields=["last_login"])
    house.handler.save()
    assert record(house).sealed is None


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE accounts_storedfile SET sha256 = '00'",
        "UPDATE accounts_storedfile SET name = 'x.pdf'",
        "DELETE FROM accounts_storedfile",
    ],
)
def test_a_row_edited_or_gone_past_the_services_is_found(house, sql):
    kept(house)
    tampered(sql)
    assert found().startswith("文件（accounts.storedfile:")
    assert trail_checks.verify()["ok"] is False


def test_a_row_that_no_deed_wrote_is_found(house):
    kept(house)
    tampered(
        "INSERT INTO accounts_storedfile"
        " (public_id, sha256, secret, key_sealed, kept_as, size, name, name_sealed, content_type,"
        " stored_by_id, stored_at) SELECT 'x', sha256, secret, key_sealed, kept_as, size, name, name_sealed,"
        " content_type, stored_by_id, stored_at"
        " FROM accounts_storedfile"
    )
    assert found().startswith("文件（")


def test_a_deed_on_a_tampered_row_does_not_make_it_good(house):
    """The line says from what it changed; that was never so."""
    tampered("UPDATE accounts_user SET name = '假名' WHERE id = %s", house.handler.pk)
    people.amend_person(person=house.handler, name="又一名")
    assert found() == f"人员（accounts.user:{house.handler.pk}）"


def test_taking_lines_out_of_an_entry_breaks_the_chain(house):
    kept(house)
    tampered("UPDATE accounts_trailentry SET sealed = NULL WHERE act = 'test'")
    assert trail_checks.first_broken() is not None


def test_what_was_there_before_is_taken_up_once(cast):
    assert taking_up.take_up() == User.objects.count()
    entry = TrailEntry.objects.get(act=taking_up.ACT)
    assert (entry.label, entry.subject_kind) == ("接续登记", "accounts.user")
    assert found() is None
    assert taking_up.take_up() == 0
    User.objects.create_user("later", "后来")
    assert taking_up.take_up() == 0
    assert found() is not None


def test_a_migrate_takes_them_up_in_our_database_alone(cast):
    receivers.take_up_rows(sender=None, using="backup")
    assert not TrailEntry.objects.exists()
    emit_post_migrate_signal(0, False, "default")
    assert found() is None


def test_more_than_one_batch_is_taken_up_whole(cast, monkeypatch):
    connection.run_on_commit.clear()  # the cast came in another transaction
    monkeypatch.setattr(taking_up, "AT_ONCE", 4)
    taking_up.take_up()
    assert TrailEntry.objects.filter(act=taking_up.ACT).count() > 2
    assert found() is None


def test_the_digest_is_of_values_not_of_how_a_database_writes_them(cast):
    paper = SignedPaper(public_id="x", agency=cast.county, typed_by=cast.handler)
    field = SignedPaper._meta.get_field("signed_on")
    assert field in SignedPaper.sealed_fields()
    normal = digests.__globals__["_normal"]
    assert normal(Decimal("30000.00")) == normal(Decimal("3E+4")) == "30000"
    assert normal(date(2026, 5, 1)) == "2026-05-01"
    assert paper.seals(["signed_on"]) and paper.seals(None) and not User.seals(["last_login"])


def test_the_bytes_of_every_file_are_read_when_asked(house, settings):
    kept(house)
    stored = StoredFile.objects.get()
    assert trail_checks.verify(files=True)["files"] == 1
    place = files.path_of(stored.sha256)
    whole = place.read_bytes()
    place.write_bytes(b"another")
    try:
        result = trail_checks.verify(files=True)
    finally:
        place.write_bytes(whole)
    assert stored.sha256 in result["first_broken"]
    assert trail_checks.verify()["ok"]


def test_the_tables_that_are_held_against_the_trail(db):
    """By hand: whoever adds or takes away one says so here."""
    assert {model._meta.label for model in row_seals.tables()} == {
        "accounts.Approval",
        "accounts.Confirmation",
        "accounts.PaperAnswer",
        "accounts.Posting",
        "accounts.SignedPaper",
        "accounts.SigningAuthority",
        "accounts.StoredFile",
        "accounts.User",
        "campaigns.DutyPaper",
        "campaigns.LateClaim",
        "cases.Discussion",
        "cases.Joining",
        "cases.LegalReview",
        "cases.OptOut",
        "cases.PartyService",
        "cases.PenaltyItem",
        "ledgers.PaperReport",
        "ledgers.Submission",
        "ledgers.Verdict",
    }


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE accounts_trailentry SET at = 'gestern'",
        "UPDATE accounts_trailentry SET sealed = '[1]', hash = 'x'",
        "UPDATE accounts_storedfile SET stored_at = 'gestern'",
    ],
)
def test_what_cannot_be_read_is_a_finding_too(house, sql):
    kept(house)
    if connection.vendor != "sqlite" and "gestern" in sql:  # PostgreSQL keeps no word where a time belongs
        with pytest.raises(DataError), transaction.atomic():
            tampered(sql)
        return
    tampered(sql)
    assert trail_checks.verify()["first_broken"]
