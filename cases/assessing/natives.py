"""What only the house itself knows of a case: clocks that ran out, hints passed over, sites reopened,
clues left unfiled, figures edited after they were reported (told from above, cases/told.py).

Read in a number of queries that doesn't grow with the cases, and only where findings are asked for.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils import timezone

from accounts.models import Clock, TrailEntry
from cases import told
from cases.assessing import reopened
from cases.models import Case, CaseState, DecisionState
from clues.models import Verification
from clues.services.unfiled import unfiled_of
from law.facts import Told

HINTS = "提示"
"""Under this label the trail keeps what soft gates said of a deed that was done all the same."""
HEEDING = (
    *("propose_filing", "propose_filing_again", "approve_filing"),
    *("propose_decision", "approve_decision", "propose_closing", "approve_closing"),
)
CITED = "依据："
ByCase = dict[int, tuple[Told, ...]]


def natives_of(cases: Sequence[Case], on: date) -> dict[int, dict[str, tuple[Told, ...]]]:
    """By case: what is told under each name of `Native`."""
    found = {name: read(cases, on) for name, read in READERS.items()}
    return {case.pk: {name: rows.get(case.pk, ()) for name, rows in found.items()} for case in cases}


def revoked(case: Case) -> tuple[Told, ...]:
    """Decisions that were revoked: they stand among the rows of the case itself."""
    rows = [each for each in case.decisions.all() if each.state == DecisionState.REVOKED]
    return tuple(Told(each.number or "文号未填", "", each.revoked_on) for each in rows)


def _overdue(cases: Sequence[Case], on: date) -> ByCase:
    """Clocks of the cases and their referrals that ran out before the day, each by its own article; not a
    citizen's (that alone keeps the last day before it is rolled), who is late where nobody here is."""
    of_case = {
        (thing._meta.label_lower, thing.pk): case.pk
        for case in cases
        for thing in (case, *case.referrals.all())
    }
    things = reduce(
        or_,
        (Q(subject_kind=kind, subject_id__in=pks) for kind, pks in _by_kind(of_case).items()),
        Q(pk__in=[]),
    )
    clocks = Clock.objects.filter(things, met_at=None, suspended_on=None, nominal_on=None)
    late: ByCase = {}
    for clock in clocks.order_by("due_at", "pk"):
        pk = of_case[clock.subject_kind, clock.subject_id]
        due = timezone.localdate(clock.due_at)
        if due < on:
            words = f"{clock.label}{f'（{clock.whose}）' if clock.whose else ''}，{due}到期"
            late[pk] = (*late.get(pk, ()), Told(words, clock.article, due))
    return late


def _by_kind(things: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    kinds: dict[str, list[int]] = {}
    for kind, pk in things:
        kinds.setdefault(kind, []).append(pk)
    return kinds


def _soft_passed(cases: Sequence[Case], on: date) -> ByCase:
    """What soft gates said, once each, by the deed that was the first to pass it."""
    entries = TrailEntry.objects.filter(
        subject_kind=Case._meta.label_lower, subject_id__in=[case.pk for case in cases], act__in=HEEDING
    ).order_by("pk")
    said: dict[int, dict[str, Told]] = {}
    for pk, label, at, changes in entries.values_list("subject_id", "label", "at", "changes"):
        for text in changes.get(HINTS, ("", ()))[1]:
            sentence, _, article = text.partition(CITED)
            day = timezone.localdate(at)
            if day <= on:
                note = Told(f"{label}（{day}）时提示“{sentence.rstrip('。')}”", article.rstrip("。"), day)
                said.setdefault(pk, {}).setdefault(sentence, note)
    return {pk: tuple(notes.values()) for pk, notes in said.items()}


def _unfiled(cases: Sequence[Case], on: date) -> ByCase:
    """Filing was refused or given up, and the clue lies there, found true."""
    given_up = (CaseState.REFUSED, CaseState.DROPPED)
    dropped = {case.clue_id: case for case in cases if case.clue_id and case.state in given_up}
    if not dropped:
        return {}
    looks = Verification.objects.filter(clue__in=dropped).select_related("clue").order_by("looked_on", "pk")
    last = {look.clue_id: look for look in looks}
    return {dropped[pk].pk: unfiled_of(look.clue, look, on) for pk, look in last.items()}


READERS: dict[str, Callable[[Sequence[Case], date], ByCase]] = {
    "overdue": _overdue,
    "soft_passed": _soft_passed,
    "unfiled": _unfiled,
    "reopened": reopened.reopened,
    "edited": told.edited,
}
