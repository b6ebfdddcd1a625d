"""送达 of a decision on each of its parties, and how it is taken back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from accounts.services import clocks, deeds, trail
from cases import terms
from cases.acts import ACTS
from cases.assessing.service import last_service, parties_of, served_days
from cases.models import Case, Decision, DecisionState, PartyService
from cases.service_ways import ANNOUNCED, ANNOUNCEMENT, WAYS
from cases.services import flags, papers, paying
from cases.services.days import refuse_future
from cases.services.dues import standing
from cases.services.execution import take_back
from common.errors import Refused
from common.workdays import add_days
from registry.models import Party


@dataclass(frozen=True)
class ServiceEntry:
    """On whom a decision was served, by which way (code), on which day, and what proves it.

    Of a 公告 `announced_on` is entered and the day follows from it.
    """

    parties: Sequence[Party]
    mode: str
    served_on: date | None = None
    detail: str = ""
    receipt_number: str = ""
    announced_on: date | None = None
    files: Iterable[UploadedFile] = ()

    @property
    def day(self) -> date | None:
        """The day that counts: thirty days after it was announced (民事诉讼法 art 95), else as entered."""
        announced = self.announced_on if self.mode == ANNOUNCEMENT else None
        return add_days(announced, ANNOUNCED) if announced else self.served_on


@transaction.atomic
def record_service(
    *, by: User, case: Case, version: int | str | None = None, decision: Decision, entry: ServiceEntry
) -> Case:
    """Record that the decision was served on some of its parties (行政处罚法 art 61); what each has to pay
    is counted from its own service."""
    case = deeds.lock(case, version)
    act = ACTS.get("record_service")
    posting = ACTS.require(act.name, by, case)
    changes = enter(by, case, standing(case, decision), entry)
    settle(case)
    flags.save(case)
    trail.record(by=by, posting=posting, act=act, thing=case, changes=changes, happened_on=entry.day)
    return case


def enter(by: User, case: Case, decision: Decision, entry: ServiceEntry) -> dict:
    """Keep a service, whoever it was on, with its papers; {label: (before, after)}. Inside a deed's
    transaction, which settles what follows."""
    _check(decision, entry)
    rows = [_serve(by, decision, party, entry) for party in _asked(decision, entry)]
    papers.attach(by=by, case=case, uploads=entry.files, stage="decision", kind="送达回证")
    return {
        "送达": ("", [str(row) for row in rows]),
        "送达情况": ("", entry.detail),
        "送达回证号": ("", entry.receipt_number),
    }


def _check(decision: Decision, entry: ServiceEntry) -> None:
    way = WAYS[entry.mode]
    if entry.mode == ANNOUNCEMENT and entry.announced_on is None:
        raise Refused("公告送达的，请填写发出公告的日期。")
    if entry.day is None:
        raise Refused("请填写送达日期。")
    refuse_future("送达日期" if entry.announced_on is None else "公告满三十日的日期", entry.day)
    _refuse_before_decision(decision, entry)
    if way.needed and not (entry.detail.strip() or (way.files_do and entry.files)):
        raise Refused(f"{way.name}的，请写明{way.asks}。")
    if not entry.receipt_number.strip() and not entry.files:
        raise Refused("请上传送达回证等凭证，或者填写回证号。")


def _refuse_before_decision(decision: Decision, entry: ServiceEntry) -> None:
    """What wasn't decided yet was not served: one of the two days is a slip of the pen."""
    day, what = entry.day, "送达日期"
    if entry.mode == ANNOUNCEMENT:
        day, what = entry.announced_on, "发出公告的日期"
    if decision.decided_on and day < decision.decided_on:
        raise Refused(
            f"{what}不能早于决定日期{decision.decided_on}，请核对；决定日期录错的，先更正处罚决定。"
        )


def _asked(decision: Decision, entry: ServiceEntry) -> list[Party | None]:
    """Those to be served by this entry; Refused for a stranger, or who was served already."""
    parties = parties_of(decision)
    if not parties:
        return [] if served_days(decision) else [None]
    chosen = list(entry.parties)
    if not chosen:
        raise Refused("请选择受送达人。")
    if strangers := [party.name for party in chosen if party not in parties]:
        raise Refused(f"{'、'.join(strangers)}不是这份决定的当事人，请刷新页面。")
    served = served_days(decision)
    if twice := [party.name for party in chosen if party.pk in served]:
        raise Refused(f"{'、'.join(twice)}已登记送达；登记错的，先撤回再登记。")
    return chosen


def _serve(by: User, decision: Decision, party: Party | None, entry: ServiceEntry) -> PartyService:
    return PartyService.objects.create(
        decision=decision,
        party=party,
        happened_on=entry.day,
        mode=entry.mode,
        detail=entry.detail.strip(),
        receipt_number=entry.receipt_number.strip(),
        announced_on=entry.announced_on if entry.mode == ANNOUNCEMENT else None,
        recorded_by=by,
    )


@transaction.atomic
def withdraw_service(
    *, by: User, case: Case, version: int | str | None = None, service: PartyService, reason: str
) -> Case:
    """Take back a service entered by mistake, with the reason; its party's days run no more."""
    case = deeds.lock(case, version)
    act = ACTS.get("withdraw_service")
    posting = ACTS.require(act.name, by, case)
    row = PartyService.objects.select_for_update(of=("self",)).get(pk=service.pk)
    if row.decision.case_id != case.pk:
        raise Refused("这次送达不属于本案，请刷新页面。")
    take_back(row, reason)
    settle(case)
    changes = {**flags.save(case), "送达": (str(row), "撤回")}
    trail.record(by=by, posting=posting, act=act, thing=case, changes=changes, reason=reason)
    return case


def settle(case: Case) -> None:
    """Bring what follows from the rows up to them: the day on which a decision was served on all, the days
    to serve it and to pay."""
    made = case.decisions.filter(state=DecisionState.MADE).prefetch_related(
        "items__party", "served", "case__parties__party"
    )
    for decision in made:
        last = last_service(decision)
        values = {"served_on": last and last.happened_on, "service_mode": last.mode if last else ""}
        if any(getattr(decision, name) != value for name, value in values.items()):
            Decision.objects.filter(pk=decision.pk).update(**values)
    unserved = [each.decided_on for each in made if last_service(each) is None]
    running = clocks.of(case).filter(kind=terms.SERVE.kind, met_at=None).exists()
    if not unserved:
        clocks.meet(thing=case, kind=terms.SERVE.kind)
    elif not running:
        clocks.start(term=terms.SERVE, thing=case, counted_from=min(unserved), url=case.get_absolute_url())
    paying.settle(case)
