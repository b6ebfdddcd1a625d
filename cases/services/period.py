"""办案期限 (自然资源行政处罚办法 art 38): what isn't counted begins and ends, the head extends it.

The clock is counted anew from the rows by the law's own count (`cases.assessing.period`), as the flag is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.acts import Act
from accounts.models import Posting, User, local_today
from accounts.services import clocks, deeds, signing, trail
from accounts.services.signing import IN_SYSTEM, Signature
from cases import terms
from cases.acts import ACTS
from cases.assessing.period import Period, clock_of, length_in, period_of
from cases.models import Case, PeriodChange, PeriodKind
from cases.services import flags, papers
from cases.services.days import refuse_before, refuse_future
from cases.services.execution import take_back
from common.errors import Refused

ARTICLE = "自然资源行政处罚办法第三十八条"


@dataclass(frozen=True)
class Stop:
    """Days that aren't counted: why, from which day, to the day on which the period runs again if it does."""

    kind: str
    happened_on: date
    reason: str
    until: date | None = None
    files: Iterable[UploadedFile] = ()


@transaction.atomic
def stop_period(*, by: User, case: Case, version: int | str | None = None, stop: Stop) -> Case:
    """Enter days of 鉴定、听证、公告 or 邮递 that the period leaves out (art 38②)."""
    case, act, posting = _opened("stop_period", by, case, version)
    refuse_before("开始日期", stop.happened_on, case.filed_on)
    if stop.until is not None:
        _refuse_end(stop.happened_on, stop.until)
    row = PeriodChange.objects.create(
        case=case,
        kind=stop.kind,
        happened_on=stop.happened_on,
        until=stop.until,
        reason=stop.reason.strip(),
        recorded_by=by,
    )
    papers.attach(
        by=by, case=case, uploads=stop.files, stage="investigation", kind=f"{row.get_kind_display()}材料"
    )
    return _done(by, posting, act, case, {"不计入办案期限": ("", str(row))}, stop.reason, stop.happened_on)


@transaction.atomic
def resume_period(
    *,
    by: User,
    case: Case,
    version: int | str | None = None,
    change: PeriodChange,
    until: date,
    files: Iterable[UploadedFile] = (),
) -> Case:
    """Let the period run again from a day: the 鉴定意见 came, the hearing is over."""
    case, act, posting = _opened("resume_period", by, case, version)
    row = _standing(case, change)
    if not row.is_open:
        raise Refused("这一项已经恢复计算，请刷新页面。")
    _refuse_end(row.happened_on, until)
    was, row.until = str(row), until
    row.save(update_fields=["until"])
    papers.attach(
        by=by, case=case, uploads=files, stage="investigation", kind=f"{row.get_kind_display()}材料"
    )
    return _done(by, posting, act, case, {"恢复计算办案期限": (was, str(row))}, "", until)


@transaction.atomic
def extend_period(
    *,
    by: User,
    case: Case,
    version: int | str | None = None,
    days: int,
    especially_complex: bool = False,
    reason: str,
    signature: Signature = IN_SYSTEM,
) -> Case:
    """Extend the period by `days`, by the head, in the system or on paper: thirty in all, more only where
    the case is especially complex (art 38①); not once it has run out."""
    case, act, posting = _opened("extend_period", by, case, version)
    if not reason.strip():
        raise Refused("请写明延长的理由。")
    approval = signing.sign(by=by, posting=posting, act=act, thing=case, agreed=True, signature=signature)
    last = _last_day(case, approval.signed_on)
    if last is not None and approval.signed_on > last:
        raise Refused(f"办案期限已于{last}届满，不能再延长。")
    row = PeriodChange.objects.create(
        case=case,
        kind=PeriodKind.EXTENSION,
        happened_on=approval.signed_on,
        days=days,
        especially_complex=especially_complex,
        reason=reason.strip(),
        recorded_by=by,
    )
    papers.keep_signed_paper(
        case=case, approval=approval, stage="investigation", kind="延长期限呈批表（签批）"
    )
    changes = {"延长办案期限": ("", str(row)), **papers.signed_by(approval)}
    return _done(by, posting, act, case, changes, reason, approval.signed_on)


@transaction.atomic
def withdraw_period_change(
    *, by: User, case: Case, version: int | str | None = None, change: PeriodChange, reason: str
) -> Case:
    """Take back what was entered by mistake, with the reason; the period is counted without it."""
    case, act, posting = _opened("withdraw_period_change", by, case, version)
    row = _standing(case, change)
    take_back(row, reason)
    return _done(by, posting, act, case, {"办案期限": (str(row), "撤回")}, reason, local_today())


def recount(case: Case) -> None:
    """Count the open clock of the decision anew from what stopped and extended it; no deed of its own."""
    clock = clocks.of(case).filter(kind=terms.DECIDE.kind, met_at=None).first()
    if clock is None:
        return
    case, start = Case.objects.get(pk=case.pk), clock.counted_from
    period, law = period_of(case, local_today()), clock_of(case, start)
    counted = period.counted(law, start)
    stands = (
        next((each for each in period.pauses if each.until is None), None) if counted.due is None else None
    )
    ended = tuple(each for each in period.pauses if each.until is not None)
    plain = clocks.count(terms.DECIDE, case.agency, start, length_in(law, start))
    clocks.stand(
        clock,
        end=Period(ended, period.extension, ()).counted(law, start).due,
        why=plain.basis + _extended(period),
        stood=[(each.since, each.until, each.reason) for each in ended],
        stands=stands and (stands.since, stands.reason),
    )


def _extended(period: Period) -> str:
    more = [row for row in period.rows if row.kind == PeriodKind.EXTENSION]
    return "".join(
        f"{row.happened_on}经批准延长{row.days}日（{ARTICLE}第一款，{row.reason}）。" for row in more
    )


def _opened(name: str, by: User, case: Case, version: int | str | None) -> tuple[Case, Act, Posting]:
    case = deeds.lock(case, version)
    return case, ACTS.get(name), ACTS.require(name, by, case)


def _refuse_end(since: date, until: date) -> None:
    refuse_future("恢复计算日期", until)
    if until <= since:
        raise Refused(f"恢复计算日期应晚于开始日期{since}，请核对。")


def _standing(case: Case, change: PeriodChange) -> PeriodChange:
    row = PeriodChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if row.case_id != case.pk:
        raise Refused("这一项不属于本案，请刷新页面。")
    return row


def _last_day(case: Case, on: date) -> date | None:
    """The last day of the period by what stood on a day; None while it stands still or before 立案."""
    filed = case.filed_on
    return period_of(case, on).counted(clock_of(case, filed), filed).due if filed else None


def _done(
    by: User, posting: Posting, act: Act, case: Case, changes: dict, reason: str, happened_on: date
) -> Case:
    if case.filed_on is None:
        raise Refused("案件还没有立案，没有办案期限。")
    fresh = Case.objects.get(pk=case.pk)
    period_of(fresh, local_today()).counted(clock_of(fresh, fresh.filed_on), fresh.filed_on)  # or Refused
    flags.save(case)
    recount(case)
    trail.record(
        by=by, posting=posting, act=act, thing=case, changes=changes, reason=reason, happened_on=happened_on
    )
    return case
