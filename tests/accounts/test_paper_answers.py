"""The named signer, and nobody else, says whether a paper is theirs; the newest answer of each counts."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Answer, Approval, PaperAnswer, User, local_today
from accounts.paper_desk import waiting_for
from accounts.services import authorities, paper_answers, paper_reading
from accounts.services.signing import Signature
from accounts.signables import TABLES
from cases.services import filing
from common.errors import Forbidden, Refused
from config import procedure
from reminders.models import Notice, Outbox
from reminders.services import outbox
from tests.cases import making
from tests.cases.denying import approval_of, confirm, deny, typed_filing
from tests.cast import PEOPLE

SILENT = sorted(set(PEOPLE) - {"chief"})


def state(approval) -> tuple:
    return paper_reading.state_of(Approval.objects.get(pk=approval.pk))


def asked(person) -> int:
    """How many wait for the person's answer."""
    return paper_reading.unanswered(person).count()


def test_only_the_named_signer_answers(cast):
    case = typed_filing(cast)
    for part in SILENT:
        with pytest.raises(Forbidden, match="本人答复"):
            deny(getattr(cast, part), case)
        with pytest.raises(Forbidden, match="本人答复"):
            confirm(getattr(cast, part), case)
    assert not PaperAnswer.objects.exists()
    confirm(cast.chief, case)
    assert (state(approval_of(case)), asked(cast.chief)) == (paper_reading.CONFIRMED, 0)


def test_nobody_else_finds_the_paper(cast, sign_in):
    """Nor do they answer by its address, or by naming their own paper with another's approval."""
    mine, other = approval_of(typed_filing(cast)), approval_of(typed_filing(cast, signer=cast.deputy))
    page = mine.signed_paper.get_absolute_url()
    for part in SILENT:
        client = sign_in(getattr(cast, part))
        assert client.get(page).status_code == 404, part
        for answer in ("confirm/", "deny/"):
            assert client.get(page + answer).status_code == 404, part
            assert client.post(page + answer, {"approvals": [mine.pk], "words": "x"}).status_code == 404, part
    chief = sign_in(cast.chief)
    forged = chief.post(page + "deny/", {"approvals": [other.pk], "words": "x", "_key": "k"})
    assert forged.status_code == 422
    with pytest.raises(Forbidden):
        paper_answers.deny_paper(by=cast.chief, paper=mine.signed_paper, approvals=[mine, other], words="x")
    with pytest.raises(Forbidden):
        paper_answers.confirm_paper(by=cast.chief, paper=mine.signed_paper, approvals=[])
    assert not PaperAnswer.objects.exists()


def test_who_has_no_post_any_more_still_answers_and_still_opens_the_scan(cast, sign_in):
    case = typed_filing(cast)
    cast.chief.postings.update(until=making.ago(1))
    chief = User.objects.get(pk=cast.chief.pk)
    approval = approval_of(case)
    client = sign_in(chief)
    shown = client.get(approval.signed_paper.get_absolute_url()).content.decode()
    assert case.number in shown and case.get_absolute_url() not in shown
    assert client.get(approval.signed_paper.scan.get_absolute_url()).status_code == 200
    assert client.get("/accounts/papers/").status_code == 200
    deny(chief, case)
    assert state(approval) == paper_reading.DENIED


def test_who_is_disabled_is_asked_no_more_and_the_leaders_are_told_instead(cast, sign_in):
    User.objects.filter(pk=cast.chief.pk).update(is_active=False)
    case = typed_filing(cast, signer=User.objects.get(pk=cast.chief.pk))
    outbox.deliver_to(cast.deputy)
    notice = Notice.objects.get(recipient=cast.deputy)
    assert (notice.title, notice.url) == (
        "有一件以已停用人员的名义录入的线下签批，请核对",
        case.get_absolute_url(),
    )
    assert not Outbox.objects.filter(recipient=cast.chief).exists()


@pytest.fixture
def delegated(cast):
    """周局长 lets 马队长 sign; 李承办 files with a sheet that 马队长 is said to have signed."""
    authorities.record_authority(
        by=cast.chief,
        agency=cast.county,
        principal=cast.chief,
        delegate=cast.brigade_head,
        since=local_today() - timedelta(days=5),
        until=local_today() + timedelta(days=5),
    )
    return typed_filing(cast, signer=cast.brigade_head)


