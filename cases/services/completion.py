"""验收: 恢复原状 and 取缔 looked at on the ground; 是 in a ledger only when found complete."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.acts import Act
from accounts.models import User
from accounts.services import deeds, trail
from cases.acts import ACTS
from cases.models import Case, CompletionCheck, CompletionKind
from cases.services import flags, papers
from cases.services.days import refuse_future
from cases.services.execution import take_back
from common.errors import Refused


@dataclass(frozen=True)
class CheckResult:
    """What was found on the ground on a day, and whether it is complete; `files` are photos."""

    happened_on: date
    complete: bool
    finding: str
    files: Iterable[UploadedFile] = ()


def check_restoration(*, by: User, case: Case, version: int | str | None = None, result: CheckResult) -> Case:
    """Record an inspection of 恢复原状."""
    return _check(ACTS.get("check_restoration"), CompletionKind.RESTORATION, by, case, version, result)


def check_shutdown(*, by: User, case: Case, version: int | str | None = None, result: CheckResult) -> Case:
    """Record an inspection of 取缔 (两断三清)."""
    return _check(ACTS.get("check_shutdown"), CompletionKind.SHUTDOWN, by, case, version, result)


@transaction.atomic
def _check(
    act: Act, kind: CompletionKind, by: User, case: Case, version: int | str | None, result: CheckResult
) -> Case:
    case = deeds.lock(case, version)
    posting = ACTS.require(act.name, by, case)
    refuse_future("验收日期", result.happened_on)
    if not result.finding.strip():
        raise Refused("请写明验收情况。")
    check = CompletionCheck.objects.create(
        case=case,
        kind=kind,
        happened_on=result.happened_on,
        complete=result.complete,
        finding=result.finding,
        checked_by=by,
    )
    label = f"{check.get_kind_display()}验收"
    papers.attach(by=by, case=case, uploads=result.files, stage="execution", kind=f"{label}照片")
    flags.save(case)
    trail.record(
        by=by,
        posting=posting,
        act=act,
        thing=case,
        happened_on=result.happened_on,
        changes={label: ("", _outcome(check))},
        reason=result.finding,
    )
    return case


def _outcome(check: CompletionCheck) -> str:
    return "已完成" if check.complete else "未完成"


@transaction.atomic
def withdraw_completion_check(
    *, by: User, case: Case, version: int | str | None = None, completion_check: CompletionCheck, reason: str
) -> Case:
    """Take back an inspection entered by mistake; the one before it holds again."""
    case = deeds.lock(case, version)
    act = ACTS.get("withdraw_completion_check")
    posting = ACTS.require(act.name, by, case)
    check = CompletionCheck.objects.select_for_update().get(pk=completion_check.pk)
    if check.case_id != case.pk:
        raise Refused("这次验收不属于本案，请刷新页面。")
    take_back(check, reason)
    changes = flags.save(case)
    label = f"{check.get_kind_display()}验收"
    trail.record(
        by=by,
        posting=posting,
        act=act,
        thing=case,
        reason=reason,
        changes={**changes, label: (f"{check.happened_on} {_outcome(check)}", "撤回")},
    )
    return case


def completed(case: Case, kind: str) -> bool | None:
    """是, 否 or not known for restoration or 取缔: the newest inspection that stands."""
    standing = [
        check for check in case.completion_checks.all() if check.kind == kind and not check.withdrawn_at
    ]
    return standing[0].complete if standing else None
