"""What waits for a person among cases and referrals: rows of 工作台, badges of the navigation."""

from dataclasses import dataclass

from django.db.models import Min, OuterRef, Q, Subquery
from django.urls import reverse

from accounts import roles
from accounts.desk import Sent, Task
from accounts.models import Clock
from cases.acts import ACTS, REFERRAL_ACTS
from cases.models import Case, CaseState, Closing, Decision, DecisionState, Referral, ReferralState

AT_MOST = 200
LEADERS = "分管负责人、主要负责人"


@dataclass(frozen=True)
class _Kind:
    """One kind of waiting: which rows, what to do, and by which act (or the thing's own page)."""

    fits: Q
    what: str
    verb: str
    act: str = ""


def _agencies(user, *codes) -> list[int]:
    return sorted({post.agency_id for post in user.current_postings if post.role in codes})


def _case_kinds(user) -> list[_Kind]:
    """What may wait among cases for somebody with these posts today."""
    kinds = []
    if lead := _agencies(user, *roles.LEADERS):
        here = Q(agency_id__in=lead)
        decisions = Decision.objects.filter(state=DecisionState.PROPOSED, proposed_by=user)
        closings = Closing.objects.filter(approved=None, proposed_by=user)
        kinds += [
            _Kind(
                here & Q(state=CaseState.PROPOSED) & ~Q(proposed_by=user),
                "批准立案",
                "签批",
                "approve_filing",
            ),
            _Kind(
                here & Q(state=CaseState.DECISION) & ~Q(pk__in=decisions.values("case_id")),
                "批准处罚决定",
                "签批",
                "approve_decision",
            ),
            _Kind(
                here & Q(state=CaseState.CLOSING) & ~Q(pk__in=closings.values("case_id")),
                "批准结案",
                "签批",
                "approve_closing",
            ),
        ]
    if head := _agencies(user, roles.BRIGADE_HEAD):
        fits = Q(agency_id__in=head, state=CaseState.INVESTIGATION, handler=None, imported=False)
        kinds.append(_Kind(fits, "指定承办人", "指定", "assign_handlers"))
    if user.holds(roles.HANDLER):
        mine = Q(handler=user) | Q(second_handler=user)
        refer = Q(flags__icontains='"must_refer"')
        kinds += [
            _Kind(
                mine & Q(state=CaseState.INVESTIGATION) & refer,
                "应移送公安，呈批移送",
                "呈批",
                "propose_referral",
            ),
            _Kind(mine & Q(state=CaseState.INVESTIGATION) & ~refer, "调查并呈批处罚决定", "办理"),
            _Kind(mine & Q(state=CaseState.EXECUTION), "送达、执行和结案", "办理"),
        ]
    return kinds


def _referral_kinds(user) -> list[_Kind]:
    """What may wait among referrals."""
    kinds = []
    if chief := _agencies(user, roles.CHIEF):
        fits = Q(case__agency_id__in=chief, state=ReferralState.PROPOSED) & ~Q(proposed_by=user)
        kinds.append(_Kind(fits, "决定是否移送", "签批", "approve_referral"))
    if user.holds(roles.HANDLER):
        mine = Q(case__handler=user) | Q(case__second_handler=user)
        kinds += [
            _Kind(mine & Q(state=ReferralState.APPROVED), "24小时内移送公安", "移送", "send_referral"),
            _Kind(
                mine & Q(state=ReferralState.DECLINED, pk__in=_objectable()),
                "公安不予立案，三日内提请复议或者建议立案监督",
                "查看",
            ),
        ]
    if police := _agencies(user, roles.POLICE):
        to_us = Q(to_agency_id__in=police)
        kinds += [
            _Kind(to_us & Q(state=ReferralState.SENT), "接收移送案件", "接收", "receive_referral"),
            _Kind(to_us & Q(state=ReferralState.RECEIVED), "决定是否立案", "办理"),
        ]
    return kinds


def _objectable():
    """Referrals declined whose three days to object still run."""
    return Clock.objects.filter(subject_kind="cases.referral", kind="reconsider", met_at=None).values(
        "subject_id"
    )


