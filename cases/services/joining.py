"""报请参与 and 参与: the county asks its prefecture to take part in a case, the prefecture answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts import roles
from accounts.models import Agency, User
from accounts.services import clocks, deeds, trail
from cases import terms
from cases.acts import ACTS
from cases.assessing.joining import prefecture_above
from cases.models import Case, Joining
from cases.services import flags, papers
from cases.services.days import refuse_before
from cases.services.execution import take_back
from common.errors import Refused


@dataclass(frozen=True)
class JoiningAnswer:
    """What the prefecture answered: whether it takes part, with whom or why not, on which day."""

    joins: bool
    answered_on: date
    answer: str = ""
    people: str = ""
    files: Iterable[UploadedFile] = ()


@transaction.atomic
def ask_prefecture(
    *,
    by: User,
    case: Case,
    version: int | str | None = None,
    asked_on: date,
    reason: str,
    files: Iterable[UploadedFile] = (),
) -> Case:
    """Ask the prefecture to take part; it owes an answer by the days that its place has set."""
    case = deeds.lock(case, version)
    act = ACTS.get("ask_prefecture")
    posting = ACTS.require(act.name, by, case)
    refuse_before("报请日期", asked_on, case.filed_on)
    if not reason.strip():
        raise Refused("请写明报请的事由。")
    if any(each.is_open for each in case.joinings.all()):
        raise Refused("已报请市局参与，正在等待答复。")
    office = prefecture_of(case)
    row = Joining.objects.create(
        case=case,
        to_agency=office,
        asked_on=asked_on,
        reason=reason.strip(),
        asked_by=by,
        answer_due=timezone.localdate(clocks.count(terms.JOIN_ANSWER, office, asked_on).due),
    )
    papers.attach(by=by, case=case, uploads=files, stage="investigation", kind="报请参与的请示")
    changes = {**flags.save(case), "报请参与": ("", str(row)), "应答复日期": ("", row.answer_due)}
    trail.record(
        by=by, posting=posting, act=act, thing=case, changes=changes, reason=reason, happened_on=asked_on
    )
    return case


def prefecture_of(case: Case) -> Agency:
    """The prefecture's office above the case's own; Refused where there is none."""
    office = prefecture_above(case)
    if office is None:
        raise Refused("本单位上面没有市局，不能报请参与。")
    return office


@transaction.atomic
def answer_joining(*, by: User, case: Case, version: int | str | None = None, answer: JoiningAnswer) -> Case:
    """The prefecture takes part or doesn't; typed by the county from its paper, with the scan."""
    case = deeds.lock(case, version)
    act = ACTS.get("answer_joining")
    posting = ACTS.require(act.name, by, case)
    row = next(each for each in case.joinings.all() if each.is_open)
    refuse_before("答复日期", answer.answered_on, row.asked_on)
    if answer.joins and not answer.people.strip():
        raise Refused("参与的，请写明参与人员。")
    if not answer.joins and not answer.answer.strip():
        raise Refused("不参与的，请写明理由。")
    if posting.role != roles.PREFECTURE and not answer.files:
        raise Refused("凭市局书面答复录入的，请上传答复的扫描件。")
    row.joins, row.answered_on, row.answered_by = answer.joins, answer.answered_on, by
    row.answer, row.people = answer.answer.strip(), answer.people.strip()
    row.answered_at = timezone.now()
    row.save()
    papers.attach(by=by, case=case, uploads=answer.files, stage="investigation", kind="市局对参与的答复")
    changes = flags.save(case)
    changes |= {"市局答复": ("", row.answer_words), "参与人员": ("", row.people)}
    trail.record(
        by=by,
        posting=posting,
        act=act,
        thing=case,
        changes=changes,
        reason=row.answer,
        happened_on=row.answered_on,
    )
    return case


@transaction.atomic
def withdraw_joining(*, by: User, case: Case, version: int | str | None = None, reason: str) -> Case:
    """Take back a request that was entered by mistake, while nobody has answered it."""
    case = deeds.lock(case, version)
    act = ACTS.get("withdraw_joining")
    posting = ACTS.require(act.name, by, case)
    row = next(each for each in case.joinings.all() if each.is_open)
    take_back(row, reason)
    changes = {**flags.save(case), "报请参与": (str(row), "撤回")}
    trail.record(by=by, posting=posting, act=act, thing=case, changes=changes, reason=reason)
    return case
