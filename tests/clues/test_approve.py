"""批准处理意见, in the system or on paper: what was proposed happens."""

from types import SimpleNamespace

import pytest

from accounts.models import Approval, Grant, Posting
from accounts.services.paper_answers import deny_paper, settle_denial
from accounts.services.signing import Signature
from clues.models import Clue
from clues.services.disposition import approve_disposition, propose_disposition
from clues.services.outcomes import Proposal
from common.errors import Refused
from reminders.models import Outbox
from tests.clues.making import (
    ago,
    ahead,
    anew,
    answered,
    assert_only,
    at,
    last_entry,
    open_clocks,
    proposed,
    registered,
    scan,
    verified,
)


def approved(cast, outcome, by=None, **more):
    clue = proposed(cast, outcome, **more)
    return approve_disposition(by=by or cast.deputy, clue=clue, signature=Signature(opinion="同意"))


def test_a_leader_approves_in_the_system(cast):
    clue = approved(cast, "non_filing")
    assert (clue.state, clue.outcome) == ("settled", "non_filing")
    approval = clue.dispositions.get().approval
    assert (approval.signer, approval.on_paper, approval.agreed) == (cast.deputy, False, True)
    told = f"线索处理意见已批准：{clue.number}"
    assert Outbox.objects.filter(recipient=cast.handler, title=told).exists()


def test_the_trail_says_who_signed(cast):
    entry = last_entry(approved(cast, "non_filing"))
    assert (entry.act, entry.actor, entry.reason) == ("approve_disposition", cast.deputy, "同意")
    assert entry.changes["签批人"][1] == "陈副局"


def test_on_paper_signer_and_typist_are_two(cast, sign_in):
    clue = proposed(cast, "non_filing")
    data = {
        "signer": cast.chief.pk,
        "signed_on": ago(0).isoformat(),
        "scan": scan(),
        "_version": str(clue.version),
    }
    answer = sign_in(cast.handler).post(at(clue, "approve_disposition"), data)
    assert answer.status_code == 302
    approval = Approval.objects.get()
    assert (approval.signer, approval.typed_by) == (cast.chief, cast.handler)
    assert approval.on_paper
    assert last_entry(clue).changes["签批方式"][1] == "线下签批"


def test_what_the_signer_says_stands_beside_the_approval_and_a_denial_at_the_head(cast, sign_in):
    paper = Signature(signer=cast.chief, signed_on=ago(0), scan=scan())
    clue = approve_disposition(by=cast.handler, clue=proposed(cast, "non_filing"), signature=paper)
    approval, prefecture = Approval.objects.get(), sign_in(cast.prefecture)
    assert "线下签批，未在系统确认" in prefecture.get(clue.get_absolute_url()).content.decode()
    deny_paper(by=cast.chief, paper=approval.signed_paper, approvals=[approval], words="不在单位")
    shown = prefecture.get(clue.get_absolute_url()).content.decode()
    assert "签批人否认：" in shown and "线下签批，签批人否认" in shown and "不在单位" in shown
    assert "签批人否认批准处理意见的线下签批" in prefecture.get("/").content.decode()
    settle_denial(by=cast.deputy, approval=approval, how="signed_anew", words="同意")
    assert "签批人否认：" not in prefecture.get(clue.get_absolute_url()).content.decode()