def test_both_who_signed_and_for_whom_are_asked(cast, delegated):
    for person in (cast.chief, cast.brigade_head):
        outbox.deliver_to(person)
        titles = Notice.objects.filter(recipient=person).values_list("title", flat=True)
        assert "有一件以您的名义录入的线下签批，请核对" in titles
        assert asked(person) == 1


def test_a_denial_of_either_counts_whatever_the_other_says(cast, delegated):
    confirm(cast.brigade_head, delegated)
    approval = deny(cast.chief, delegated, "没有让他签这一件")
    assert state(approval) == paper_reading.DENIED
    confirm(cast.chief, delegated, "问清楚了，是授权范围内的")
    assert state(approval) == paper_reading.CONFIRMED


def test_who_typed_their_own_signature_is_not_asked(cast):
    paper = Signature(signer=cast.deputy, signed_on=making.ago(1), scan=making.scan())
    case = filing.approve_filing(by=cast.deputy, case=making.proposed_case(cast), signature=paper)
    assert (asked(cast.deputy), state(approval_of(case))) == (0, paper_reading.TYPED)
    outbox.deliver_to(cast.deputy)
    assert not Notice.objects.filter(recipient=cast.deputy, title__contains="以您的名义").exists()


def test_a_delegate_who_types_their_own_sheet_leaves_it_to_whom_they_sign_for(cast):
    authorities.record_authority(
        by=cast.chief,
        agency=cast.county,
        principal=cast.chief,
        delegate=cast.second_handler,
        since=local_today() - timedelta(days=5),
        until=local_today() + timedelta(days=5),
    )
    case = typed_filing(cast, by=cast.second_handler, signer=cast.second_handler)
    assert (asked(cast.second_handler), asked(cast.chief)) == (0, 1)
    with pytest.raises(Forbidden):
        confirm(cast.second_handler, case)
    assert state(deny(cast.chief, case)) == paper_reading.DENIED


def test_a_signer_who_changes_their_mind_says_why_and_both_answers_stay(cast):
    case = typed_filing(cast)
    approval = deny(cast.chief, case)
    with pytest.raises(Refused, match="不用再答复"):
        deny(cast.chief, case)
    with pytest.raises(Refused, match="请写明原因"):
        confirm(cast.chief, case)
    confirm(cast.chief, case, "翻了笔记，是我签的")
    assert state(approval) == paper_reading.CONFIRMED
    deny(cast.chief, case, "再核对了笔迹，不是")
    assert state(approval) == paper_reading.DENIED
    given = PaperAnswer.objects.filter(approval=approval).values_list("answer", flat=True)
    assert list(given) == [Answer.DENIED, Answer.CONFIRMED, Answer.DENIED]


def test_a_denial_needs_its_words(cast):
    with pytest.raises(Refused, match="请写明情况"):
        deny(cast.chief, typed_filing(cast), words=" ")


