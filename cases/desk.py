"""What waits for a person among cases and referrals: rows of 工作台, badges of the navigation."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial, reduce
from operator import or_

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from accounts import roles
from accounts.acts import Act, ActTable
from accounts.desk import Part, Sent, Task, kept_ready
from accounts.models import Clock, TrailEntry
from cases import showing, terms
from cases.acts import ACTS, REFERRAL_ACTS
from cases.models import Case, CaseState, Closing, Decision, DecisionState, Joining, Referral, flagged
from cases.stages import CASE_STAGES, REFERRAL_STAGES, act_awaited
from reminders.services.day_source import end_of

AT_MOST = 200
# The states in which a case can wait for somebody: with the office they are one index.
WAITED_FOR = [row.state for row in CASE_STAGES.values() if row.desk]
LEADERS, CHIEF = "分管负责人、主要负责人", "主要负责人"
# By which act a clock of the execution is met.
MET_BY = {terms.SERVE.kind: "record_service", terms.PAY.kind: "record_payment"}


@dataclass(frozen=True)
class _Kind:
    """One kind of waiting: which rows, what to do, and by which act (or the thing's own page).

    `day` is by when, where that is no clock of the row itself."""

    fits: Q
    what: str
    verb: str = "办理"
    act: Act | None = None
    day: Subquery | None = None


def _kinds(user, stages, table: ActTable, mine: Callable[[Act | None], Q | None]) -> list[_Kind]:
    """What each state waits for, where it waits for this person: `mine` says which rows, or None."""
    kinds = []
    for row in stages.values():
        act = act_awaited(row, table)
        if row.desk and (whose := mine(act)):
            fits = whose & Q(state=row.state) & ~_prepared_by(user, table, act)
            direct = act if act and act.verb else None
            verb = direct.verb if direct else "办理" if act else "查看"
            kinds.append(_Kind(fits, row.desk, verb, direct))
    return kinds


def _prepared_by(user, table: ActTable, act: Act | None) -> Q:
    """What this person prepared and so doesn't approve: the same rule as own_preparation."""
    if act is None or not act.not_by:
        return Q(pk__in=[])
    entries = TrailEntry.objects.filter(
        subject_kind=table.subject, subject_id=OuterRef("pk"), act__in=act.not_by, actor=user
    )
    return Q(Exists(entries))


def _has_a_part(user, act: Act) -> Q:
    """Where this person has a part that keeps them from the act: the same rule as own_part."""
    return reduce(or_, (Q(**{name: user}) for name in act.not_of), Q(pk__in=[]))


def _case_kinds(user) -> list[_Kind]:
    """What may wait among cases for somebody with these posts today."""
    # What was sent back or taken back waits for who proposed it, too.
    handled = Q(handler=user) | Q(second_handler=user) | Q(proposed_by=user, state=CaseState.DRAFTED)
    refer, under = Q(flagged("must_refer")), Q(state=CaseState.INVESTIGATION)

    def mine(act: Act | None) -> Q | None:
        if act is None or roles.HANDLER in act.roles:
            # What must be referred waits for that act before its own.
            holds = user.holds(*act.roles) if act else user.holds(roles.HANDLER)
            return handled & ~(under & refer) if holds else None
        led = user.agencies_as(*act.roles)
        if not led:
            return None
        # Before a leader comes 法制审核, and 集体讨论 where it is asked for.
        first = Q(flagged("to_review")) | Q(flagged("to_discuss"))
        return Q(agency_id__in=led) & ~(Q(state=CaseState.DECISION) & first)

    kinds = []
    if head := user.agencies_as(roles.BRIGADE_HEAD):
        fits = under & Q(agency_id__in=head, handler=None, imported=False)
        kinds.append(_Kind(fits, "指定承办人", "指定", ACTS.get("assign_handlers")))
    if user.holds(roles.HANDLER):
        fits = handled & under & refer
        kinds.append(_Kind(fits, "应移送公安，呈批移送", "呈批", ACTS.get("propose_referral")))
    if above := user.agencies_as(roles.PREFECTURE):
        kinds.append(_joining_kind(above))
    return kinds + _decision_kinds(user, handled) + _kinds(user, CASE_STAGES, ACTS, mine)


def _joining_kind(offices: Iterable[int]) -> _Kind:
    """报请参与 that these prefectures have not answered, by the day on which they owe it."""
    asked = Joining.objects.filter(to_agency_id__in=offices, joins=None, withdrawn_at=None)
    day = asked.filter(case=OuterRef("pk")).order_by("answer_due").values("answer_due")[:1]
    act = ACTS.get("answer_joining")
    return _Kind(Q(pk__in=asked.values("case_id")), act.label, "答复", act, Subquery(day))


def _decision_kinds(user, handled: Q) -> list[_Kind]:
    """What a decision that waits still needs before a leader may make it: 法制审核, 集体讨论."""
    waits, review = Q(state=CaseState.DECISION), ACTS.get("review_decision")
    kinds = []
    if offices := user.agencies_as(roles.LEGAL):
        others = ~_has_a_part(user, review) & ~_prepared_by(user, ACTS, review)
        fits = waits & Q(agency_id__in=offices) & Q(flagged("to_review")) & others
        kinds.append(_Kind(fits, review.label, review.verb, review))
    if user.holds(roles.HANDLER):
        fits = waits & handled & Q(flagged("to_discuss"))
        kinds.append(_Kind(fits, "提请集体讨论并记录", "办理", ACTS.get("record_discussion")))
    return kinds


def _referral_kinds(user) -> list[_Kind]:
    """What may wait among referrals."""

    def mine(act: Act | None) -> Q | None:
        if act is None or roles.HANDLER in act.roles:
            ours = Q(case__handler=user) | Q(case__second_handler=user)
            # Where no act is next, it waits while a day runs out: to object to 不予立案.
            ours &= Q() if act else Q(pk__in=_running())
            return ours if user.holds(roles.HANDLER) else None
        path = "to_agency_id__in" if roles.POLICE in act.roles else "agency_id__in"
        agencies = user.agencies_as(*act.roles)
        return Q(**{path: agencies}) if agencies else None

    return _kinds(user, REFERRAL_STAGES, REFERRAL_ACTS, mine)


def _running():
    """Referrals with a clock that still runs."""
    return Clock.objects.filter(subject_kind="cases.referral", met_at=None).values("subject_id")


def waiting(user, now) -> list[Part]:
    """What waits for `user`, each kind by its due time; of what is shown `with_leads` says more."""
    return _waiting(user)


@kept_ready
def _waiting(user) -> list[Part]:
    cases = [_case_part(user, kind) for kind in _case_kinds(user)]
    return cases + [_referral_part(user, kind) for kind in _referral_kinds(user)]


def _case_part(user, kind) -> Part:
    rows = Case.objects.within_reach(user).filter(kind.fits)
    rows = rows.only("public_id", "number", "cause", "next_due_at")
    if kind.day:
        rows = rows.annotate(owed_on=kind.day)
    rows = rows.order_by(F("owed_on" if kind.day else "next_due_at").asc(nulls_last=True), "pk")[:AT_MOST]
    return Part(rows, partial(_case_task, kind))


def _case_task(kind, case) -> Task:
    """A line of a case: by the act of its kind, or by next/ to whatever moves the case on."""
    due = end_of(case.owed_on) if kind.day else case.next_due_at
    task = _task(case, kind, case.cause, due)
    if kind.act:
        return task
    return replace(task, act_url=reverse("cases:next_act", args=[case.public_id]), subject=case.pk)


def with_leads(user, tasks: list[Task]) -> list[Task]:
    """The same lines, those of cases that go by next/ saying which act that is; three queries."""
    rows = Case.objects.within_reach(user).filter(pk__in=[task.subject for task in tasks if task.subject])
    rows = rows.annotate(due_kind=_nearest_clock("kind"), due_what=_nearest_clock("label"))
    cases = {case.pk: case for case in rows.select_related("agency", "handler", "second_handler")}
    leads = showing.leads_of(user, list(cases.values()))
    return [
        _led(task, cases[task.subject], leads[task.subject]) if task.subject in cases else task
        for task in tasks
    ]


def _led(task: Task, case, lead) -> Task:
    """A line with the act that moves its case on: in the words of the clock that it meets, or of the state,
    where these name it."""
    if lead is None:
        return task
    task = replace(task, article=lead["article"])
    met_by = MET_BY.get(case.due_kind)
    if met_by == lead["name"]:
        return replace(task, what=case.due_what)
    if met_by:  # the day that is shown is that of something else
        task = replace(task, note=f"{task.note}，到期的是{case.due_what}")
    return task if lead["label"] in task.what else replace(task, what=lead["label"])


def _nearest_clock(field):
    """A field of the nearest open clock of a case (a subquery)."""
    clocks = Clock.objects.filter(
        subject_kind="cases.case", subject_id=OuterRef("pk"), met_at=None, suspended_on=None
    )
    return Subquery(clocks.order_by("due_at").values(field)[:1])


def _referral_part(user, kind) -> Part:
    rows = Referral.objects.visible_to(user).filter(kind.fits).select_related("case")
    rows = rows.order_by(F("next_due_at").asc(nulls_last=True), "pk")[:AT_MOST]
    return Part(rows, lambda referral: _task(referral, kind, referral.case.cause, referral.next_due_at))


def _task(thing, kind: _Kind, note: str, due: datetime | None) -> Task:
    url, act = thing.get_absolute_url(), kind.act
    return Task(
        thing=str(thing),
        url=url,
        what=kind.what,
        act_url=reverse(f"cases:{act.name}", args=[thing.public_id]) if act else url,
        verb=kind.verb,
        due=due,
        article=act.article if act else "",
        note=note if note != str(thing) else "",
    )


def counts_for(user) -> int:
    """How many cases wait for `user`; one query."""
    fits = Q(pk__in=[])
    for kind in _case_kinds(user):
        fits |= kind.fits
    return Case.objects.within_reach(user).filter(fits, state__in=WAITED_FOR).count()


def referral_counts_for(user) -> int:
    """How many referrals wait for `user`; one query."""
    fits = Q(pk__in=[])
    for kind in _referral_kinds(user):
        fits |= kind.fits
    return Referral.objects.visible_to(user).filter(fits).count()


@kept_ready
def sent(user) -> list[Part]:
    """What `user` proposed, or sent to public security, and waits for."""
    reach = Case.objects.within_reach(user)
    cases = reach.filter(proposed_by=user, state=CaseState.PROPOSED)
    decisions = Decision.objects.filter(proposed_by=user, state=DecisionState.PROPOSED, case__in=reach)
    to_review = Q(case__in=Case.objects.filter(flagged("to_review")))
    closings = Closing.objects.filter(proposed_by=user, approved=None, case__in=reach)
    return [
        Part(cases[:AT_MOST], lambda row: _sent(row, "立案待批", LEADERS, row.recorded_at)),
        _papers(decisions.filter(~to_review), "处罚决定待批"),
        _papers(decisions.filter(to_review), "处罚决定待法制审核", "法制审核人员"),
        _papers(closings, "结案待批"),
        _referrals_out(user),
    ]


def _papers(rows: QuerySet, what: str, to: str = LEADERS) -> Part:
    rows = rows.select_related("case")[:AT_MOST]
    return Part(rows, lambda row: _sent(row.case, what, to, row.recorded_at))


def _referrals_out(user) -> Part:
    waits = {
        row.state: act
        for row in REFERRAL_STAGES.values()
        if (act := act_awaited(row, REFERRAL_ACTS)) and roles.HANDLER not in act.roles
    }
    rows = (
        Referral.objects.visible_to(user)
        .filter(proposed_by=user, state__in=list(waits))
        .select_related("to_agency", "case")[:AT_MOST]
    )
    return Part(rows, partial(_out, waits))


def _out(waits: dict, referral: Referral) -> Sent:
    return _sent(
        referral,
        REFERRAL_STAGES[referral.state].label,
        referral.to_agency.name if roles.POLICE in waits[referral.state].roles else CHIEF,
        referral.changed_at,
        referral.next_due_at,
    )


def _sent(thing, what, to, at, due=None) -> Sent:
    return Sent(thing=str(thing), url=thing.get_absolute_url(), what=what, to=to, at=at, due=due)
