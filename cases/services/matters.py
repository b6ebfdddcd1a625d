"""公安事项: what public security works on, from a referral or of its own."""

from datetime import date

from django.db import transaction

from accounts.acts import ActTable
from accounts.models import User
from accounts.services import trail
from cases.acts import MATTER_ACTS, REFERRAL_ACTS, REGISTER_MATTER
from cases.models import PoliceMatter, Referral
from cases.services.days import refuse_future
from common.errors import Forbidden


@transaction.atomic
def register_matter(*, by: User, title: str, taken_up_on: date, place: str = "") -> PoliceMatter:
    """Enter what the police took up of their own, without a referral from the bureau."""
    held = [post for post in by.current_postings if post.role in REGISTER_MATTER.roles]
    if not held:
        raise Forbidden("公安办理事项由公安联络员登记，您没有这个岗位。")
    refuse_future("受理日期", taken_up_on)
    matter = PoliceMatter.objects.create(
        agency=held[0].agency, title=title, place=place, taken_up_on=taken_up_on, recorded_by=by
    )
    trail.record(
        by=by,
        posting=held[0],
        act=REGISTER_MATTER,
        thing=matter,
        happened_on=taken_up_on,
        changes={"事项": ("", title), "位置": ("", place)},
    )
    return matter


def matter_of(referral: Referral, by: User, on: date) -> PoliceMatter:
    """The police matter of a referral; made when first needed."""
    matter, _ = PoliceMatter.objects.get_or_create(
        referral=referral,
        defaults={
            "agency": referral.to_agency,
            "title": referral.case.cause,
            "place": referral.case.place,
            "taken_up_on": on,
            "recorded_by": by,
        },
    )
    return matter


def thing_of(
    referral: Referral | None, matter: PoliceMatter | None, on_referral: str, on_matter: str
) -> tuple[Referral | PoliceMatter, ActTable, str]:
    """What the act is done to, its table, and the act's name there."""
    if referral is not None:
        return referral, REFERRAL_ACTS, on_referral
    return matter, MATTER_ACTS, on_matter
