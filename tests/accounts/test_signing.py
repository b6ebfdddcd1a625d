"""Approvals in the system and on paper: signer, signing date and typist are three things."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts import roles
from accounts.acts import Act
from accounts.models import Approval, SignedPaper, local_today
from accounts.services import authorities, signing, trail
from common.errors import Forbidden, Refused
from tests.accounts.things import a_clue
from tests.papers import SIGNED

ACT = Act("approve", "批准", "test", roles.LEADERS, not_by=("propose",), typists=frozenset({roles.HANDLER}))


def scan(name="呈批表.pdf"):
    """A scanned sheet."""
    return SimpleUploadedFile(name, SIGNED)


@pytest.fixture
def clue(cast):
    """What is to be approved; the handler proposed it."""
    clue = a_clue(cast.county, cast.intake)
    trail.record(by=cast.handler, act="propose", label="提出处理意见", thing=clue)
    return clue


def sign(cast, clue, by="deputy", agreed=True, **more):
    """One approval, entered by a person under their first post."""
    person = getattr(cast, by)
    return signing.sign(
        by=person,
        posting=person.current_postings[0],
        act=ACT,
        thing=clue,
        agreed=agreed,
        signature=signing.Signature(**more),
    )


def test_a_leader_signs_in_the_system(cast, clue):
    approval = sign(cast, clue, opinion="同意")
    assert (approval.signer, approval.typed_by, approval.on_paper) == (cast.deputy, cast.deputy, False)
    assert approval.signed_on == local_today()


def test_a_typist_without_the_post_cannot_sign_in_the_system(cast, clue):
    with pytest.raises(Refused, match="线下签批"):
        sign(cast, clue, by="second_handler")


def test_paper_keeps_signer_date_and_typist_apart(cast, clue):
    day = local_today() - timedelta(days=3)
    approval = sign(cast, clue, by="second_handler", signer=cast.chief, signed_on=day, scan=scan())
    assert (approval.signer, approval.signed_on) == (cast.chief, day)
    assert (approval.typed_by, approval.on_paper) == (cast.second_handler, True)
    assert approval.signer_posting.role == roles.CHIEF
    assert approval.signed_paper.scan.name == "呈批表.pdf"


def test_one_sheet_carries_many_approvals(cast, clue):
    other = a_clue(cast.county, cast.intake, number="线2")
    first = sign(cast, clue, by="second_handler", signer=cast.chief, signed_on=local_today(), scan=scan())
    second = sign(cast, other, by="second_handler", signer=cast.chief, signed_paper=first.signed_paper)
    assert second.signed_paper == first.signed_paper and second.signed_on == first.signed_on
    assert (SignedPaper.objects.count(), Approval.objects.count()) == (1, 2)


@pytest.mark.parametrize(
    ("paper", "sentence"),
    [
        ({"signed_on": None, "scan": True}, "签批日期"),
        ({"signed_on": 1, "scan": True}, "不能晚于今天"),
        ({"signed_on": 0}, "扫描件"),
    ],
)
def test_paper_without_date_or_scan_is_refused(cast, clue, paper, sentence):
    day = None if paper["signed_on"] is None else local_today() + timedelta(days=paper["signed_on"])
    with pytest.raises(Refused, match=sentence):
        sign(
            cast,
            clue,
            by="second_handler",
            signer=cast.chief,
            signed_on=day,
            scan=scan() if paper.get("scan") else None,
        )
    assert not Approval.objects.exists()


def test_who_proposed_cannot_be_the_signer_whoever_types(cast, clue):
    cast.handler.postings.create(agency=cast.county, role=roles.DEPUTY, since=local_today())
    with pytest.raises(Refused, match="不能签批自己经办"):
        sign(cast, clue, by="second_handler", signer=cast.handler, signed_on=local_today(), scan=scan())


def test_who_proposed_may_type_what_another_signed(cast, clue):
    assert (
        sign(cast, clue, by="handler", signer=cast.chief, signed_on=local_today(), scan=scan()).typed_by
        == cast.handler
    )


@pytest.mark.parametrize("signer", ["legal", "neighbour_chief", "second_handler", "prefecture"])
def test_somebody_without_the_post_is_no_signer(cast, clue, signer):
    with pytest.raises(Refused, match="没有"):
        sign(cast, clue, by="handler", signer=getattr(cast, signer), signed_on=local_today(), scan=scan())


def test_a_leader_who_took_office_later_did_not_sign_before(cast, clue):
    cast.chief.postings.update(since=local_today() - timedelta(days=2))
    with pytest.raises(Refused, match="没有"):
        sign(
            cast,
            clue,
            by="handler",
            signer=cast.chief,
            signed_on=local_today() - timedelta(days=3),
            scan=scan(),
        )


@pytest.fixture
def authority(cast):
    """周局长 lets 马队长 sign, for ten days around today."""
    return authorities.record_authority(
        by=cast.chief,
        agency=cast.county,
        principal=cast.chief,
        delegate=cast.brigade_head,
        since=local_today() - timedelta(days=5),
        until=local_today() + timedelta(days=5),
    )


def on_paper_by_delegate(cast, clue, day):
    """A sheet signed by 马队长 on a day."""
    return sign(cast, clue, by="handler", signer=cast.brigade_head, signed_on=day, scan=scan())


def test_an_authority_in_force_lends_the_post(cast, clue, authority):
    approval = on_paper_by_delegate(cast, clue, local_today())
    assert approval.authority == authority
    assert approval.signer_posting.user == cast.chief


@pytest.mark.parametrize("days", [-6, -7])
def test_an_authority_lends_nothing_outside_its_days(cast, clue, authority, days):
    with pytest.raises(Refused, match="代签授权"):
        on_paper_by_delegate(cast, clue, local_today() + timedelta(days=days))


def test_an_expired_authority_lends_nothing(cast, clue, authority):
    authority.until = local_today() - timedelta(days=1)
    authority.save()
    with pytest.raises(Refused, match="代签授权"):
        on_paper_by_delegate(cast, clue, local_today())
    assert on_paper_by_delegate(cast, clue, local_today() - timedelta(days=1))


def test_an_ended_authority_lends_nothing_from_today_on(cast, clue, authority):
    authorities.end_authority(by=cast.chief, authority=authority, reason="返岗")
    with pytest.raises(Refused, match="代签授权"):
        on_paper_by_delegate(cast, clue, local_today())
    with pytest.raises(Refused, match="不用终止"):
        authorities.end_authority(by=cast.chief, authority=authority, reason="返岗")


def test_anothers_authority_is_entered_only_with_the_signed_paper(cast):
    given = {
        "agency": cast.county,
        "principal": cast.chief,
        "delegate": cast.deputy,
        "since": local_today(),
        "until": local_today() + timedelta(days=30),
    }
    with pytest.raises(Refused, match="授权书扫描件"):
        authorities.record_authority(by=cast.system_admin, **given)
    assert authorities.record_authority(by=cast.system_admin, **given, scan=scan("授权书.pdf")).scan
    with pytest.raises(Forbidden):
        authorities.record_authority(by=cast.handler, **given, scan=scan("授权书.pdf"))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"delegate": "chief"}, "同一个人"),
        ({"principal": "handler"}, "不任"),
        ({"delegate": "system_admin"}, "业务岗位"),
        ({"delegate": "neighbour_handler"}, "业务岗位"),
        ({"until": 400}, "最长一年"),
        ({"until": -1}, "止日不能早于"),
    ],
)
def test_an_authority_that_cannot_be_is_refused(cast, wrong, sentence):
    until = local_today() + timedelta(days=wrong.get("until", 30))
    with pytest.raises(Refused, match=sentence):
        authorities.record_authority(
            by=cast.system_admin,
            agency=cast.county,
            principal=getattr(cast, wrong.get("principal", "chief")),
            delegate=getattr(cast, wrong.get("delegate", "deputy")),
            since=local_today(),
            until=until,
            scan=scan(),
        )


def test_the_page_enters_an_authority_and_its_scan_opens_for_whom_it_concerns(cast, sign_in):
    answer = sign_in(cast.chief).post(
        reverse("accounts:record_authority", args=["141122-zrzy"]),
        {
            "principal": cast.chief.pk,
            "delegate": cast.deputy.pk,
            "since": local_today(),
            "until": local_today() + timedelta(days=9),
            "scan": scan("授权书.pdf"),
            "_key": "k",
        },
    )
    assert answer.url == "/accounts/authorities/"
    file = Approval._meta.apps.get_model("accounts", "SigningAuthority").objects.get().scan
    assert sign_in(cast.deputy).get(file.get_absolute_url()).status_code == 200
    assert sign_in(cast.handler).get(file.get_absolute_url()).status_code == 404
    assert sign_in(cast.neighbour_chief).get(file.get_absolute_url()).status_code == 404
