"""离岗交接: everything a person holds goes to another, in one act."""

from dataclasses import dataclass

from django.db import transaction

from accounts import handover, roles
from accounts.models import Agency, Posting, User, local_today
from accounts.people_acts import PEOPLE_ACTS
from accounts.services import deeds, installation, trail
from accounts.signals import work_handed_over
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
    for work in handover.kinds():
        queryset = work.open_work_of(person)
        seen = queryset.visible_to(shown_to) if _can_be_seen(queryset, shown_to) else []
        rows.append(Moving(work.label, queryset.count(), list(seen[:200])))
    return rows


def _can_be_seen(queryset, person) -> bool:
    """An administrator sees how much there is, and none of it."""
    return (
        person is not None
        and hasattr(queryset, "visible_to")
        and not person.holds(*roles.ADMINISTRATORS)
    )


def successors(person: User):
    """Who may take over: active people with a business post where the person has or had one."""
    agencies = person.postings.exclude(role__in=roles.ADMINISTRATORS).values("agency_id")
    holders = Posting.objects.in_force(local_today()).filter(agency_id__in=agencies)
    holders = holders.exclude(role__in=roles.ADMINISTRATORS).values("user_id")
    return User.objects.filter(pk__in=holders, is_active=True).exclude(pk=person.pk)


@transaction.atomic
def hand_over(
    *, by=None, person: User, to: User, agency: Agency | None = None, reason: str = "", version=None
) -> dict[str, int]:
    """Hand all open work of `person` to `to`; returns {label: count} of what moved.

    Announces work_handed_over after the registered kinds have moved. Raises Refused where `to`
    holds no business post beside the person, or where there is nothing to hand over.
    """
    person = deeds.lock(person, version)
    actor, posting = installation.guard(PEOPLE_ACTS, "hand_over", by, person)
    if not successors(person).filter(pk=to.pk).exists():
        raise Refused(f"{to.name}在{person.name}所在的单位没有业务岗位，不能接手。请另选一人。")
    moved = {}
    for work in handover.kinds():
        if count := work.move(actor, person, to):
            moved[work.label] = count
    if not moved:
        raise Refused(f"{person.name}名下没有在办事项，不用交接。")
    deeds.save(person)
    changes = {"接手人": ("", to), **{label: ("", count) for label, count in moved.items()}}
    trail.record(
        by=actor, posting=posting, act=PEOPLE_ACTS.get("hand_over"), thing=person,
        changes=changes, reason=reason,
    )  # fmt: skip
    work_handed_over.send(
        sender=User, by=actor, from_user=person, to_user=to,
        agency=agency or person.agency, moved=moved,
    )  # fmt: skip
    return moved
