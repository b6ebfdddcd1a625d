"""What the house of tampering.py holds, done by the services as people do it."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

from django.utils import timezone

from accounts import roles
from accounts.models import Confirmation
from accounts.services import confirming, people
from campaigns.models import Duty
from campaigns.services import claims, duty_rules, handing_in
from cases.services import joining
from ledgers.services import answering
from tests.campaigns.duties.conftest import at
from tests.cases import making
from tests.cast import PASSWORD, add_person, build_cast
from tests.ledgers import acting, build


def begin() -> SimpleNamespace:
    """The cast, and a campaign that all take part in."""
    cast = build_cast()
    cast.setter = add_person("setter", "市联络", cast.prefecture_office, roles.LIAISON)
    cast.campaign = build.campaign(cast)
    return cast


def case(cast: SimpleNamespace) -> None:
    """Two posts that open secrets, one confirmed; a case from clue to payment, its filing on paper, with
    all that a decision is weighed by: the prefecture asked, less taken for a reason, reviewed, discussed."""
    for name in ("新队长", "再一人"):
        person = people.add_person(
            by=cast.system_admin, agency=cast.county, username=name, name=name, password=PASSWORD
        )
        people.appoint(by=cast.system_admin, person=person, agency=cast.county, role=roles.BRIGADE_HEAD)
    confirming.confirm(by=cast.chief, row=Confirmation.objects.order_by("pk").first())
    case = making.mined(cast, making.filed_case(cast, signed_on=making.ago(20)))
    case = joining.ask_prefecture(by=cast.handler, case=case, asked_on=making.ago(1), reason="矿种为煤")
    items = [making.FINE, {**making.MINERALS, "tonnes": Decimal(100)}]
    case = making.decided_case(cast, case, items=items, opt_outs={"minerals": "其余已灭失"}, serious=True)
    cast.case = making.paid(cast, making.served(cast, case))


def reports(cast: SimpleNamespace) -> None:
    """Two reports of one county, one answered; another county's on paper."""
    ledger = build.ledger(cast.campaign, cast.county)
    made = build.case(cast)
    build.entry(cast.campaign, cast.county, made)
    acting.accept(cast, acting.submit(cast, ledger))
    build.entry(cast.campaign, cast.county, build.case(cast, names=("李某某",)))
    acting.send_back(cast, acting.submit(cast, ledger, "05-30"))
    sent = acting.submit(cast, build.ledger(cast.campaign, cast.neighbour), "05-30", nil_report=True)
    cast.prefecture_office.uses_system = False
    cast.prefecture_office.save()
    answering.record_paper_report(
        by=cast.neighbour_liaison,
        submission=sent,
        sent_at=timezone.now() - timedelta(hours=3),
        scan=making.scan("盖章台账.pdf", b"%PDF-1.4 stamped"),
    )
    cast.prefecture_office.uses_system = True
    cast.prefecture_office.save()


def duties(cast: SimpleNamespace) -> None:
    """A claim that was ruled on, one that waits, and a paper handed in."""
    duty_rules.set_rule(
        by=cast.setter,
        agency=cast.prefecture_office,
        draft=duty_rules.RuleDraft(
            campaign=cast.campaign, from_day=cast.campaign.from_day, **duty_rules.HALF_MONTHLY
        ),
        now=at("2026-05-01 09:00"),
    )
    owed = Duty.objects.filter(day=build.day("05-15"))
    ruled = claim(cast.liaison, owed.get(agency=cast.county))
    claims.rule_on_claim(by=cast.prefecture, duty=ruled, recognised=True, ruling="系统停机")
    claim(cast.neighbour_liaison, owed.get(agency=cast.neighbour))
    duty_rules.set_rule(
        by=cast.setter,
        agency=cast.prefecture_office,
        draft=duty_rules.RuleDraft(
            name="年度总结",
            what="paper",
            pattern="yearly",
            days=[31],
            month=12,
            from_day=date(2026, 1, 1),
            leads=[30, 7],
        ),
        now=at("2026-12-05 09:00"),
    )
    paper = Duty.objects.get(agency=cast.county, rule__what="paper")
    handing_in.hand_in(by=cast.liaison, duty=paper, upload=making.scan(), now=at("2026-12-30 09:00"))


def claim(by, duty: Duty) -> Duty:
    """线下报送补登 of what was due by 2026-05-15."""
    return claims.record_claim(
        by=by,
        duty=duty,
        sent_at=at("2026-05-15 17:50"),
        scan=making.scan("传真.pdf", b"%PDF-1.4 fax"),
        system_down=True,
        note="系统17:50打不开，已传真",
        now=at("2026-05-15 19:30"),
    )


def running_hour(cast: SimpleNamespace) -> None:
    """A clue comes in and is looked at, after the last seal."""
    making.verified_clue(cast, parties=[making.suspect("王五", making.OTHER_ID)])
