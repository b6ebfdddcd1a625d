"""Dated grants: one thing shown to one agency from a day on, and taken back with a reason.

Called inside a deed that has asked its own table of acts; each leaves its line in the trail of
the thing.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Model, QuerySet
from django.utils import timezone

from accounts.models import Agency, Grant, Posting, User, local_today
from accounts.services import trail

DAY = timedelta(days=1)


def give(*, by: User, posting: Posting, thing: Model, agency: Agency, reason: str) -> Grant | None:
    """Show `thing` to `agency` from today on; None where it sees it already."""
    if in_force(thing).filter(agency=agency).exists():
        return None
    grant = Grant.objects.create(
        kind=kind_of(thing), object_id=thing.pk, agency=agency, reason=reason, granted_by=by
    )
    trail.record(
        by=by,
        posting=posting,
        act="give_grant",
        label="授权查阅",
        thing=thing,
        reason=reason,
        changes={"可以查阅的单位": ("", agency)},
    )
    return grant


def take_back(
    *, by: User, posting: Posting, thing: Model, reason: str, agencies: Iterable[Agency] | None = None
) -> list[Agency]:
    """End at once what agencies (these, or all) see of `thing`; those that saw it."""
    held = in_force(thing).select_related("agency").order_by("pk")
    if agencies is not None:
        held = held.filter(agency__in=agencies)
    lost = {grant.agency_id: grant.agency for grant in held}
    Grant.objects.filter(pk__in=[grant.pk for grant in held]).update(
        revoked_at=timezone.now(), until=local_today() - DAY
    )
    for agency in lost.values():
        trail.record(
            by=by,
            posting=posting,
            act="take_back_grant",
            label="收回授权",
            thing=thing,
            reason=reason,
            changes={"可以查阅的单位": (agency, "")},
        )
    return list(lost.values())


def pass_on(*, by: User, agency: Agency, into: Agency, on: date) -> int:
    """Give again to `into` what an ended agency saw; how many. The merger's trail tells it."""
    grants = list(agency.grants.in_force(on))
    Grant.objects.bulk_create(
        Grant(
            kind=grant.kind,
            object_id=grant.object_id,
            agency=into,
            since=on,
            until=grant.until,
            reason=grant.reason,
            granted_by=by,
        )
        for grant in grants
    )
    return len(grants)


def in_force(thing: Model) -> QuerySet[Grant]:
    """The grants of a thing that hold today."""
    return Grant.objects.in_force().filter(kind=kind_of(thing), object_id=thing.pk)


def kind_of(thing: Model) -> str:
    """What a grant calls a kind of thing: clue, case."""
    return thing._meta.model_name
