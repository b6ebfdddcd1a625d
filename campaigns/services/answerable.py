"""Offices that a rule binds and where nobody can answer it: for whoever set the rule to see."""

from collections import defaultdict
from collections.abc import Iterable

from accounts import roles
from accounts.models import Agency, Posting, RegionLevel, local_today
from accounts.services.people import KINDS, NATURAL_RESOURCES
from accounts.services.remarks import remark
from campaigns.acts import ANSWER_DUTY, BOOK_ACTS, DUTY_ACTS, LIAISON
from campaigns.carrying import carried
from campaigns.models import DutyKind, DutyRule
from campaigns.services.duties import agencies_of

# The posts that answering takes: one of each set has to be held.
NEEDED = {
    DutyKind.LEDGER: (LIAISON, ANSWER_DUTY.roles),
    DutyKind.PAPER: (DUTY_ACTS.get("hand_in").roles,),
    DutyKind.MEETING: (BOOK_ACTS.get("add_row").roles,),
}


def unanswerable(rules: Iterable[DutyRule]) -> dict[int, list[Agency]]:
    """{rule: the offices it binds where nobody in service holds the posts, nor the office above reports
    for them}; one query more than rules, and those that ask who does."""
    bound = {rule.pk: (rule, agencies_of(rule)) for rule in rules}
    held = defaultdict(set)
    posts = Posting.objects.in_force(local_today()).filter(
        agency_id__in={agency.pk for _, agencies in bound.values() for agency in agencies},
        user__is_active=True,
    )
    for agency_id, role in posts.values_list("agency_id", "role"):
        held[agency_id].add(role)
    lacking = {
        pk: [agency for agency in agencies if not all(held[agency.pk] & codes for codes in NEEDED[rule.what])]
        for pk, (rule, agencies) in bound.items()
    }
    return {pk: _not_carried(bound[pk][0], agencies) for pk, agencies in lacking.items()}


def _not_carried(rule: DutyRule, agencies: list[Agency]) -> list[Agency]:
    """Without those whose ledger and paper the office above hands in (代录); meetings they hold."""
    if rule.what == DutyKind.MEETING:
        return agencies
    above = carried(rule.campaign_id, [agency.pk for agency in agencies])
    return [agency for agency in agencies if agency.pk not in above]


def remark_unanswerable(rule: DutyRule) -> None:
    """Say to whoever sets or amends a rule how many offices can't answer it."""
    if lacking := unanswerable([rule])[rule.pk]:
        remark(f"有{len(lacking)}个单位没有人报送，名单见本页。")


def posts_needed(rule: DutyRule) -> str:
    """The posts in words that an office of the rule's kind and level can have: 联络员、台账审核人."""
    fitting = {
        code
        for codes in NEEDED[rule.what]
        for code in codes
        if rule.kind in KINDS.get(code, NATURAL_RESOURCES)
    }
    reports = fitting & {roles.REPORTER}
    fitting = reports if reports and rule.level == RegionLevel.TOWNSHIP else fitting - reports
    return "、".join(role.label for code, role in roles.ROLES.items() if code in fitting)
