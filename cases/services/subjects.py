"""People of a police matter: names and numbers sealed, told again by an index, opened for a reason.

A person counts once: `person_index` is the number's where it is known, else the name's.
"""

from dataclasses import dataclass, field

from django.db import transaction

from accounts.models import User
from accounts.services import deeds, secrets, trail
from cases.models import PoliceMatter, PoliceSubject, Referral
from cases.services.matters import thing_of
from common.errors import Refused
from common.identifiers import mask_id, mask_name
from common.words import fold, squeeze

PERSON = "police-person"


@dataclass(frozen=True)
class SubjectFacts:
    """A person of a police matter in plain words."""

    name: str = field(repr=False)
    identity: str = field(default="", repr=False)


def subject_of(matter: PoliceMatter, name: str, identity: str) -> PoliceSubject:
    """The person in this matter: the same by identity number, or by name while none is known."""
    region = matter.agency.region_id
    by_name = secrets.blind_index(f"{region}:{fold(name)}", PERSON)
    by_number = secrets.blind_index(squeeze(identity).upper(), PERSON) if identity else ""
    people = matter.subjects.select_for_update()
    person = people.filter(person_index=by_number).first() if by_number else None
    person = person or people.filter(name_index=by_name, person_index=by_name).first()
    if person is None and not by_number:
        person = people.filter(name_index=by_name).first()
    if person is not None:
        if by_number and person.person_index == by_name:
            person.person_index = by_number
        if by_number and not person.identity_sealed:
            _seal_number(person, identity)
        person.save(update_fields=["person_index", "identity_sealed", "identity_masked"])
        return person
    subject = PoliceSubject(
        matter=matter, name_masked=mask_name(name), person_index=by_number or by_name, name_index=by_name
    )
    subject.name_sealed = secrets.seal(name, subject, "name")
    if by_number:
        _seal_number(subject, identity)
    subject.save()
    return subject


def _seal_number(subject: PoliceSubject, identity: str) -> None:
    number = squeeze(identity).upper()
    subject.identity_sealed = secrets.seal(number, subject, "identity")
    subject.identity_masked = mask_id(number)


@transaction.atomic
def unmask_subject(
    *,
    by: User,
    subject: PoliceSubject,
    reason: str,
    referral: Referral | None = None,
    matter: PoliceMatter | None = None,
    version: int | str | None = None,
) -> SubjectFacts:
    """Open one person's name and number once, for a reason; the trail keeps who asked and why."""
    thing, table, act_name = thing_of(referral, matter, "unmask_subject", "unmask_matter_subject")
    thing = deeds.lock(thing, version)
    posting = table.require(act_name, by, thing)
    whose = subject.matter.referral_id if referral is not None else subject.matter_id
    if whose != thing.pk:
        raise Refused("这名人员不属于本件，请刷新页面。")
    if not reason.strip():
        raise Refused("请写明查看的事由。")
    deeds.save(thing)
    trail.record(
        by=by,
        posting=posting,
        act=table.get(act_name),
        thing=thing,
        reason=reason.strip(),
        changes={"查看人员": ("", subject.matter.labels()[subject.pk])},
    )
    return SubjectFacts(
        secrets.open_sealed(subject.name_sealed, subject, "name"),
        secrets.open_sealed(subject.identity_sealed, subject, "identity"),
    )
