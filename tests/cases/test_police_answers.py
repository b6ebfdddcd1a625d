"""接收, 公安立案, 不予立案: by the police in the system, or typed from paper with its scan."""

import pytest

from accounts.models import local_today
from cases.models import Referral
from cases.services import answers
from common.errors import Forbidden, Refused
from tests.cases import making
from tests.cases.pages import assert_only, last_entry, open_clocks, post


@pytest.fixture
def sent(cast):
    """A referral sent today."""
    return making.sent_referral(cast)


def receive(by, sent, **more):
    return answers.receive_referral(
        by=by, referral=sent, received_on=local_today(), receiver="郑公安", **more
    )


def test_receiving_makes_the_police_matter(cast, sent):
    one = receive(cast.police, sent)
    assert (one.state, one.matter.agency) == ("received", cast.police_office)
    assert open_clocks(one)["police_answer"].counted_from == local_today()
    assert last_entry(one).agency == cast.police_office


def test_the_handler_types_it_from_paper_with_the_scan(cast, sent):
    with pytest.raises(Refused, match="扫描件"):
        receive(cast.handler, sent)
    one = receive(cast.handler, sent, scan=making.scan("回执.pdf"))
    assert one.receipt.name == "回执.pdf"
    assert one.case.files.get(kind="移送回执").for_police


def test_the_neighbours_police_cannot(cast, sent, sign_in):
    with pytest.raises(Forbidden):
        receive(cast.neighbour_police, sent)
    assert_only(cast, sign_in, sent, "receive_referral", "handler")
    assert sign_in(cast.procurator).get(sent.get_absolute_url()).status_code == 200
    assert sign_in(cast.procurator).get(sent.get_absolute_url() + "receive-referral/").status_code == 403


def test_filing_by_the_police_ends_their_clock(cast, sent):
    one = answers.record_police_filing(
        by=cast.police, referral=sent, answered_on=local_today(), answer_number="交公立〔2026〕3号"
    )
    assert (one.state, one.answer_number) == ("police_filed", "交公立〔2026〕3号")
    assert open_clocks(one) == {}
    assert open_clocks(one.case)["decide"].suspended_on


def test_not_filing_gives_three_days_and_lets_our_clock_go_on(cast, sent):
    Referral.objects.update(sent_on=making.ago(4))
    before = open_clocks(sent.case)["decide"].due_at
    one = answers.decline_referral(
        by=cast.police, referral=sent, answered_on=local_today(), answer_reason="情节显著轻微"
    )
    assert set(open_clocks(one)) == {"reconsider"}
    decide = open_clocks(one.case)["decide"]
    assert decide.suspended_on is None
    assert (decide.due_at - before).days == 4


def test_not_filing_needs_a_reason(cast, sent):
    with pytest.raises(Refused, match="理由"):
        answers.decline_referral(by=cast.police, referral=sent, answered_on=local_today(), answer_reason="")


def test_the_police_cannot_answer_before_it_was_sent(cast):
    one = making.approved_referral(cast)
    with pytest.raises(Forbidden):
        answers.record_police_filing(by=cast.police, referral=one, answered_on=local_today())


def test_an_answer_still_to_come_is_refused(cast, sent):
    with pytest.raises(Refused, match="公安决定日期不能晚于今天"):
        answers.record_police_filing(by=cast.police, referral=sent, answered_on=making.ago(-2))


def test_through_the_pages(cast, sign_in, sent):
    client = sign_in(cast.police)
    day = local_today().isoformat()
    assert post(client, sent, "receive_referral", received_on=day, receiver="郑").status_code == 302
    assert post(client, sent, "record_police_filing", answered_on=day).status_code == 302
    sent.refresh_from_db()
    assert sent.state == "police_filed"


def test_the_police_need_not_type_who_and_when_who_types_from_paper_must(cast, sent, sign_in):
    address = sent.get_absolute_url() + "receive-referral/"
    page = sign_in(cast.police).get(address).content.decode()
    assert f'value="{cast.police.name}"' in page and f'value="{local_today()}"' in page
    page = sign_in(cast.handler).get(address).content.decode()
    assert f'value="{cast.handler.name}"' not in page and f'value="{local_today()}"' not in page
