"""处罚决定: proposed with its penalty items, recorded where already issued, served.

Approved, returned and revoked in services/deciding.py. What the law forbids: services/guards.py.
"""

from dataclasses import dataclass, field, replace
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import StoredFile, User
from accounts.services import clocks, deeds, files, numbering, trail
from cases import terms
from cases.acts import ACTS, DECISION_BEGINS
from cases.assessing.service import parties_of
from cases.models import Case, CaseState, Decision, DecisionState, OptOut, PenaltyItem
from cases.services import flags, guards, serving, weighed
from cases.services.days import refuse_future
from cases.services.items import checked, items_changed
from cases.services.serving import ServiceEntry
from cases.services.weighed import NEITHER, Weighed
from common.errors import Refused
from law.penalties.shape import LABELS


@dataclass(frozen=True)
class DecisionContent:
    """What a decision says.

    `items` are dicts: kind, and as the kind wants amount (元), tonnes, area (平方米) or text;
    party (of the case; None = jointly), violation, side. `orders` are codes of what is ordered
    beside penalties (责令恢复原状 …), no penalties themselves. `opt_outs` is {what the law confiscates:
    why less of it is taken}, `mitigation` a ground of `law.mitigation`, `serious` whether the handler holds
    the case for 情节复杂或者重大. `scan` is an upload, or a file that lies with the case already.
    """

    items: tuple[dict, ...] | list[dict]
    basis: str = ""
    orders: tuple[str, ...] | list[str] = ()
    orders_due_on: date | None = None
    opt_outs: dict[str, str] = field(default_factory=dict)
    mitigation: str = ""
    serious: bool = False
    scan: UploadedFile | StoredFile | None = None


@transaction.atomic
def propose_decision(
    *, by: User, case: Case, version: int | str | None = None, content: DecisionContent
) -> Case:
    """Propose a decision with its penalty items; refused where a gate of the law stops it: a fine in place of
    confiscation or of a referral, one outside its interval (services/guards.py)."""
    case = deeds.lock(case, version)
    act = ACTS.get("propose_decision")
    posting = ACTS.require(act.name, by, case)
    content = replace(content, items=checked(case, content.items))
    flags.refresh(case)  # two years may have passed since the last deed
    hints = guards.refuse_decision(case, content)
    _refuse_idle_reasons(case, content)
    decision = _enter(by, case, content, act=act.name, state=DecisionState.PROPOSED)
    changes = flags.save(case, act, state=act.landing)
    changes = {**changes, **items_changed(decision), **hints}
    trail.record(by=by, posting=posting, act=act, thing=case, changes=changes)
    return case


@transaction.atomic
def record_decision(
    *,
    by: User,
    case: Case,
    version: int | str | None = None,
    content: DecisionContent,
    number: str,
    decided_on: date,
    before: Weighed = NEITHER,
    served: ServiceEntry | None = None,
) -> Case:
    """Enter a decision that was really issued on paper (补录), beside its scan: with what came `before` it,
    and how it was `served` on all its parties where that was done by one way on one day.

    It is entered as it stands, also without the confiscation the law asks for: what happened is
    always recordable; the case is flagged (已处罚未没收, 未经法制审核).
    """
    case = deeds.lock(case, version)
    act = ACTS.get("record_decision")
    posting = ACTS.require(act.name, by, case)
    if content.scan is None:
        raise Refused("补录处罚决定须上传决定书扫描件。")
    refuse_future("决定日期", decided_on)
    content = replace(content, items=checked(case, content.items))
    number = issue_number(case, decided_on, number)
    made = {"number": number, "decided_on": decided_on, "state": DecisionState.MADE, "issued": True}
    decision = _enter(by, case, content, act=act.name, **made)
    more = {**items_changed(decision), **weighed.enter(by, decision, before)}
    if served:
        more |= serving.enter(by, case, decision, replace(served, parties=parties_of(decision)))
    changes = flags.save(case, act, state=_after_decision(case))
    start_clocks(case, decision)
    if served:
        serving.settle(case)
    trail.record(
        by=by,
        posting=posting,
        act=act,
        thing=case,
        changes={**changes, **more},
        happened_on=decided_on,
        reason="决定书已作出，补录",
    )
    return case


def _after_decision(case: Case) -> str:
    return CaseState.EXECUTION if case.state == CaseState.INVESTIGATION else case.state


def _enter(by: User, case: Case, content: DecisionContent, *, act: str, **values: object) -> Decision:
    scan = _stored(by, case, content.scan)
    reasons = _reasons(case, content)
    decision = Decision.objects.create(
        case=case,
        scan=scan,
        proposed_by=by,
        basis=content.basis,
        orders=list(content.orders),
        orders_due_on=content.orders_due_on,
        mitigation=content.mitigation,
        serious=content.serious,
        **values,
    )
    deeds.check_landing(decision, next(begins for begins in DECISION_BEGINS if begins.name == act), None)
    PenaltyItem.objects.bulk_create(PenaltyItem(decision=decision, **item) for item in content.items)
    OptOut.objects.bulk_create(OptOut(decision=decision, **reason) for reason in reasons)
    if scan:
        case.files.get_or_create(
            file=scan, defaults={"stage": "decision", "kind": "行政处罚决定书", "for_police": True}
        )
    return decision


def _reasons(case: Case, content: DecisionContent) -> list[dict]:
    """Each reason with the article of the gap that it covers."""
    gaps = guards.gaps_left(case, content) if content.opt_outs else {}
    return [
        {"kind": kind, "reason": reason, "article": gaps[kind].article if kind in gaps else ""}
        for kind, reason in content.opt_outs.items()
    ]


def _refuse_idle_reasons(case: Case, content: DecisionContent) -> None:
    """A reason covers a gap: where nothing is left out there is none to give."""
    idle = content.opt_outs.keys() - guards.gaps_left(case, content).keys() if content.opt_outs else ()
    if idle:
        words = "、".join(LABELS[kind] for kind in sorted(idle))
        raise Refused(f"处罚项没有少{words}，不必写理由。", (guards.ITEMS,))


def _stored(by: User, case: Case, scan: UploadedFile | StoredFile | None) -> StoredFile | None:
    """The scan as a stored file: uploaded now, or one that lies in the file already."""
    if scan is None or isinstance(scan, StoredFile):
        return scan
    return files.store(by=by, upload=scan, agency=case.agency)


def resting_state(case: Case) -> CaseState:
    """Where a case goes back to: 执行 while a decision stands, else 调查."""
    made = case.decisions.filter(state=DecisionState.MADE).exists()
    return CaseState.EXECUTION if made else CaseState.INVESTIGATION


def issue_number(case: Case, decided_on: date, typed: str = "") -> str:
    """The next number of the office's 罚字 series in the year of `decided_on`, or the one typed."""
    return numbering.issue(
        agency=case.agency, kind="decision", word="罚字", year=decided_on.year, typed=typed
    )


def start_clocks(case: Case, decision: Decision) -> None:
    """A decision was made: the days to decide end, those to serve it begin."""
    clocks.meet(thing=case, kind=terms.DECIDE.kind)
    clocks.start(term=terms.SERVE, thing=case, counted_from=decision.decided_on, url=case.get_absolute_url())
