"""What the police see: nothing before the sending, then the package, nothing when it ends."""

import pytest

from accounts.models import Grant
from cases.models import Case, Referral
from cases.services import investigation, referral
from tests.cases import making
from tests.cases.pages import at, last_entry, post

OUTSIDE = ("police", "procurator")
# What stays in the house: other papers, who approved, what led up to it.
INSIDE = ("内部意见.pdf", "签批", "陈副局", "周局长", "办理记录", "呈批", "决定是否移送", "来源线索")


@pytest.fixture
def case(cast):
    """A case with one paper for the package and one that stays."""
    case = making.mined(cast, making.filed_case(cast, signed_on=making.ago(9)), value="200000")
    for name, goes in (("勘验笔录.pdf", True), ("内部意见.pdf", False)):
        investigation.add_case_files(
            by=cast.handler, case=case, files=[making.scan(name)], kind="材料", for_police=goes
        )
    return case


def pages(case):
    """Every address of a case and of its referrals that somebody could try."""
    found = [
        case.get_absolute_url(),
        at(case, "amend_case"),
        f"{case.get_absolute_url()}approval-form/filing/",
    ]
    found += [one.get_absolute_url() for one in case.referrals.all()]
    return found + [one.file.get_absolute_url() for one in case.files.all()]


@pytest.mark.parametrize("stage", ["nothing", "proposed", "approved"])
def test_before_the_sending_there_is_nothing(cast, sign_in, case, stage):
    if stage != "nothing":
        one = making.proposed_referral(cast, case)
    if stage == "approved":
        referral.approve_referral(by=cast.chief, referral=one)
    for part in OUTSIDE:
        client = sign_in(getattr(cast, part))
        assert [client.get(url).status_code for url in pages(case)] == [404] * len(pages(case))
        assert "共 <b>0</b>" in client.get("/cases/referrals/").content.decode()


def test_after_it_the_whole_package_and_nothing_else(cast, sign_in, case):
    one = making.sent_referral(cast, case=case)
    goes, stays = case.files.get(for_police=True), case.files.filter(for_police=False)
    for part in OUTSIDE:
        client = sign_in(getattr(cast, part))
        page = client.get(one.get_absolute_url()).content.decode()
        for words in ("勘验笔录.pdf", "张三丰", "820", "200,000", "非法采矿罪", case.number):
            assert words in page, words
        for words in INSIDE:
            assert words not in page, words
        assert client.get(goes.file.get_absolute_url()).status_code == 200
        assert all(client.get(f.file.get_absolute_url()).status_code == 404 for f in stays)
        assert client.get(case.get_absolute_url()).url == one.get_absolute_url()
        assert client.get(at(one, "referral_approval_form")).status_code == 403
        assert client.get("/cases/").status_code == 403


def test_the_neighbours_police_see_nothing_of_it(cast, sign_in, case):
    making.sent_referral(cast, case=case)
    client = sign_in(cast.neighbour_police)
    assert all(client.get(url).status_code == 404 for url in pages(case))


def test_a_paper_marked_later_joins_the_package(cast, sign_in, case):
    one = making.sent_referral(cast, case=case)
    investigation.add_case_files(
        by=cast.handler, case=case, files=[making.scan("鉴定意见.pdf")], kind="鉴定意见", for_police=True
    )
    assert "鉴定意见.pdf" in sign_in(cast.police).get(one.get_absolute_url()).content.decode()


def test_a_second_referral_in_preparation_stays_hidden(cast, sign_in, case):
    making.sent_referral(cast, case=case)
    second = making.proposed_referral(cast, case)
    assert sign_in(cast.police).get(second.get_absolute_url()).status_code == 404
    assert Referral.objects.visible_to(cast.police).count() == 1


def test_after_the_end_of_sharing_there_is_nothing(cast, sign_in, case):
    one = making.sent_referral(cast, case=case)
    assert post(sign_in(cast.chief), one, "stop_sharing", reason="公安已退卷").status_code == 302
    assert last_entry(one).reason == "公安已退卷"
    for part in OUTSIDE:
        client = sign_in(getattr(cast, part))
        assert all(client.get(url).status_code == 404 for url in pages(case)), part
        assert client.post(at(one, "receive_referral"), {}).status_code == 404
    assert Grant.objects.count() == 2


def test_a_revoked_grant_alone_is_enough(cast, sign_in, case):
    one = making.sent_referral(cast, case=case)
    Grant.objects.filter(agency=cast.police_office).update(revoked_at=one.changed_at)
    assert sign_in(cast.police).get(one.get_absolute_url()).status_code == 404
    assert sign_in(cast.procurator).get(one.get_absolute_url()).status_code == 200


def test_police_see_no_case_through_the_search(cast, case):
    making.sent_referral(cast, case=case)
    assert not Case.objects.within_reach(cast.police).exists()
