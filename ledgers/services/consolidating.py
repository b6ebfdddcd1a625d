"""The prefecture's total over its counties (rule 9): a missing county is carried forward."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from accounts import roles
from accounts.models import Posting, User, local_today
from accounts.services import deeds
from accounts.services.people import holders
from accounts.services.system import PREFIX
from accounts.stage_rows import StageRow
from common.errors import Refused
from ledgers.acts import LEDGER_ACTS
from ledgers.fields.remark import KEY, PARTS
from ledgers.layouts import Layout
from ledgers.models import Consolidation, CountyLedger, Submission
from ledgers.periods import end_of
from ledgers.rows import PROXY, Row
from ledgers.services.checking import effective_of
from ledgers.services.freezing import freeze, thaw
from ledgers.services.keeping import keep, record
from ledgers.services.ledger_forms import form_of
from ledgers.services.moment import one_moment
from ledgers.services.movement import movement, state_of
from ledgers.services.sums import sums_of
from ledgers.stages import CARRIED, FRESH, MISSING, WAITING


@dataclass
class County:
    """What one county brings to the total: its submission, and whether it is this period's."""

    ledger: CountyLedger
    submission: Submission | None
    stage: StageRow

    @property
    def state(self) -> str:
        """The state in words, as the total keeps it."""
        return self.stage.label

    @property
    def name(self) -> str:
        """The county."""
        return self.ledger.agency.region.name

    @property
    def is_by_proxy(self) -> bool:
        """Whether the office above entered what it brings (代录)."""
        return bool(self.submission and self.submission.proxy_id)


def counties_of(ledger: CountyLedger, as_of: date) -> list[County]:
    """Each county with its last accepted submission up to the period of `as_of`."""
    period = end_of(as_of)
    sent: dict = {}
    rows = Submission.objects.effective().filter(
        campaign_id=ledger.campaign_id, consolidated=False, data_as_of__lte=as_of
    )
    for submission in rows.prefetch_related("verdicts").order_by("sequence"):
        sent.setdefault(submission.agency_id, []).append(submission)
    counties = []
    for county in Consolidation(ledger).counties():
        several = sent.get(county.agency_id, [])
        accepted = [submission for submission in several if submission.verdicts.all()]
        last = accepted[-1] if accepted else None
        waiting = several and not several[-1].verdicts.all()
        if last and end_of(last.data_as_of) == period:
            stage = FRESH
        elif waiting:
            stage = WAITING
        else:
            stage = CARRIED if last else MISSING
        counties.append(County(county, last, stage))
    return counties


def consolidated_rows(ledger: CountyLedger, as_of: date, form: Layout) -> tuple[list[Row], list[County]]:
    """The rows of all counties, numbered through; those not of this period marked 沿用."""
    counties = counties_of(ledger, as_of)
    rows = []
    fresh = {county.submission.pk: county.stage is FRESH for county in counties if county.submission}
    rows_of: dict = {}
    submissions = Submission.objects.filter(pk__in=fresh).prefetch_related("rows")
    for submission in submissions:
        rows_of[submission.pk] = list(submission.rows.all())
    for county in counties:
        for each in rows_of.get(county.submission.pk, []) if county.submission else []:
            row = thaw(form, each)
            row.carried_forward = not fresh[county.submission.pk]
            if county.is_by_proxy:
                _note(row)
            row.number(len(rows) + 1)
            rows.append(row)
    return rows, counties


def _note(row: Row) -> None:
    """代录 in the 备注 of a row that the office above entered."""
    if KEY in row.cells:
        remark = row.cells[KEY]
        remark.value = PARTS.join(filter(None, (remark.value, PROXY)))


def missing_of(counties: list[County]) -> dict[str, list[str]]:
    """{未报, 沿用 or 待接收: counties that brought nothing of this period}, kept with the total."""
    flags: dict[str, list[str]] = {}
    for county in counties:
        if county.stage is not FRESH:
            flags.setdefault(county.state, []).append(county.name)
    return flags


