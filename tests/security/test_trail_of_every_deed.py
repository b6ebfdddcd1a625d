"""Every deed writes into the trail, on every way through it (行政处罚法第四十七条 全过程记录).

Read from the source of every service (tests/security/deeds.py), so that a deed of tomorrow is asked
too. What doesn't record on every way stands here by hand, with the reason.
"""

import pytest

from clues.services import disposition
from tests.security.deeds import Function, functions_of, is_deed, product, recorders

# One entry for each row that the deed finds; where it finds none, nothing was done.
FOR_EACH_ROW = {
    "accounts.services.grants.take_back",
    "accounts.services.paper_answers.confirm_paper",
    "accounts.services.paper_answers.deny_paper",
    "campaigns.services.following.follow_agency",
    "campaigns.services.organising.follow_agency",
    "cases.services.reassigning.move_to_agency",
    "clues.services.reassigning.move_to_agency",
    "clues.services.secret_clues.move_to_agency",
    "ledgers.services.accepting_together.accept_unchanged",
    "ledgers.services.following.follow_agency",
    "ledgers.services.following.follow_clue",
}
OTHERWISE = {
    # where there is nothing to do, nothing is done: else it records
    "accounts.services.agencies.open_line": "opens what isn't there yet, each by open_agency",
    "accounts.services.agencies.open_prefecture": "opens lines",
    "accounts.services.certificates.import_certificates": "whose certificate stays is passed over",
    "accounts.services.grants.give": "who sees it already is given nothing",
    "accounts.services.recounting.recount": "a clock that doesn't move is passed over",
    "campaigns.services.screening.register_found": "a second press leads to the clue of the first",
    "ledgers.services.following.follow_case": "no row holds the clue",
    "registry.services.filling_in.fill_in": "nothing was filled in and nothing differs",
    "registry.services.parties.find_or_add_party": "a new party stands in the entry of the naming deed",
    "reminders.services.absences.end_absence": "an absence that is over stays as it is",
    # a wrong code is counted, and nothing is confirmed
    "reminders.services.contacts.confirm": "a wrong code is counted, nothing is confirmed",
    # what runs other functions by a table: the functions of the table are looked at below
    "clues.services.disposition.approve_disposition": "its effects record",
    # parts of another deed, in its transaction: that deed's entry tells of them
    "accounts.services.files.store": "the deed that files it",
    "accounts.services.grants.pass_on": "the merger",
    "accounts.services.labels.change_label": "the deed that labels",
    "accounts.services.signing.sign": "the approval's deed",
    "cases.services.papers.attach": "the deed that files it",
    "clues.services.attachments.keep_files": "the registration",
    "ledgers.services.import_reading.remember": "the import",
    "ledgers.services.import_running.begin": "the import, by its slices",
    "reminders.services.paper_notices.tell_denial": "a message: the signer's answer",
    "reminders.services.paper_notices.tell_signer": "a message: the approval's deed",
    # a workbook looked at: nothing in the ledger changes before it is written
    "ledgers.services.importing.choose_import": "nothing is written yet",
    "ledgers.services.importing.import_rows": "held back whole: nothing is written",
    "ledgers.services.importing.confirm_import": "import_rows, or its slices",
    # no deeds: a form's key and its uploads, and one's own unread marks
    "accounts.services.deeds.once": "runs a deed",
    "accounts.services.deeds.answered": "reads",
    "accounts.services.staging.hold": "uploads of a refused form",
    "accounts.services.staging.reopened": "reads",
    "reminders.services.inbox.read": "one's own mark",
    "reminders.services.inbox.read_all": "one's own marks",
}


@pytest.fixture(scope="module")
def functions():
    """Every function of the product."""
    return product()


def test_every_deed_writes_into_the_trail(functions):
    deeds = [name for name, each in functions.items() if is_deed(each)]
    silent = set(deeds) - recorders(functions)
    print(f"{len(deeds)} deeds, {len(deeds) - len(silent)} record on every way")
    assert len(deeds) >= 150
    assert sorted(silent - FOR_EACH_ROW - set(OTHERWISE)) == [], (
        "a deed may end without an entry in the trail"
    )
    assert sorted((FOR_EACH_ROW | set(OTHERWISE)) - silent) == [], "recorded after all: no exception any more"


def test_a_deed_over_many_rows_writes_an_entry_for_each(functions):
    assert sorted(FOR_EACH_ROW - recorders(functions, looping=True)) == []


def test_what_follows_from_an_approved_disposition_records(functions):
    effects = {*disposition._EFFECTS.values(), disposition._settle}
    names = {f"{each.__module__}.{each.__name__}" for each in effects}
    assert len(names) >= 3 and sorted(names - recorders(functions)) == []


HEAD = "from accounts.services import trail\nfrom cases.services.seeded import other\n"
SEEDED = {
    "no entry": "(*, by, case):\n    case.save()\n",
    "one branch": "(*, by, case):\n    if case:\n        trail.record(by=by)\n    return case\n",
    "an early way out": "(*, by, case):\n    if case:\n        return case\n    trail.record(by=by)\n",
    "a swallowed fault": (
        "(*, by):\n    try:\n        trail.record(by=by)\n    except KeyError:\n        pass\n"
    ),
    "a loop over nothing": "(*, by, rows):\n    for each in rows:\n        trail.record(by=by)\n",
    "a call that isn't made": "(*, by, case):\n    case and trail.record(by=by)\n",
    "kept for later": "(*, by):\n    return lambda: trail.record(by=by)\n",
    "another's record": "(*, by):\n    other.record(by=by)\n",
}
RECORDED = {
    "both ways": "(*, by, x):\n    if x:\n        raise KeyError\n    return trail.record(by=by)\n",
    "inside another": (
        "(*, by):\n    with x:\n        return _end(by)\n\ndef _end(by):\n    trail.record(by=by)\n"
    ),
    "handed on": "(*, by):\n    def inner():\n        return trail.record(by=by)\n    return once(inner)\n",
}


def recorded(text) -> bool:
    """Whether the deed of a seeded module records."""
    functions = {each.name: each for each in functions_of(f"{HEAD}def deed{text}", "cases.services.new")}
    deed = functions["cases.services.new.deed"]
    assert isinstance(deed, Function) and is_deed(deed)
    return deed.name in recorders(functions)


@pytest.mark.parametrize("name", SEEDED)
def test_the_check_itself_sees_a_silent_way(name):
    assert not recorded(SEEDED[name])


@pytest.mark.parametrize("name", RECORDED)
def test_the_check_itself_knows_an_entry_when_it_sees_one(name):
    assert recorded(RECORDED[name])
