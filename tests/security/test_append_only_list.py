"""The append-only tables, listed by hand: a table that quietly loses its protection is seen here."""

import pytest
from django.apps import apps
from django.db import connection

from accounts import triggers

# Why each: what it says was said then, to somebody who relied on it.
APPEND_ONLY = {
    "accounts_exportline": "what left the house as a file",
    "accounts_formercertificate": "the 执法证 somebody held before",
    "accounts_paperanswer": "what a signer said of a paper in his name",
    "accounts_sealedhead": "where each chain stood at a seal",
    "accounts_trailentry": "the trail",
    "accounts_trailroot": "its roots",
    "accounts_trailseal": "its signed seals, each hour",
    "campaigns_dutycall": "whom one called after a duty",
    "campaigns_dutypaper": "what was handed in on paper",
    "campaigns_lateclaim": "why a report was late; ruled on once",
    "ledgers_ledgerform": "a form: submissions point at it",
    "ledgers_paperreport": "a report on paper",
    "ledgers_policeconfirmation": "the police's half, confirmed",
    "ledgers_proposalanswer": "what was answered to a workbook that came back",
    "ledgers_proxyentry": "what was typed for a county",
    "ledgers_returnedmark": "what an upper office marked",
    "ledgers_returnedworkbook": "the workbook it marked",
    "ledgers_submission": "what was reported",
    "ledgers_submissionrow": "its rows",
    "ledgers_verdict": "taken in, or sent back",
    "reminders_deliverylog": "what was sent to whom",
}


def missing(rules) -> set[str]:
    """Tables of the list that the rules don't protect, and protected ones that the list doesn't have."""
    return {rule.table for rule in rules} ^ set(APPEND_ONLY)


def test_the_tables_that_only_grow_are_the_ones_on_the_list():
    assert missing(triggers.REGISTRY) == set()
    assert set(APPEND_ONLY) <= {model._meta.db_table for model in apps.get_models()}


def test_the_check_itself_sees_a_table_that_was_forgotten():
    assert missing(triggers.REGISTRY[1:]) == {triggers.REGISTRY[0].table}


def triggers_of(table) -> set[str]:
    """The triggers that stand on a table in the database, without the table's name."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = %s::regclass"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [table])
        return {name.removeprefix(f"{table}_") for (name,) in cursor.fetchall()}


@pytest.mark.django_db
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_each_has_its_triggers_in_the_database(table):
    third = "no_replace" if connection.vendor == "sqlite" else "no_truncate"
    assert triggers_of(table) == {"no_update", "no_delete", third}


@pytest.mark.django_db
def test_a_table_that_changes_has_none():
    assert triggers_of("clues_clue") == set()