def missing_words(submission: Submission) -> str:
    """Which counties are missing from a consolidated ledger: 未报：方山县；沿用：文水县."""
    missing = submission.totals.get("missing") or {}
    states = [stage.label for stage in (MISSING, WAITING, CARRIED) if missing.get(stage.label)]
    return "；".join(f"{state}：{'、'.join(missing[state])}" for state in states)


def fillers_of(ledger: CountyLedger, by: User) -> QuerySet[User]:
    """Who of the prefecture can have filled in the total that `by` signs as 审核人: anybody else
    with a post there."""
    staff = holders(ledger.agency, *roles.BUSINESS).exclude(pk=by.pk)
    return staff.exclude(username__startswith=PREFIX).order_by("name")


def consolidate_ledger(
    *,
    by: User,
    ledger: CountyLedger,
    filled_by: User | None = None,
    data_as_of: date | None = None,
    version: int | str | None = None,
    now: datetime | None = None,
) -> Submission:
    """Freeze the total of a prefecture's counties as a submission of its own.

    `by` is its 审核人; `filled_by` (the only one there can be, if not told) its 填报人.
    """
    data_as_of = data_as_of or local_today()

    def deed() -> Submission:
        seat = deeds.lock(ledger, version)
        posting = LEDGER_ACTS.require("consolidate_ledger", by, Consolidation(seat))
        signers = (_filler(by, seat, filled_by), by)
        return _consolidate(signers, posting, seat, data_as_of, now or timezone.now())

    return one_moment(deed)


def _filler(by: User, ledger: CountyLedger, chosen: User | None) -> User:
    several = list(fillers_of(ledger, by))
    if not several:
        raise Refused(
            f"汇总台账的填报人和审核人须是两个人，{ledger.agency.name}还没有另一名在岗人员。"
            "请系统管理员在“人员”中增加后再汇总。"
        )
    if chosen is None and len(several) == 1:
        return several[0]
    if chosen not in several:
        raise Refused("填报人和审核人不能是同一人，请从本单位在岗人员中选择填报人。")
    return chosen


def _consolidate(
    signers: tuple[User, User], posting: Posting, ledger: CountyLedger, data_as_of: date, now: datetime
) -> Submission:
    if data_as_of > local_today():
        raise Refused("数据截止日期不能晚于今天，请核对。")
    form = form_of(ledger.campaign)
    rows, counties = consolidated_rows(ledger, data_as_of, form)
    if not any(county.submission for county in counties):
        raise Refused("各县还没有已接收的台账，不能汇总。请先接收县级报送。")
    last = effective_of(ledger)
    if last and data_as_of < last.data_as_of:
        raise Refused(f"上次汇总的数据截止是{last.data_as_of}，这次不能更早。")
    again = last if last and end_of(last.data_as_of) == end_of(data_as_of) else None
    previous = effective_of(ledger, but=again)
    before = [thaw(form, row) for row in previous.rows.all()] if previous else []
    reasons: dict = {}
    for county in counties:
        if county.submission and county.stage is FRESH:
            reasons |= county.submission.explanations
    filler, checker = signers
    submission = Submission(
        campaign=ledger.campaign,
        agency=ledger.agency,
        corrects=again,
        previous=previous,
        data_as_of=data_as_of,
        filled_at=now,
        submitted_at=now,
        filled_by=filler,
        checked_by=checker,
        consolidated=True,
        nil_report=not rows,
        explanations=reasons,
    )
    more = {"missing": missing_of(counties)}
    if proxies := [county.name for county in counties if county.is_by_proxy]:
        more["proxies"] = proxies
    parties = {row.key: row.value("party") or "" for row in (*before, *rows)}
    states = state_of(form, before), state_of(form, rows)
    moved = movement(form, states, lambda keys: {key: parties[key] for key in keys}, reasons)
    frozen = [freeze(form, submission, row) for row in rows]
    keep(submission, form, frozen, sums_of(form, rows), moved, **more)
    deeds.save(ledger, LEDGER_ACTS.get("consolidate_ledger"))
    record(checker, posting, "consolidate_ledger", ledger, submission)
    return submission
