"""A township reports what is known already: whoever sends clues on sees who reported it when."""

import pytest

from clues.services import verification
from tests.clues.making import form_data, merged_pair, registered


def page_of(client, clue):
    return client.get(clue.get_absolute_url()).content.decode()


@pytest.fixture
def twice(cast):
    """The same thing, taken in at the county and reported by a township."""
    return registered(cast), registered(cast, by=cast.reporter)


def test_the_clerk_sees_who_reported_the_same_and_when(cast, sign_in, twice):
    first, again = twice
    page = page_of(sign_in(cast.intake), again)
    assert "可能是同一件事" in page
    assert first.number in page and f"{first.agency} {cast.intake.name}" in page
    assert f"/clues/{again.public_id}/merge/?into={first.public_id}" in page
    other = page_of(sign_in(cast.intake), first)
    assert f"{again.origin_agency} {cast.reporter.name}" in other


def test_who_does_not_send_clues_on_is_not_shown_it(cast, sign_in, twice):
    for person in (cast.reporter, cast.handler):
        assert "可能是同一件事" not in page_of(sign_in(person), twice[1])


def test_once_sent_on_it_is_no_longer_asked(cast, sign_in, twice):
    verification.assign_clue(by=cast.brigade_head, clue=twice[1], handler=cast.handler)
    assert "可能是同一件事" not in page_of(sign_in(cast.brigade_head), twice[1])


def test_after_merging_each_source_says_who_brought_it(cast, sign_in):
    clue, into = merged_pair(cast)
    page = page_of(sign_in(cast.intake), into)
    assert page.count(clue.registered_by.name) >= 1 and "<th>登记</th>" in page


def test_who_registers_sees_who_reported_the_like_ones(cast, sign_in):
    clue = registered(cast, by=cast.reporter)
    data = form_data(summary=clue.summary, place=clue.place)
    page = sign_in(cast.intake).post("/clues/similar/", data).content.decode()
    assert f"{clue.origin_agency} {cast.reporter.name}" in page
