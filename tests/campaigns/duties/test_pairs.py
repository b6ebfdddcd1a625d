"""周报 between any two offices: handed in, returned, accepted, reminded of, and on the board."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from accounts import roles
from accounts.models import Agency
from campaigns import desk
from campaigns.models import Duty
from campaigns.services import claims, duty_rules, handing_in
from campaigns.services.rounds import Round, remind_missing
from common.errors import Forbidden
from reminders.models import Notice
from reminders.services import outbox, sweeping
from tests.campaigns.duties.conftest import at
from tests.cases.making import scan
from tests.cast import add_person
from tests.desks import sent_by

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 5, 8)
# who owes, to whom: (post that hands in, level and kind of its office, office that set the rule, post there)
PAIRS = {
    "township to county": ("reporter", "township", "zrzy", "county", "liaison"),
    "department to county": ("department", "county", "sl", "county", "liaison"),
    "police to county": ("police", "county", "ga", "county", "checker"),
    "procuratorate to county": ("procurator", "county", "jc", "county", "liaison"),
    "county to prefecture": ("liaison", "county", "zrzy", "prefecture_office", "prefecture"),
    "police to prefecture": ("police", "county", "ga", "prefecture_office", "prefecture"),
    "department to campaign office": ("department", "county", "sl", "campaign_office", "office_liaison"),
}


@pytest.fixture(params=PAIRS)
def pair(request, cast, setter):
    """Who hands in, who takes in, and the duty of 2026-05-08 between them."""
    owing, level, kind, office, taking = PAIRS[request.param]
    cast.campaign_office = office_of_campaigns(cast)
    cast.office_liaison = add_person("zxb", "专项办", cast.campaign_office, roles.LIAISON)
    upper = getattr(cast, office)
    by = {"county": cast.liaison, "prefecture_office": setter, "campaign_office": cast.office_liaison}
    rule = duty_rules.set_rule(
        by=by[office],
        agency=upper,
        draft=duty_rules.RuleDraft(
            name="周报", what="paper", pattern="weekly", days=[5], level=level, kind=kind, leads=[1],
            from_day=date(2026, 5, 1),
        ),
        now=at("2026-05-04 09:00"),
    )  # fmt: skip
    owes = getattr(cast, owing)
    duty = Duty.objects.get(rule=rule, agency=owes.agency, day=FRIDAY)
    return SimpleNamespace(owes=owes, takes=getattr(cast, taking), rule=rule, duty=duty, upper=upper)


def office_of_campaigns(cast) -> Agency:
    """交城's 专项办 under its bureau."""
    office = Agency.objects.create(
        code="141122-zxb", name="交城县专项办", kind="zxb", region=cast.regions["141122"],
        parent=cast.county, path="x",
    )  # fmt: skip
    office.path = f"{cast.county.path}{office.pk}/"
    office.save()
    return office


def titles(person) -> list[str]:
    outbox.deliver_to(person)
    return list(Notice.objects.filter(recipient=person).values_list("title", flat=True))


def waits(person, moment="2026-05-07 09:00"):
    return [(task.what, task.url) for task in desk.waiting_for(person, at(moment))]


def test_a_paper_is_handed_in_returned_handed_in_again_and_accepted(pair):
    duty = handing_in.hand_in(by=pair.owes, duty=pair.duty, upload=scan(), now=at("2026-05-08 17:00"))
    assert titles(pair.takes) == [f"{duty.agency}周报（2026-05-08）已报送，待接收"]
    duty = handing_in.return_paper(by=pair.takes, duty=duty, reason="缺巡查次数")
    assert titles(pair.owes) == [f"周报（2026-05-08）已被{pair.upper}退回"]
    duty = handing_in.hand_in(by=pair.owes, duty=duty, upload=scan(), now=at("2026-05-08 17:40"))
    duty = handing_in.accept_paper(by=pair.takes, duty=duty)
    assert (duty.state, duty.late_by(at("2026-05-20 09:00"))) == ("accepted", None)


