"""A person leaves or two offices merge: open cases pass to somebody else."""

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts import roles
from accounts.acts import posting_for
from accounts.models import Agency, User
from accounts.services import clocks, deeds, trail
from accounts.services.people import holders
from cases.models import Case


def open_cases_of(person: User) -> QuerySet:
    """The open cases in which a person is one of the two handlers."""
    mine = Q(handler=person) | Q(second_handler=person)
    return Case.objects.open().filter(mine).order_by("pk")


@transaction.atomic
def reassign_cases(by: User, from_user: User, to_user: User) -> tuple[int, int]:
    """Every open case goes to `to_user`; where that is no 承办人 there, the place stays empty.

    Who is the other handler already stays it: a case never has the same person twice.
    Returns how many went, and in how many a handler's place stays empty.
    """
    taken = left = 0
    for row in open_cases_of(from_user):
        case = deeds.lock(row)
        fits = holders(case.agency, roles.HANDLER).filter(pk=to_user.pk).exists()
        other = {case.handler_id, case.second_handler_id} - {from_user.pk}
        heir = to_user if fits and to_user.pk not in other else None
        field = "handler" if case.handler_id == from_user.pk else "second_handler"
        values = {field: heir}
        if field == "handler" and heir is None and case.second_handler_id:
            values = {"handler": case.second_handler, "second_handler": None}
        changes = deeds.save(case, **values)
        trail.record(
            by=by,
            posting=posting_for(by, roles.EVERYONE, case),
            act="reassign_case",
            label="离岗交接",
            thing=case,
            changes=changes,
        )
        taken, left = taken + bool(heir), left + (not heir)
    return taken, left


@transaction.atomic
def move_to_agency(*, by: User, agency: Agency, into: Agency) -> int:
    """Offices were merged: the open cases of `agency` go on at `into`; how many went."""
    count = 0
    for row in Case.objects.open().filter(agency=agency).order_by("pk"):
        case = deeds.lock(row)
        changes = deeds.save(case, agency=into)
        clocks.follow(case)
        for referral in case.referrals.all():
            case.referrals.filter(pk=referral.pk).update(agency=into)
            referral.agency = into
            clocks.follow(referral)
        trail.record(by=by, act="move_case", label="机构合并", thing=case, changes=changes)
        count += 1
    return count
