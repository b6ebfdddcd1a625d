"""Each period is owed; an old one whose content a later paper brought is closed by who receives it."""

from datetime import date

import pytest
from django.urls import reverse

from campaigns import desk
from campaigns.models import Duty
from campaigns.services import duty_rules, handing_in
from campaigns.services.duty_source import DUTIES
from common.errors import Forbidden, Refused
from reminders.models import Outbox
from tests.campaigns.duties.conftest import at
from tests.cases.making import scan

pytestmark = pytest.mark.django_db
NOW = at("2026-05-16 09:00")
WHY = "第一周的情况已写在第二周的周报里。"


@pytest.fixture(autouse=True)
def weekly(cast):
    """周报 that 天宁 owes 交城 every Friday; the first one, of May 8th, never came."""
    return duty_rules.set_rule(
        by=cast.liaison,
        agency=cast.county,
        draft=duty_rules.RuleDraft(
            name="周报", what="paper", pattern="weekly", days=[5], level="township", from_day=date(2026, 5, 4)
        ),
        now=at("2026-05-04 09:00"),
    )


def of(day) -> Duty:
    return Duty.objects.get(day=date(2026, 5, day))


def later(cast) -> Duty:
    return handing_in.hand_in(by=cast.reporter, duty=of(15), upload=scan(), now=at("2026-05-15 16:00"))


def covered(cast, by=None) -> Duty:
    return handing_in.cover_paper(by=by or cast.liaison, duty=of(8), reason=WHY, now=NOW)


def test_an_old_one_stays_owed_after_a_later_one_came_and_was_accepted(cast):
    handing_in.accept_paper(by=cast.liaison, duty=later(cast))
    assert of(8).state == "open"
    (line,) = [task for task in desk.waiting_for(cast.reporter, NOW) if "周报" in task.thing]
    assert "2026-05-08" in line.thing


def test_who_hands_in_and_who_accepts_are_told_what_is_owed_still(cast, sign_in):
    url = reverse("campaigns:hand_in", args=[of(15).public_id])
    page = sign_in(cast.reporter).post(url, {"upload": scan()}, follow=True).content.decode()
    assert "还有1期没有报送（2026-05-08），每期都要报" in page
    url = reverse("campaigns:accept_paper", args=[of(15).public_id])
    page = sign_in(cast.liaison).post(url, {}, follow=True).content.decode()
    assert "天宁自然资源所还有1期没有报送（2026-05-08）" in page


def test_the_receiving_office_closes_it_with_the_reason_and_nobody_is_reminded_any_more(cast):
    later(cast)
    duty = covered(cast)
    assert (duty.state, duty.closed_at, duty.submitted_at) == ("covered", NOW, None)
    assert DUTIES.why_closed(duty) == "已由后期材料涵盖"
    assert not [task for task in desk.waiting_for(cast.reporter, NOW) if "2026-05-08" in task.thing]
    told = Outbox.objects.get(title="周报（2026-05-08）已由后期材料涵盖，不用再报")
    assert told.recipient == cast.reporter


def test_its_page_offers_it_and_keeps_the_reason(cast, sign_in, weekly):
    later(cast)
    client, duty = sign_in(cast.liaison), of(8)
    url = reverse("campaigns:cover_paper", args=[duty.public_id])
    assert url in client.get(duty.get_absolute_url()).content.decode()
    assert url not in sign_in(cast.reporter).get(duty.get_absolute_url()).content.decode()
    page = client.post(url, {"reason": WHY}, follow=True).content.decode()
    assert "后期已涵盖" in page and WHY in page and "已超" not in page
    board = client.get(f"{weekly.board_url}?day=2026-05-08").content.decode()
    assert "后期已涵盖" in board and "未报：" not in board


def test_without_a_later_paper_or_a_reason_it_is_not(cast):
    with pytest.raises(Refused, match="还缺：后一期已报送的材料"):
        covered(cast)
    handing_in.return_paper(by=cast.liaison, duty=later(cast), reason="缺附表")
    with pytest.raises(Refused, match="还缺：后一期已报送的材料"):
        covered(cast)
    later(cast)
    with pytest.raises(Refused, match="请写明理由"):
        handing_in.cover_paper(by=cast.liaison, duty=of(8), reason=" ")


def test_what_was_handed_in_is_answered_not_covered(cast):
    handing_in.hand_in(by=cast.reporter, duty=of(8), upload=scan())
    later(cast)
    with pytest.raises(Refused, match="已报送"):
        covered(cast)


@pytest.mark.parametrize("part", ["reporter", "neighbour_liaison", "police", "handler"])
def test_nobody_else_closes_it(cast, part):
    later(cast)
    with pytest.raises(Forbidden):
        covered(cast, by=getattr(cast, part))