def test_a_typist_must_bring_the_paper(cast, sign_in):
    clue = proposed(cast, "non_filing")
    answer = sign_in(cast.handler).post(at(clue, "approve_disposition"), {"opinion": "同意"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请选择签批人" in page
    with pytest.raises(Refused, match="须由"):
        approve_disposition(by=cast.handler, clue=clue)


def test_half_a_paper_is_none(cast, sign_in):
    clue = proposed(cast, "non_filing")
    data = {"signer": cast.chief.pk, "opinion": "打的意见"}
    answer = sign_in(cast.deputy).post(at(clue, "approve_disposition"), data)
    page = answer.content.decode()
    assert "签批人、签批日期、签批单扫描件都要填" in page
    assert "打的意见" in page


def test_nobody_approves_what_they_proposed(cast):
    Posting.objects.create(user=cast.handler, agency=cast.county, role="deputy", since=ago(100))
    clue = proposed(cast, "non_filing")
    with pytest.raises(Refused, match="自己经办"):
        approve_disposition(by=anew(cast.handler), clue=clue)
    with pytest.raises(Refused, match="自己经办"):
        approve_disposition(
            by=cast.brigade_head,
            clue=clue,
            signature=Signature(signer=cast.handler, signed_on=ago(0), scan=scan()),
        )


def test_put_aside_has_a_clock_for_looking_again(cast):
    clue = approved(cast, "pending")
    assert (clue.state, clue.look_again_on) == ("pending", ahead(10))
    assert open_clocks(clue) == ["clue_look_again"]


def test_handed_over_the_other_department_sees_it_and_its_files(cast, sign_in):
    clue = verified(cast)
    water = sign_in(cast.department)
    assert water.get(clue.get_absolute_url()).status_code == 404
    proposed(cast, "handover", clue=clue)
    assert water.get(clue.get_absolute_url()).status_code == 404
    approve_disposition(by=cast.deputy, clue=Clue.objects.get())
    grant = Grant.objects.get()
    assert (grant.kind, grant.object_id) == ("clue", clue.pk)
    page = water.get(clue.get_absolute_url())
    assert page.status_code == 200
    assert "办理记录" not in page.content.decode()
    assert Outbox.objects.filter(recipient=cast.department).exists()
    assert sign_in(cast.police).get(clue.get_absolute_url()).status_code == 404


def test_merged_into_another_keeps_the_sources(cast):
    into = registered(cast, source="letter")
    clue = approved(cast, "merged", into=into)
    clue.refresh_from_db()
    assert (clue.state, clue.merged_into, clue.outcome) == ("merged", into, "merged")
    assert into.sources.count() == 2


def test_unfounded_is_settled(cast):
    clue = approved(cast, "unfounded", clue=verified(cast, "untrue"))
    assert (clue.state, clue.get_outcome_display()) == ("settled", "不属实")


def test_a_settled_clue_is_not_approved_again(cast):
    clue = approved(cast, "non_filing")
    with pytest.raises(Refused, match="已办结"):
        approve_disposition(by=cast.chief, clue=clue)
    assert Approval.objects.count() == 1


def test_a_second_proposal_is_what_the_second_answer_is_about(cast):
    clue = approved(cast, "pending")
    said = {"reason": "仍无人", "conditions": answered("actor")}
    proposal = Proposal("non_filing", reason_code="no_actor", **said)
    propose_disposition(by=cast.handler, clue=clue, proposal=proposal)
    clue = approve_disposition(by=cast.deputy, clue=clue)
    assert clue.outcome == "non_filing"
    answers = clue.dispositions.order_by("pk").values_list("outcome", "approved")
    assert list(answers) == [("pending", True), ("non_filing", True)]


def test_only_leaders_and_those_who_may_type(cast, sign_in):
    clue = proposed(cast)
    assert_only(cast, sign_in, clue, "approve_disposition", ["deputy", "chief", "handler", "brigade_head"])


def test_the_page_shows_what_is_to_be_approved(cast, sign_in):
    clue = proposed(cast, "handover")
    page = sign_in(cast.deputy).get(at(clue, "approve_disposition")).content.decode()
    assert "交城县水利局" in page
    assert "走访不到行为人" in page


def test_the_sheet_is_opened_by_who_sees_the_clue(cast):
    from clues.access import may_open

    clue = proposed(cast, "non_filing")
    approve_disposition(
        by=cast.handler, clue=clue, signature=Signature(signer=cast.chief, signed_on=ago(0), scan=scan())
    )
    stored = Approval.objects.get().signed_paper.scan
    seen = SimpleNamespace(
        **{
            name: may_open(getattr(cast, name), stored)
            for name in ("handler", "prefecture", "neighbour_chief", "police")
        }
    )
    assert (seen.handler, seen.prefecture) == (True, True)
    assert (seen.neighbour_chief, seen.police) == (False, False)


def test_the_sheet_to_be_signed_says_what_is_proposed(cast, sign_in):
    clue = proposed(cast, "non_filing")
    client = sign_in(cast.handler)
    assert at(clue, "approval_form") in client.get(clue.get_absolute_url()).content.decode()
    page = client.get(at(clue, "approval_form")).content.decode()
    for said in ("不予立案呈批表", "没有明确的行为人", "走访不到行为人", clue.number):
        assert said in page
    assert page.count("write-in") >= 4
    answer = client.get(at(registered(cast), "approval_form"))
    assert answer.status_code == 409
    assert "请先提出处理意见" in answer.content.decode()
