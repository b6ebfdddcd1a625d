"""查看人员姓名 of a referral or matter; two of one surname are told apart."""

import pytest

from accounts.models import local_today
from cases.models import PoliceSubject
from cases.services import detentions, matters, subjects
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import assert_only, at, last_entry, post


@pytest.fixture
def sent(cast):
    """A referral with two people named 张, one with a number."""
    sent = making.sent_referral(cast)
    making.detained(cast, sent, name="张三丰", identity=making.PERSON_ID)
    return making.detained(cast, sent, name="张翠山")


def test_two_of_one_surname_are_told_apart_where_one_is_withdrawn(cast, sign_in, sent):
    page = sign_in(cast.police).get(at(sent, "withdraw_detention")).content.decode()
    assert "张**（人员1，证件尾号0012） 刑事拘留" in page
    assert "张**（人员2） 刑事拘留" in page
    shown = sign_in(cast.police).get(sent.get_absolute_url()).context["detentions"]
    assert [row["who"] for row in shown] == ["张**（人员1，证件尾号0012）", "张**（人员2）"]


def test_a_number_learned_later_joins_the_same_person(cast, sent):
    making.detained(cast, sent, name="张翠山", identity=making.OTHER_ID, kind="arrest")
    assert PoliceSubject.objects.count() == 2
    assert sent.matter.labels()[PoliceSubject.objects.latest("pk").pk] == ("张**（人员2，证件尾号012X）")


def test_name_and_number_are_shown_once(cast, sign_in, sent):
    client, one = sign_in(cast.police), PoliceSubject.objects.earliest("pk")
    assert "张三丰" not in client.get(sent.get_absolute_url()).context["detentions"][0]["who"]
    page = post(client, sent, "unmask_subject", subject=one.pk, reason="核对身份")
    assert "张三丰" in page.content.decode()
    assert making.PERSON_ID in page.content.decode()
    entry = last_entry(sent)
    assert (entry.act, entry.reason) == ("unmask_subject", "核对身份")
    assert entry.changes["查看人员"] == ["", "张**（人员1，证件尾号0012）"]


def test_the_handler_may_too_and_says_why(cast, sent):
    one = PoliceSubject.objects.latest("pk")
    facts = subjects.unmask_subject(by=cast.handler, referral=sent, subject=one, reason="核对台账")
    assert (facts.name, facts.identity) == ("张翠山", "")
    with pytest.raises(Refused, match="查看的事由"):
        subjects.unmask_subject(by=cast.handler, referral=sent, subject=one, reason="")


def test_somebody_of_another_referral_is_refused(cast, sent):
    other = making.detained(cast, making.sent_referral(cast), name="李四")
    with pytest.raises(Refused, match="不属于本件"):
        subjects.unmask_subject(
            by=cast.police, referral=other, subject=PoliceSubject.objects.earliest("pk"), reason="x"
        )


def test_a_count_without_names_has_nobody_to_see(cast):
    sent = making.sent_referral(cast)
    detentions.record_detention(
        by=cast.handler,
        referral=sent,
        entry=detentions.DetentionEntry(
            kind="arrest", happened_on=local_today(), persons=2, scan=making.scan()
        ),
    )
    with pytest.raises(Refused, match="还缺：逐人登记的人员"):
        subjects.unmask_subject(by=cast.police, referral=sent, subject=PoliceSubject(), reason="x")


def test_of_a_matter_of_the_polices_own(cast, sign_in):
    matter = matters.register_matter(by=cast.police, title="自侦", taken_up_on=local_today())
    detentions.record_detention(
        by=cast.police,
        matter=matter,
        entry=detentions.DetentionEntry(kind="arrest", happened_on=local_today(), name="王五"),
    )
    page = post(
        sign_in(cast.police),
        matter,
        "unmask_matter_subject",
        subject=PoliceSubject.objects.get().pk,
        reason="核对",
    )
    assert "王五" in page.content.decode()


def test_who_may(cast, sign_in, sent):
    assert_only(cast, sign_in, sent, "unmask_subject", "handler")
    assert sign_in(cast.procurator).get(at(sent, "unmask_subject")).status_code == 403
