"""The prefecture accepts or returns with reasons; a correction is a new submission."""

import pytest

from accounts.models import TrailEntry
from common.errors import Forbidden, Refused
from ledgers.models import Submission
from ledgers.services import answering
from reminders.models import Notice
from reminders.services import outbox
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
    """Its report."""
    return acting.submit(cast, county_ledger)


def test_a_report_is_accepted_once(cast, sent):
    acting.accept(cast, sent)
    assert sent.state == "accepted"
    with pytest.raises(Refused, match="已接收"):
        acting.send_back(cast, sent)


def test_a_return_says_why_and_the_county_is_told(cast, sent):
    with pytest.raises(Refused, match="退回理由"):
        acting.send_back(cast, sent, reason=" ")
    acting.send_back(cast, sent)
    outbox.deliver()
    assert sent.state == "returned"
    assert sent.verdicts.get().reason == "占地面积与决定书不符"
    told = Notice.objects.filter(title__contains="退回").values_list("recipient", flat=True)
    assert set(told) == {cast.liaison.pk, cast.checker.pk}


def test_after_a_return_the_next_report_corrects_it_for_the_same_day(cast, case, sent, county_ledger):
    acting.send_back(cast, sent)
    build.decision(cast, case, ("mining", "fine", "1"), on="05-11")
    made = acting.submit(cast, county_ledger, "05-15")
    assert (made.corrects, made.sequence) == (sent, 2)
    assert made.rows.get().values["mining_fine"] == "30001"
    assert sent.rows.get().values["mining_fine"] == "30000"
    assert list(Submission.objects.effective()) == [made]


def test_a_county_corrects_what_was_accepted_by_a_new_report(cast, case, sent, county_ledger):
    acting.accept(cast, sent)
    build.decision(cast, case, ("mining", "fine", "1"), on="05-11")
    made = acting.submit(cast, county_ledger, "05-15", correct=True)
    assert made.corrects == sent
    assert made.state == "submitted"
    assert list(Submission.objects.effective()) == [made]


def test_if_the_correction_is_returned_the_first_report_holds_again(cast, case, sent, county_ledger):
    acting.accept(cast, sent)
    build.decision(cast, case, ("mining", "fine", "1"), on="05-11")
    made = acting.submit(cast, county_ledger, "05-15", correct=True)
    acting.send_back(cast, made)
    assert list(Submission.objects.effective()) == [sent]


def test_what_was_corrected_is_not_answered_any_more(cast, case, sent, county_ledger):
    build.decision(cast, case, ("mining", "fine", "1"), on="05-11")
    acting.submit(cast, county_ledger, "05-15", correct=True)
    with pytest.raises(Refused, match="更正"):
        acting.accept(cast, sent)


def test_there_is_nothing_to_correct_before_the_first_report(cast, case, county_ledger):
    with pytest.raises(Refused, match="没有可以更正的"):
        acting.submit(cast, county_ledger, correct=True)


@pytest.mark.parametrize("who", ["checker", "liaison", "chief", "other_prefecture", "province"])
def test_nobody_else_answers(cast, sent, who):
    with pytest.raises(Forbidden):
        answering.accept_submission(by=getattr(cast, who), submission=sent)


def test_the_answer_stands_in_the_ledgers_chain(cast, sent, county_ledger):
    acting.send_back(cast, sent)
    last = TrailEntry.objects.filter(chain=county_ledger.trail_chain).order_by("-seq").first()
    assert (last.act, last.reason, last.actor) == (
        "return_submission",
        "占地面积与决定书不符",
        cast.prefecture,
    )
