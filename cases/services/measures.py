"""What public security answers and does: received, filed or not, and measures on people.

By the police's liaison in the system, or typed by the handler from the paper answer, which is
then kept as a scan. A person counts once: names are sealed, `person_index` tells them again.
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from accounts import roles
from accounts.services import clocks, deeds, files, secrets, trail
from cases import terms
from cases.acts import MATTER_ACTS, REFERRAL_ACTS, REGISTER_MATTER
from cases.models import PoliceMatter, PoliceMeasure, PoliceSubject
from cases.services import flags
from cases.services.days import refuse_future
from common.errors import Forbidden, Refused
from common.identifiers import mask_id, mask_name
from common.words import fold, squeeze

PERSON = "police-person"


@dataclass(frozen=True)
class SubjectFacts:
    """A person of a police matter in plain words."""

    name: str = field(repr=False)
    identity: str = field(default="", repr=False)


@transaction.atomic
def receive_referral(*, by, referral, version=None, received_on, receiver, scan=None):
    """Record that the police signed for it (310号令 art 7); their three days run from here."""
    referral, act, posting = _opened("receive_referral", by, referral, version)
    refuse_future("接收日期", received_on)
    receipt = _paper(by, posting, referral, scan, "移送回执")
    changes = deeds.save(
        referral, state=act.after, received_on=received_on, receiver=receiver, receipt=receipt
    )
    matter_of(referral, by, received_on)
    flags.save(deeds.lock(referral.case))
    clocks.start(
        term=terms.POLICE_ANSWER, thing=referral, counted_from=received_on, url=referral.get_absolute_url()
    )
    _record(by, posting, act, referral, changes, received_on)
    return referral


@transaction.atomic
def accept_referral(*, by, referral, version=None, answered_on, answer_number="", scan=None):
    """Record that the police filed the case (art 8)."""
    referral, act, posting = _opened("accept_referral", by, referral, version)
    refuse_future("公安决定日期", answered_on)
    answer = _paper(by, posting, referral, scan, "公安立案决定书")
    changes = deeds.save(
        referral, state=act.after, answered_on=answered_on, answer_number=answer_number, answer_scan=answer
    )
    matter_of(referral, by, answered_on)
    flags.save(deeds.lock(referral.case))
    clocks.meet(thing=referral, kind=terms.POLICE_ANSWER.kind)
    _record(by, posting, act, referral, changes, answered_on)
    return referral


@transaction.atomic
def decline_referral(*, by, referral, version=None, answered_on, answer_reason, answer_number="", scan=None):
    """Record 不予立案 with its reason (art 8): three days to object (art 9), our clock goes on."""
    referral, act, posting = _opened("decline_referral", by, referral, version)
    refuse_future("公安决定日期", answered_on)
    if not answer_reason.strip():
        raise Refused("公安机关不予立案的，请写明理由。")
    answer = _paper(by, posting, referral, scan, "不予立案通知书")
    changes = deeds.save(
        referral,
        state=act.after,
        answered_on=answered_on,
        answer_number=answer_number,
        answer_reason=answer_reason,
        answer_scan=answer,
    )
    flags.save(deeds.lock(referral.case))
    clocks.meet(thing=referral, kind=terms.POLICE_ANSWER.kind)
    clocks.resume(thing=referral.case, kind=terms.DECIDE.kind, on=answered_on)
    clocks.start(
        term=terms.RECONSIDER, thing=referral, counted_from=answered_on, url=referral.get_absolute_url()
    )
    _record(by, posting, act, referral, changes, answered_on, answer_reason)
    return referral


@transaction.atomic
def register_matter(*, by, title, taken_up_on, place="") -> PoliceMatter:
    """Enter what the police took up of their own, without a referral from the bureau."""
    held = [one for one in by.current_postings if one.role in REGISTER_MATTER.roles]
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


def matter_of(referral, by, on) -> PoliceMatter:
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


@transaction.atomic
def record_measure(
    *,
    by,
    kind,
    happened_on,
    referral=None,
    matter=None,
    version=None,
    name="",
    identity="",
    persons=None,
    scan=None,
):
    """Record 行政拘留, 刑事拘留 or 逮捕 by its day of execution; returns the referral or matter.

    With `name` it is one person, sealed and counted once; else `persons` is a count from a paper
    answer, whose scan is then needed.
    """
    thing, table, act_name = _thing(referral, matter, "record_measure", "record_matter_measure")
    thing = deeds.lock(thing, version)
    posting = table.require(act_name, by, thing)
    matter = matter_of(thing, by, happened_on) if referral is not None else thing
    refuse_future("执行日期", happened_on)
    paper = _paper(by, posting, thing, scan, "公安反馈", needed=not name)
    subject = _subject(matter, name, identity) if name else None
    if subject and subject.measures.filter(kind=kind, happened_on=happened_on, withdrawn_at=None).exists():
        raise Refused(f"{subject.name_masked}的这项措施已登记过，不必重复登记。")
    if subject is None and not persons:
        raise Refused("请填写人员姓名；只有人数的，请填写人数并上传公安机关的书面材料。")
    measure = PoliceMeasure.objects.create(
        matter=matter,
        subject=subject,
        kind=kind,
        persons=1 if subject else persons,
        happened_on=happened_on,
        paper=paper,
        recorded_by=by,
    )
    deeds.save(thing)
    who = subject.name_masked if subject else f"{persons}人"
    trail.record(
        by=by,
        posting=posting,
        act=table.get(act_name),
        thing=thing,
        happened_on=happened_on,
        changes={measure.get_kind_display(): ("", who)},
    )
    return thing


def _subject(matter, name, identity) -> PoliceSubject:
    """The person in this matter: the same by identity number, or by name while none is known."""
    region = matter.agency.region_id
    by_name = secrets.blind_index(f"{region}:{fold(name)}", PERSON)
    by_number = secrets.blind_index(squeeze(identity).upper(), PERSON) if identity else ""
    known = matter.subjects.select_for_update()
    found = known.filter(person_index=by_number).first() if by_number else None
    found = found or known.filter(name_index=by_name, person_index=by_name).first()
    if found is None and not by_number:
        found = known.filter(name_index=by_name).first()
    if found is not None:
        if by_number and found.person_index == by_name:
            found.person_index = by_number
        if by_number and not found.identity_sealed:
            _seal_number(found, identity)
        found.save(update_fields=["person_index", "identity_sealed", "identity_masked"])
        return found
    subject = PoliceSubject(
        matter=matter, name_masked=mask_name(name), person_index=by_number or by_name, name_index=by_name
    )
    subject.name_sealed = secrets.seal(name, subject, "name")
    if by_number:
        _seal_number(subject, identity)
    subject.save()
    return subject


def _seal_number(subject, identity):
    number = squeeze(identity).upper()
    subject.identity_sealed = secrets.seal(number, subject, "identity")
    subject.identity_masked = mask_id(number)


@transaction.atomic
def withdraw_measure(*, by, measure, reason, referral=None, matter=None, version=None):
    """Take back a measure entered by mistake, with the reason."""
    thing, table, act_name = _thing(referral, matter, "withdraw_measure", "withdraw_matter_measure")
    thing = deeds.lock(thing, version)
    posting = table.require(act_name, by, thing)
    measure = PoliceMeasure.objects.select_for_update().get(pk=measure.pk)
    whose = measure.matter.referral_id if referral is not None else measure.matter_id
    if whose != thing.pk or measure.withdrawn_at:
        raise Refused("这项措施不属于本件或者已经撤回，请刷新页面。")
    if not reason.strip():
        raise Refused("请写明撤回理由。")
    measure.withdrawn_at, measure.withdrawn_reason = timezone.now(), reason.strip()
    measure.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    deeds.save(thing)
    trail.record(
        by=by,
        posting=posting,
        act=table.get(act_name),
        thing=thing,
        reason=reason,
        changes={measure.get_kind_display(): (_who(measure), "撤回")},
    )
    return thing


@transaction.atomic
def unmask_subject(*, by, subject, reason, referral=None, matter=None, version=None):
    """Open one person's name and number once, for a reason; the trail keeps who asked and why."""
    thing, table, act_name = _thing(referral, matter, "unmask_subject", "unmask_matter_subject")
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


def _who(measure) -> str:
    return measure.subject.name_masked if measure.subject else f"{measure.persons}人"


def _thing(referral, matter, on_referral, on_matter):
    if referral is not None:
        return referral, REFERRAL_ACTS, on_referral
    return matter, MATTER_ACTS, on_matter


def _opened(name, by, referral, version):
    referral = deeds.lock(referral, version)
    return referral, REFERRAL_ACTS.get(name), REFERRAL_ACTS.require(name, by, referral)


def _paper(by, posting, thing, scan, kind, *, needed=False):
    """The scan behind what is typed: a handler always types from paper, the police need none."""
    if scan is None:
        if posting.role != roles.POLICE or needed:
            raise Refused(f"根据公安机关书面材料录入的，请上传{kind}扫描件。")
        return None
    stored = files.store(by=by, upload=scan, agency=thing.agency)
    if hasattr(thing, "case"):
        thing.case.files.create(file=stored, stage="referral", kind=kind, for_police=True)
    return stored


def _record(by, posting, act, referral, changes, happened_on, reason=""):
    trail.record(
        by=by,
        posting=posting,
        act=act,
        thing=referral,
        changes=changes,
        happened_on=happened_on,
        reason=reason,
    )
