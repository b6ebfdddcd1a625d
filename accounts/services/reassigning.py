"""离岗交接: everything a person holds goes to another, in one act."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from accounts import reassignment, roles
from accounts.models import Posting, User, local_today
from accounts.people_acts import PEOPLE_ACTS
from accounts.services import deeds, installation, trail
from common.errors import Refused


@dataclass(frozen=True)
class Moving:
    """One kind of work as the page lists it before it moves."""

    label: str
    count: int
    things: list


def open_work(person: User, shown_to: User | None = None) -> list[Moving]:
    """What would move, kind by kind; the things themselves only as `shown_to` may see them."""
    rows = []
    for work in reassignment.kinds():
        queryset = work.open_work_of(person)
        visible = queryset.visible_to(shown_to) if _can_be_seen(queryset, shown_to) else []
        rows.append(Moving(work.label, queryset.count(), list(visible[:200])))
    return rows


def _can_be_seen(queryset: QuerySet, person: User | None) -> bool:
    """An administrator sees how much there is, and none of it."""
    return person is not None and hasattr(queryset, "visible_to") and not person.holds(*roles.ADMINISTRATORS)


def successors(person: User) -> QuerySet[User]:
    """Who may take over: active people with a business post where the person has or had one."""
    agencies = person.postings.exclude(role__in=roles.ADMINISTRATORS).values("agency_id")
    holders = Posting.objects.in_force(local_today()).filter(agency_id__in=agencies)
    holders = holders.exclude(role__in=roles.ADMINISTRATORS).values("user_id")
    return User.objects.filter(pk__in=holders, is_active=True).exclude(pk=person.pk)


@transaction.atomic
def reassign_work(
    *, by: User | None = None, person: User, to: User, reason: str = "", version: int | str | None = None
) -> dict[str, tuple[int, int]]:
    """Reassign all open work of `person` to `to`; {label: (taken, left open)} of what moved.

    What `to` holds no fitting post for waits to be assigned again. Raises Refused where `to` holds
    no business post beside the person, or where there is nothing to reassign.
    """
    person = deeds.lock(person, version)
    actor, posting = installation.guard(PEOPLE_ACTS, "reassign_work", by, person)
    if not successors(person).filter(pk=to.pk).exists():
        raise Refused(f"{to.name}在{person.name}所在的单位没有业务岗位，不能接手。请另选一人。")
    moved = {work.label: work.move(actor, person, to) for work in reassignment.kinds()}
    moved = {label: counts for label, counts in moved.items() if any(counts)}
    if not moved:
        raise Refused(f"{person.name}名下没有在办事项，不用交接。")
    deeds.save(person)
    trail.record(
        by=actor,
        posting=posting,
        act=PEOPLE_ACTS.get("reassign_work"),
        thing=person,
        reason=reason,
        changes={"接手人": ("", to), **{label: ("", in_words(*counts)) for label, counts in moved.items()}},
    )
    return moved


def in_words(taken: int, left: int) -> str:
    """What became of so many things."""
    if not left:
        return f"{taken} 件已移交"
    return f"{taken} 件已移交，{left} 件待另行指派（接手人没有承办人岗位）"
