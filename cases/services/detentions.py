"""拘留和逮捕: one person by name, or a count from a paper answer that names nobody."""

from dataclasses import dataclass, field
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from accounts.services import deeds, trail
from cases.models import Detention, PoliceMatter, PoliceSubject, Referral
from cases.services.days import refuse_future
from cases.services.execution import take_back
from cases.services.matters import matter_of, thing_of
from cases.services.papers import paper_behind
from cases.services.subjects import subject_of
from common.errors import Refused


@dataclass(frozen=True)
class DetentionEntry:
    """行政拘留, 刑事拘留 or 逮捕 by its day of execution.

    With `name` it is one person, sealed and counted once; else `persons` is a count from a paper
    answer, whose scan is then needed.
    """

    kind: str
    happened_on: date
    name: str = field(default="", repr=False)
    identity: str = field(default="", repr=False)
    persons: int | None = None
    scan: UploadedFile | None = None


@transaction.atomic
def record_detention(
    *,
    by: User,
    entry: DetentionEntry,
    referral: Referral | None = None,
    matter: PoliceMatter | None = None,
    version: int | str | None = None,
) -> Referral | PoliceMatter:
    """Record a detention of a referral's person, or of a matter's; returns the referral or matter."""
    thing, table, act_name = thing_of(referral, matter, "record_detention", "record_matter_detention")
    thing = deeds.lock(thing, version)
    posting = table.require(act_name, by, thing)
    matter = matter_of(thing, by, entry.happened_on) if referral is not None else thing
    refuse_future("执行日期", entry.happened_on)
    paper = paper_behind(by, posting, thing, entry.scan, "公安反馈", needed=not entry.name)
    subject = subject_of(matter, entry.name, entry.identity) if entry.name else None
    _refuse_twice_or_nobody(subject, entry)
    detention = Detention.objects.create(
        matter=matter,
        subject=subject,
        kind=entry.kind,
        persons=1 if subject else entry.persons,
        happened_on=entry.happened_on,
        paper=paper,
        recorded_by=by,
    )
    deeds.save(thing)
    trail.record(
        by=by,
        posting=posting,
        act=table.get(act_name),
        thing=thing,
        happened_on=entry.happened_on,
        changes={detention.get_kind_display(): ("", _who(detention))},
    )
    return thing


def _refuse_twice_or_nobody(subject: PoliceSubject | None, entry: DetentionEntry) -> None:
    same = {"kind": entry.kind, "happened_on": entry.happened_on, "withdrawn_at": None}
    if subject and subject.detentions.filter(**same).exists():
        raise Refused(f"{subject.name_masked}的这项措施已登记过，不必重复登记。")
    if subject is None and not entry.persons:
        raise Refused("请填写人员姓名；只有人数的，请填写人数并上传公安机关的书面材料。")


@transaction.atomic
def withdraw_detention(
    *,
    by: User,
    detention: Detention,
    reason: str,
    referral: Referral | None = None,
    matter: PoliceMatter | None = None,
    version: int | str | None = None,
) -> Referral | PoliceMatter:
    """Take back a detention entered by mistake, with the reason."""
    thing, table, act_name = thing_of(referral, matter, "withdraw_detention", "withdraw_matter_detention")
    thing = deeds.lock(thing, version)
    posting = table.require(act_name, by, thing)
    detention = Detention.objects.select_for_update().get(pk=detention.pk)
    whose = detention.matter.referral_id if referral is not None else detention.matter_id
    if whose != thing.pk or detention.withdrawn_at:
        raise Refused("这项措施不属于本件或者已经撤回，请刷新页面。")
    take_back(detention, reason)
    deeds.save(thing)
    trail.record(
        by=by,
        posting=posting,
        act=table.get(act_name),
        thing=thing,
        reason=reason,
        changes={detention.get_kind_display(): (_who(detention), "撤回")},
    )
    return thing


def _who(detention: Detention) -> str:
    return detention.subject.name_masked if detention.subject else f"{detention.persons}人"