def test_it_stands_on_the_desk_of_who_owes_and_then_of_who_takes_in(pair):
    url = pair.duty.get_absolute_url()
    assert ("报送周报", url) in waits(pair.owes)
    duty = handing_in.hand_in(by=pair.owes, duty=pair.duty, upload=scan(), now=at("2026-05-07 10:00"))
    assert url not in dict(map(reversed, waits(pair.owes)))
    assert ("接收或退回材料", url) in waits(pair.takes)
    (sent,) = sent_by(desk, pair.owes)
    assert (sent.url, sent.to) == (url, str(pair.upper))
    handing_in.return_paper(by=pair.takes, duty=duty, reason="缺巡查次数")
    assert ("接收或退回材料", url) not in waits(pair.takes)
    (task,) = (task for task in desk.waiting_for(pair.owes, at("2026-05-07 11:00")) if task.url == url)
    assert (task.what, task.note) == ("材料被退回，改好后重新报送", "退回理由：缺巡查次数")


def test_the_pages_open_and_the_form_says_why_it_came_back(pair, sign_in):
    url = pair.duty.get_absolute_url()
    owes, takes = sign_in(pair.owes), sign_in(pair.takes)
    form = reverse("campaigns:hand_in", args=[pair.duty.public_id])
    assert form in owes.get(url).content.decode()
    assert owes.post(form, {"upload": scan()}).status_code == 302
    for name, fields in (("return_paper", {"reason": "缺巡查次数"}), ("accept_paper", {})):
        address = reverse(f"campaigns:{name}", args=[pair.duty.public_id])
        assert address in takes.get(url).content.decode()
        assert takes.post(address, fields).status_code == 302
        if name == "return_paper":
            assert "退回理由：缺巡查次数" in owes.get(form).content.decode()
            owes.post(form, {"upload": scan()})
    assert "已接收" in owes.get(url).content.decode()
    board = takes.get(f"{pair.rule.board_url}?day=2026-05-08").content.decode()
    assert pair.duty.agency.name in board and "已报 1" in board


def test_nobody_takes_in_what_their_own_office_handed_in(pair):
    duty = handing_in.hand_in(by=pair.owes, duty=pair.duty, upload=scan())
    with pytest.raises(Forbidden):
        handing_in.accept_paper(by=pair.owes, duty=duty)


def test_one_press_reminds_who_owes(pair):
    the_round = Round(pair.rule, FRIDAY, pair.takes)
    remind_missing(by=pair.takes, the_round=the_round, now=at("2026-05-08 16:00"))
    sweeping.sweep(now=at("2026-05-08 16:00"))
    told = Notice.objects.filter(key__contains=":urged")
    assert pair.owes in {notice.recipient for notice in told}


def test_the_time_runs_over_at_the_desk_and_at_who_takes_in(pair):
    moment = at("2026-05-07 08:00")
    while moment < at("2026-05-08 19:00"):
        sweeping.sweep(now=moment)
        moment += timedelta(hours=1)
    told = {(row.recipient, row.key.split(":")[3]) for row in Notice.objects.filter(kind="reminder")}
    assert {(pair.owes, "eve"), (pair.owes, "day15"), (pair.owes, "over"), (pair.takes, "over")} <= told


def test_a_time_on_paper_is_claimed_and_ruled_on_by_who_takes_in(pair):
    duty = claims.record_claim(
        by=pair.owes, duty=pair.duty, sent_at=at("2026-05-08 16:00"), scan=scan(), now=at("2026-05-09 09:00")
    )
    assert ("认定线下报送时间", duty.get_absolute_url()) in waits(pair.takes)
    duty = claims.rule_on_claim(by=pair.takes, duty=duty, recognised=True, ruling="有签收记录")
    assert duty.late_by(at("2026-05-20 09:00")) is None


def test_the_neighbour_sees_nothing_of_it(cast, pair):
    others = (cast.neighbour_liaison, cast.neighbour_police, cast.other_prefecture)
    assert not any(Duty.objects.visible_to(other).filter(pk=pair.duty.pk).exists() for other in others)