def test_an_answer_stays_in_the_database_as_it_was_given(cast):
    deny(cast.chief, typed_filing(cast))
    for change in (
        lambda: PaperAnswer.objects.update(answer=Answer.CONFIRMED),
        lambda: PaperAnswer.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def two_on_one_sheet(cast):
    """Two cases filed with one sheet."""
    first = approval_of(typed_filing(cast))
    signature = Signature(signer=cast.chief, signed_paper=first.signed_paper)
    second = filing.approve_filing(by=cast.handler, case=making.proposed_case(cast), signature=signature)
    return first, approval_of(second)


def test_one_press_answers_all_that_one_sheet_carries(cast, sign_in):
    first, second = two_on_one_sheet(cast)
    page = first.signed_paper.get_absolute_url()
    chief = sign_in(cast.chief)
    assert "2 件都是我签的" in chief.get(page).content.decode()
    done = chief.post(page + "confirm/", {"approvals": [first.pk, second.pk]})
    assert (done.status_code, done.url) == (302, page)
    assert {state(first), state(second)} == {paper_reading.CONFIRMED}
    assert asked(cast.chief) == 0


def test_of_one_sheet_a_part_may_be_denied(cast):
    first, second = two_on_one_sheet(cast)
    paper = first.signed_paper
    paper_answers.confirm_paper(by=cast.chief, paper=paper, approvals=[first])
    paper_answers.deny_paper(by=cast.chief, paper=paper, approvals=[second], words="只批了一件")
    assert (state(first), state(second)) == (paper_reading.CONFIRMED, paper_reading.DENIED)


def test_what_is_typed_later_from_a_confirmed_sheet_is_asked_anew(cast):
    """Else one true signature would carry whatever a typist adds to it."""
    case = typed_filing(cast)
    confirm(cast.chief, case)
    signature = Signature(signer=cast.chief, signed_paper=approval_of(case).signed_paper)
    later = filing.approve_filing(by=cast.handler, case=making.proposed_case(cast), signature=signature)
    assert asked(cast.chief) == 1
    assert state(approval_of(later)) == paper_reading.NOT_CONFIRMED


def test_the_inbox_the_list_and_the_desk_name_what_waits(cast, sign_in):
    case = typed_filing(cast)
    chief = sign_in(cast.chief)
    assert "有 1 件以您的名义录入的线下签批" in chief.get(reverse("reminders:inbox")).content.decode()
    assert "核对以您的名义录入的 1 件签批" in chief.get("/").content.decode()
    shown = chief.get(reverse("accounts:own_papers")).content.decode()
    assert "等您核对" in shown and case.number in shown and "李承办" in shown
    confirm(cast.chief, case)
    assert "线下签批，您还没有答复" not in chief.get(reverse("reminders:inbox")).content.decode()
    assert "是我签的" in chief.get(reverse("accounts:own_papers")).content.decode()


def test_the_list_and_the_desk_cost_the_same_for_many(cast, sign_in):
    approval = deny(cast.chief, typed_filing(cast))
    chief, deputy = sign_in(cast.chief), User.objects.get(pk=cast.deputy.pk)
    waiting_for(deputy, None)  # reads the posts, once a request
    counts = []
    for _ in range(2):
        chief.get(reverse("accounts:own_papers"))
        with CaptureQueriesContext(connection) as listed:
            chief.get(reverse("accounts:own_papers"))
        with CaptureQueriesContext(connection) as desk:
            waiting_for(deputy, None)
        counts.append((len(listed), len(desk)))
        for act in ("approve_decision", "approve_closing"):
            approval.pk, approval.act = None, act
            approval.save(force_insert=True)
            deny(cast.chief, approval.thing)
    assert counts[0] == counts[1]
    assert len(waiting_for(deputy, None)) == 5


def test_every_act_that_is_signed_on_paper_is_known_by_its_name():
    """What an approval names has a row: its label stands on pages, its posts settle a denial."""
    signed = {
        (table.subject, act.name)
        for table in procedure.TABLES
        for act in table.acts
        if act.not_by and act.typists
    }
    assert signed
    assert {(subject, act) for subject, act in signed if act not in TABLES[subject]._by_name} == set()


@pytest.mark.parametrize(
    ("name", "body", "sentence"),
    [
        ("呈批表.pdf", b"%PDF-1.4 signed", "打不开"),
        ("呈批表.jpg", b"\xff\xd8\xff\xe0 any picture", "打不开"),
        ("呈批表.heic", b"\x00\x00\x00\x18ftypheic" + b"0" * 40, "不是图片也不是 PDF"),
        ("呈批表.docx", b"PK\x03\x04" + b"0" * 40, "不是图片也不是 PDF"),
    ],
)
def test_a_scan_that_does_not_open_is_refused_and_nothing_typed_is_lost(cast, sign_in, name, body, sentence):
    case = making.proposed_case(cast)
    typed = {
        "signer": cast.chief.pk,
        "signed_on": making.ago(1).isoformat(),
        "opinion": "同意，请抓紧办",
        "scan": making.scan(name, body),
        "_key": "k",
        "_version": case.version,
    }
    answer = sign_in(cast.handler).post(reverse("cases:approve_filing", args=[case.public_id]), typed)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert f"扫描件“{name}”{sentence}" in shown
    assert "同意，请抓紧办" in shown and making.ago(1).isoformat() in shown
    assert not Approval.objects.filter(on_paper=True).exists()
