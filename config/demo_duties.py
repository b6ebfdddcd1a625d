"""The demo's 周报: townships of 交城 report to their county every Friday; last Friday's came in."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.models import Agency, local_today
from campaigns.models import Duty, DutyRule
from campaigns.presets import PRESETS
from campaigns.services.duty_rules import RuleDraft, set_rule
from campaigns.services.handing_in import accept_paper, hand_in
from config.demo_cases import COUNTY
from config.demo_props import paper, who

FRIDAY = 4


def load() -> None:
    """Set the rule, if it isn't there, a few days before last Friday; one report waits to be accepted."""
    if DutyRule.objects.filter(agency__code=COUNTY, name=PRESETS["weekly"]["name"]).exists():
        return
    today = local_today()
    friday = today - timedelta(days=(today.weekday() - FRIDAY) % 7 or 7)
    begun = friday - timedelta(days=3)
    office = Agency.objects.select_related("region").get(code=COUNTY)
    draft = RuleDraft(**PRESETS["weekly"], from_day=begun)
    rule = set_rule(by=who("lianluo"), agency=office, draft=draft, now=_at(begun, time(9)))
    accept_paper(by=who("lianluo"), duty=_report(rule, "tianning", _at(friday, time(16, 40))))
    _report(rule, "xiajiaying", _at(friday, time(18, 25)))


def _report(rule: DutyRule, username: str, now: datetime) -> Duty:
    by = who(username)
    duty = Duty.objects.get(rule=rule, agency=by.agency, day=timezone.localdate(now))
    return hand_in(by=by, duty=duty, upload=paper("周报"), note="本周巡查3次，未发现新的问题。", now=now)


def _at(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))
