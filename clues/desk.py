"""What waits for a person among clues: the rows of 工作台 and the badge in the navigation."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db.models import F, Min, OuterRef, Q, Subquery
from django.urls import reverse

from accounts import roles
from accounts.desk import Part, Sent, Task, how_many, kept_ready
from accounts.models import Clock, User, local_today
from clues import secret_desk
from clues.acts import ACTS
from clues.gates import unanswered_handovers, unsigned_handovers, waiting_for_letters
from clues.models import Clue, ClueState, Disposition, Informant
from clues.stages import ENDED, stage_of

AT_MOST = 200
WORKED_ON = [state for state in ClueState if state not in ENDED]


@dataclass(frozen=True)
class _Kind:
    """One kind of waiting: which clues, what to do, and by which act (or the clue's own page)."""

    fits: Q
    what: str
    verb: str
    act: str = ""
    beside: bool = False  # told by rows of another table


def _at(state: ClueState, fits: Q, verb: str, *, on_page: bool = False) -> _Kind:
    """What the stage of `state` waits for, by its first act or on the clue's own page."""
    stage = stage_of(state)
    return _Kind(fits & Q(state=state), stage.desk, verb, "" if on_page else stage.first[0])


def _kinds(user: User) -> list[_Kind]:
    """What may wait for somebody with these posts today."""
    kinds: list[_Kind] = []
    if desk := user.agencies_as(roles.INTAKE, roles.BRIGADE_HEAD):
        kinds.append(_at(ClueState.REGISTERED, Q(agency_id__in=desk), "分派"))
    if user.holds(roles.HANDLER):
        kinds += _handlers_kinds(user)
    if user.holds(roles.HANDLER, roles.BRIGADE_HEAD):
        sent = Q(pk__in=waiting_for_letters(user).values("pk"))
        kinds.append(_Kind(sent, "登记移送函", "登记", "record_handover_letter", beside=True))
    if lead := user.agencies_as(*roles.LEADERS):
        own = Disposition.objects.filter(approved=None, proposed_by=user).values("clue_id")
        kinds.append(_at(ClueState.PROPOSED, Q(agency_id__in=lead) & ~Q(pk__in=own), "批准"))
    if given := user.agencies_as(roles.DEPARTMENT, roles.POLICE):
        kinds += _receivers_kinds(given)
    if user.holds(roles.INTAKE, roles.BRIGADE_HEAD, roles.HANDLER):
        owed = Informant.objects.visible_to(user).filter(wants_answer=True, answered_on=None)
        fits = Q(state=ClueState.SETTLED, pk__in=owed.values("clue_id"))
        kinds.append(_Kind(fits, "反馈举报人", "反馈", "answer_informant", beside=True))
    return kinds


def _handlers_kinds(user: User) -> list[_Kind]:
    own, due = Q(handler=user), Q(look_again_on__lte=local_today())
    return [
        _at(ClueState.ASSIGNED, own, "记录核查"),
        _at(ClueState.PENDING, own & due, "记录核查"),
        _at(ClueState.VERIFIED, own, "处理", on_page=True),
    ]


def _receivers_kinds(given: list[int]) -> list[_Kind]:
    """What was handed over to one of these offices: to be signed for, then to be answered."""
    kinds = []
    for rows, name, what in (
        (unsigned_handovers(), "receive_handover", "签收移交的线索"),
        (unanswered_handovers(), "answer_handover", "反馈移交线索的办理情况"),
    ):
        here = rows.filter(to_agency_id__in=given).values("clue_id")
        kinds.append(
            _Kind(Q(state=ClueState.SETTLED, pk__in=here), what, ACTS.get(name).verb, name, beside=True)
        )
    return kinds


def waiting(user: User, now: datetime) -> list[Part]:
    """What waits for `user`, each kind by its due time."""
    return _waiting(user)


@kept_ready
def _waiting(user: User) -> list[Part]:
    return [*(_part(user, kind) for kind in _kinds(user)), *secret_desk.waiting(user)]


def _part(user: User, kind: _Kind) -> Part:
    clocks = Clock.objects.filter(
        subject_kind="clues.clue", subject_id=OuterRef("pk"), met_at=None
    ).order_by()
    first_due = clocks.values("subject_id").annotate(first=Min("due_at")).values("first")
    rows = (
        Clue.objects.visible_to(user)
        .filter(kind.fits)
        .annotate(due_at=Subquery(first_due))
        .only("public_id", "number", "received_on", "place")
        .order_by(F("due_at").asc(nulls_last=True), "pk")[:AT_MOST]
    )
    return Part(rows, partial(_task, kind))


def _task(kind: _Kind, clue: Clue) -> Task:
    url, act = clue.get_absolute_url(), ACTS.get(kind.act) if kind.act else None
    return Task(
        thing=str(clue),
        url=url,
        what=kind.what,
        act_url=reverse(f"clues:{kind.act}", args=[clue.public_id]) if act else url,
        verb=kind.verb,
        due=clue.due_at,
        article=act.article if act else "",
        note=clue.place,
    )


def counts_for(user: User) -> int:
    """How many clues wait for `user`, those in the narrow table too; a query for each table."""
    visible, fits, parts = Clue.objects.visible_to(user), Q(pk__in=[]), []
    for kind in _kinds(user):
        if kind.beside:
            parts.append(visible.filter(kind.fits))
        else:
            fits |= kind.fits
    return how_many([visible.filter(fits, state__in=WORKED_ON), *parts]) + secret_desk.counts_for(user)


@kept_ready
def sent(user: User) -> list[Part]:
    """What `user` proposed or reported and waits for."""
    proposals = (
        Disposition.objects.filter(proposed_by=user, approved=None, clue__state=ClueState.PROPOSED)
        .select_related("clue")
        .order_by("proposed_at")[:AT_MOST]
    )
    reported = [_reported_by(user)] if user.holds(roles.REPORTER) else []
    return [Part(proposals, _proposed), *_handed_over_by(user), *reported]


def _proposed(proposal: Disposition) -> Sent:
    return Sent(
        thing=str(proposal.clue),
        url=proposal.clue.get_absolute_url(),
        what=f"处理意见（{proposal.get_outcome_display()}）待批",
        to="分管负责人、主要负责人",
        at=proposal.proposed_at,
    )


def _handed_over_by(user: User) -> list[Part]:
    """Handovers of which the department hasn't said yet that it is done with them."""
    waits = (("没有签收", unsigned_handovers()), ("已签收，还没有办结", unanswered_handovers()))
    return [
        Part(
            rows.filter(proposed_by=user).select_related("clue", "to_agency")[:AT_MOST],
            partial(_handed_over, word),
        )
        for word, rows in waits
    ]


def _handed_over(word: str, handover: Disposition) -> Sent:
    return Sent(
        thing=str(handover.clue),
        url=handover.clue.get_absolute_url(),
        what=f"移交的线索，{word}",
        to=handover.receiver,
        at=handover.decided_at,
    )


def _reported_by(user: User) -> Part:
    clues = (
        Clue.objects.visible_to(user)
        .open()
        .filter(registered_by=user, origin_agency__isnull=False)
        .select_related("agency")
        .order_by("recorded_at")[:AT_MOST]
    )
    return Part(clues, _reported)


def _reported(clue: Clue) -> Sent:
    return Sent(
        thing=str(clue),
        url=clue.get_absolute_url(),
        what=f"上报的线索，{clue.get_state_display()}",
        to=clue.agency.name,
        at=clue.recorded_at,
    )
