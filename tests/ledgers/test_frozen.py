"""Frozen means frozen: the database refuses, later facts don't move it, a change is found."""

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.services import trail_checks
from accounts.triggers import drop_triggers, install_triggers
from ledgers.models import Submission, SubmissionRow, Verdict
from ledgers.services.verifying import check_submissions
from tests.ledgers import acting, build


@pytest.fixture
def case(cast, campaign):
    """One fined case in the ledger."""
    made = build.case(cast)
    build.decision(cast, made, ("mining", "fine", "30000"))
    build.entry(campaign, cast.county, made)
    return made


@pytest.fixture
def sent(cast, case, county_ledger):
    """An accepted report."""
    made = acting.submit(cast, county_ledger)
    return acting.accept(cast, made)


def tamper(sql, *params):
    """Do what a person with the database password could do."""
    drop_triggers()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
    install_triggers()


@pytest.mark.parametrize("model", [Submission, SubmissionRow, Verdict])
@pytest.mark.parametrize("deed", ["update", "delete"])
def test_the_database_refuses_to_change_what_was_frozen(sent, model, deed):
    key = model._meta.pk.attname
    with pytest.raises(DatabaseError), transaction.atomic():
        rows = model.objects.all()
        if deed == "delete":
            rows._raw_delete(rows.db)
        else:
            rows.update(**{key: -1})
    assert model.objects.exists()


def test_a_row_is_not_replaced_either(sent):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite knows INSERT OR REPLACE")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT OR REPLACE INTO ledgers_submissionrow SELECT * FROM ledgers_submissionrow")


def test_later_facts_do_not_move_a_report(cast, case, sent):
    build.decision(cast, case, ("mining", "fine", "99999"), on="05-11")
    case.parties.all().delete()
    assert sent.rows.get().values["mining_fine"] == "30000"
    assert sent.rows.get().values["party"] == "张某某"


def test_it_keeps_what_stood_behind_each_cell(case, sent):
    (kept,) = sent.rows.get().marks["behind"]["mining_fine"]
    assert kept[1] == "处罚决定"
    assert kept[4][:2] == ["case", case.public_id]


def test_an_untouched_report_holds(sent):
    assert check_submissions() == (1, None)
    result = trail_checks.verify()
    assert (result["ok"], result["submissions"]) == (True, 1), str(result)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ledgers_submission SET filled_by_id = checked_by_id",
        "UPDATE ledgers_submission SET data_as_of = '2026-05-14'",
        "UPDATE ledgers_submissionrow SET carried_forward = NOT carried_forward",
        "UPDATE ledgers_submissionrow SET entry_key = 'x'",
        "DELETE FROM ledgers_submissionrow",
    ],
)
def test_a_touched_report_is_found(sent, sql):
    tamper(sql)
    count, broken = check_submissions()
    assert broken.endswith("第1期")
    assert trail_checks.verify()["ok"] is False


def test_a_figure_changed_by_one_fen_is_found(sent):
    tamper('UPDATE ledgers_submissionrow SET "values" = %s', '{"mining_fine": "30000.01"}')
    assert check_submissions()[1] is not None


def test_a_report_that_vanished_whole_is_found(cast, case, sent, county_ledger):
    build.decision(cast, case, ("mining", "fine", "1"), on="05-20")
    last = acting.submit(cast, county_ledger, "05-30")
    drop_triggers()
    last.rows.all().delete()
    Submission.objects.filter(pk=last.pk).delete()
    install_triggers()
    assert check_submissions()[1].endswith("第2期")