def waiting_for(user, now) -> list[Task]:
    """What waits for `user`, each kind by its due time; a constant number of queries."""
    tasks = [task for kind in _case_kinds(user) for task in _case_tasks(user, kind)]
    return tasks + [task for kind in _referral_kinds(user) for task in _referral_tasks(user, kind)]


def first_due(kind):
    """The nearest open clock of a kind of thing, beside each row (a subquery)."""
    clocks = Clock.objects.filter(
        subject_kind=kind, subject_id=OuterRef("pk"), met_at=None, suspended_on=None
    ).order_by()
    return Subquery(clocks.values("subject_id").annotate(first=Min("due_at")).values("first"))


def _case_tasks(user, kind):
    rows = Case.objects.within_reach(user).filter(kind.fits)
    rows = rows.annotate(due_at=first_due("cases.case")).order_by("due_at", "pk")[:AT_MOST]
    return [_task(one, kind, ACTS, one.cause) for one in rows]


def _referral_tasks(user, kind):
    rows = Referral.objects.visible_to(user).filter(kind.fits).select_related("case")
    rows = rows.annotate(due_at=first_due("cases.referral")).order_by("due_at", "pk")[:AT_MOST]
    return [_task(one, kind, REFERRAL_ACTS, one.case.cause) for one in rows]


def _task(thing, kind, table, note) -> Task:
    act = table.get(kind.act) if kind.act else None
    url = thing.get_absolute_url()
    return Task(
        thing=str(thing),
        url=url,
        what=kind.what,
        act_url=reverse(f"cases:{kind.act}", args=[thing.public_id]) if act else url,
        verb=kind.verb,
        due=thing.due_at,
        article=act.article if act else "",
        note=note if note != str(thing) else "",
    )


def counts_for(user) -> int:
    """How many cases wait for `user`; one query."""
    fits = Q(pk__in=[])
    for kind in _case_kinds(user):
        fits |= kind.fits
    return Case.objects.within_reach(user).filter(fits).count()


def referral_counts_for(user) -> int:
    """How many referrals wait for `user`; one query."""
    fits = Q(pk__in=[])
    for kind in _referral_kinds(user):
        fits |= kind.fits
    return Referral.objects.visible_to(user).filter(fits).count()


def sent_by(user) -> list[Sent]:
    """What `user` proposed, or sent to public security, and waits for."""
    return [*_proposed_cases(user), *_proposed_papers(user), *_referrals_out(user)]


def _proposed_cases(user):
    rows = Case.objects.within_reach(user).filter(proposed_by=user, state=CaseState.PROPOSED)
    return [_sent(one, "立案待批", LEADERS, one.recorded_at) for one in rows[:AT_MOST]]


def _proposed_papers(user):
    reach = Case.objects.within_reach(user)
    decisions = Decision.objects.filter(
        proposed_by=user, state=DecisionState.PROPOSED, case__in=reach
    ).select_related("case")[:AT_MOST]
    closings = Closing.objects.filter(proposed_by=user, approved=None, case__in=reach).select_related("case")[
        :AT_MOST
    ]
    rows = [_sent(one.case, "处罚决定待批", LEADERS, one.recorded_at) for one in decisions]
    return rows + [_sent(one.case, "结案待批", LEADERS, one.recorded_at) for one in closings]


def _referrals_out(user):
    waits = (ReferralState.PROPOSED, ReferralState.SENT, ReferralState.RECEIVED)
    rows = (
        Referral.objects.visible_to(user)
        .filter(proposed_by=user, state__in=waits)
        .select_related("to_agency", "case")
        .annotate(due_at=first_due("cases.referral"))[:AT_MOST]
    )
    return [
        _sent(
            one,
            one.get_state_display(),
            "主要负责人" if one.state == ReferralState.PROPOSED else one.to_agency.name,
            one.changed_at,
            one.due_at,
        )
        for one in rows
    ]


def _sent(thing, what, to, at, due=None) -> Sent:
    return Sent(thing=str(thing), url=thing.get_absolute_url(), what=what, to=to, at=at, due=due)
