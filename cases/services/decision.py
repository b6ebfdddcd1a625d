"""处罚决定: proposed with penalty items, approved or returned, recorded where already issued,
served, revoked. A fine never replaces confiscation (services/confiscation.py)."""

from django.db import transaction

from accounts.models import StoredFile
from accounts.services import clocks, deeds, files, numbering, signing, trail
from cases import terms
from cases.acts import ACTS
from cases.models import MONEY_KINDS, CaseState, Decision, DecisionState, PenaltyItem
from cases.services import confiscation, flags, papers
from cases.services.days import refuse_before, refuse_future
from cases.services.fines import refuse_fine
from cases.services.items import checked, items_changed
from common.errors import Refused


@transaction.atomic
def propose_decision(
    *,
    by,
    case,
    version=None,
    items,
    basis="",
    measures=(),
    measures_due_on=None,
    opt_out_reason="",
    scan=None,
):
    """Propose a decision with its penalty items; refused where a fine would replace confiscation
    or a referral that is due (services/confiscation.py, services/fines.py).

    `items` are dicts: kind, and as the kind wants amount (元), tonnes, area (平方米) or text;
    party (of the case; None = jointly), violation, side. `measures` are codes of what is ordered
    beside penalties (恢复原状 …), no penalties themselves.
    """
    case = deeds.lock(case, version)
    posting = ACTS.require("propose_decision", by, case)
    items = checked(case, items)
    case.flags = flags.compute(case)  # two years may have passed since the last deed
    refuse_fine(case, items)
    confiscation.refuse(case, items, opt_out_reason)
    decision = _enter(
        by,
        case,
        items,
        scan,
        basis=basis,
        measures=list(measures),
        measures_due_on=measures_due_on,
        opt_out_reason=opt_out_reason,
    )
    changes = flags.save(case, state=CaseState.DECISION)
    _record(by, posting, "propose_decision", case, {**changes, **items_changed(decision)})
    return case


@transaction.atomic
def record_decision(
    *,
    by,
    case,
    version=None,
    items,
    number,
    decided_on,
    scan,
    basis="",
    measures=(),
    measures_due_on=None,
    opt_out_reason="",
):
    """Enter a decision that was really issued on paper (补录), beside its scan.

    It is entered as it stands, also without the confiscation the law asks for: what happened is
    always recordable; the case is flagged (已处罚未没收).
    """
    case = deeds.lock(case, version)
    posting = ACTS.require("record_decision", by, case)
    if scan is None:
        raise Refused("补录处罚决定须上传决定书扫描件。")
    refuse_future("决定日期", decided_on)
    items = checked(case, items)
    number = numbering.issue(
        agency=case.agency, kind="decision", word="罚字", year=decided_on.year, typed=number
    )
    decision = _enter(
        by,
        case,
        items,
        scan,
        basis=basis,
        measures=list(measures),
        issued=True,
        measures_due_on=measures_due_on,
        opt_out_reason=opt_out_reason,
        number=number,
        decided_on=decided_on,
        state=DecisionState.MADE,
    )
    changes = flags.save(case, state=_after_decision(case))
    _start_clocks(case, decision)
    _record(
        by,
        posting,
        "record_decision",
        case,
        {**changes, **items_changed(decision)},
        happened_on=decided_on,
        reason="决定书已作出，补录",
    )
    return case


def _after_decision(case):
    return CaseState.EXECUTION if case.state == CaseState.INVESTIGATION else case.state


def _enter(by, case, items, scan, **values) -> Decision:
    stored = _stored(by, case, scan)
    decision = Decision.objects.create(case=case, scan=stored, proposed_by=by, **values)
    PenaltyItem.objects.bulk_create(PenaltyItem(decision=decision, **item) for item in items)
    if stored:
        case.files.get_or_create(
            file=stored, defaults={"stage": "decision", "kind": "行政处罚决定书", "for_police": True}
        )
    return decision


def _stored(by, case, scan):
    """The scan as a stored file: uploaded now, or one that lies in the file already."""
    if scan is None or isinstance(scan, StoredFile):
        return scan
    return files.store(by=by, upload=scan, agency=case.agency)


@transaction.atomic
def approve_decision(
    *,
    by,
    case,
    version=None,
    number="",
    decided_on=None,
    opinion="",
    signer=None,
    signed_on=None,
    scan=None,
    sheet=None,
):
    """Approve the decision that waits, in the system or on paper; it gets its number and day."""
    case = deeds.lock(case, version)
    case.flags = flags.compute(case)
    act = ACTS.get("approve_decision")
    posting = ACTS.require(act.name, by, case)
    decision = waiting(case)
    confiscation.refuse(case, decision.items.all(), decision.opt_out_reason, "请退回承办人修改。")
    approval = signing.sign(
        by=by,
        posting=posting,
        act=act,
        thing=case,
        agreed=True,
        opinion=opinion,
        signer=signer,
        signed_on=signed_on,
        scan=scan,
        sheet=sheet,
    )
    decided_on = decided_on or approval.signed_on
    refuse_before("决定日期", decided_on, case.filed_on)
    decision.number = numbering.issue(
        agency=case.agency, kind="decision", word="罚字", year=decided_on.year, typed=number
    )
    decision.decided_on, decision.state = decided_on, DecisionState.MADE
    decision.save(update_fields=["number", "decided_on", "state"])
    changes = flags.save(case, state=act.after)
    papers.keep_sheet(case=case, approval=approval, stage="decision", kind="决定呈批表（签批）")
    _start_clocks(case, decision)
    _record(
        by,
        posting,
        act.name,
        case,
        {**changes, "决定书文号": ("", decision.number), **papers.signed_by(approval)},
        reason=opinion,
        happened_on=decided_on,
    )
    return case


@transaction.atomic
def return_decision(*, by, case, version=None, opinion):
    """Send the proposal back with what is to be mended."""
    case = deeds.lock(case, version)
    act = ACTS.get("return_decision")
    posting = ACTS.require(act.name, by, case)
    if not opinion.strip():
        raise Refused("退回的，请写明需要修改的内容。")
    decision = waiting(case)
    signing.sign(by=by, posting=posting, act=act, thing=case, agreed=False, opinion=opinion)
    decision.state = DecisionState.RETURNED
    decision.save(update_fields=["state"])
    changes = flags.save(case, state=resting_state(case))
    _record(by, posting, act.name, case, changes, reason=opinion)
    return case


@transaction.atomic
def record_service(*, by, case, version=None, decision, served_on, service_mode, files=()):
    """Record that the decision was served (行政处罚法 art 61); the days to pay run from it."""
    case = deeds.lock(case, version)
    posting = ACTS.require("record_service", by, case)
    decision = standing(case, decision)
    refuse_future("送达日期", served_on)
    changes = deeds.save(decision, served_on=served_on, service_mode=service_mode)
    papers.attach(by=by, case=case, uploads=files, stage="decision", kind="送达回证")
    flags.save(case)
    clocks.meet(thing=case, kind=terms.SERVE.kind)
    if any(item.kind in MONEY_KINDS for item in decision.items.all()):
        clocks.start(term=terms.PAY, thing=case, counted_from=served_on, url=case.get_absolute_url())
    _record(by, posting, "record_service", case, changes, happened_on=served_on)
    return case


@transaction.atomic
def revoke_decision(
    *,
    by,
    case,
    version=None,
    decision,
    revoked_on,
    reason,
    opinion="",
    signer=None,
    signed_on=None,
    scan=None,
    sheet=None,
):
    """Revoke a decision with its reason; it stays in the file and counts no more."""
    case = deeds.lock(case, version)
    act = ACTS.get("revoke_decision")
    posting = ACTS.require(act.name, by, case)
    decision = standing(case, decision)
    refuse_before("撤销日期", revoked_on, decision.decided_on)
    if not reason.strip():
        raise Refused("请写明撤销理由。")
    approval = signing.sign(
        by=by,
        posting=posting,
        act=act,
        thing=case,
        agreed=True,
        opinion=opinion,
        signer=signer,
        signed_on=signed_on,
        scan=scan,
        sheet=sheet,
    )
    decision.state, decision.revoked_on = DecisionState.REVOKED, revoked_on
    decision.revoked_reason = reason.strip()
    decision.save(update_fields=["state", "revoked_on", "revoked_reason"])
    papers.keep_sheet(case=case, approval=approval, stage="decision", kind="撤销呈批表（签批）")
    changes = flags.save(case, state=resting_state(case), closed_on=None)
    _record(
        by,
        posting,
        act.name,
        case,
        {**changes, "撤销": ("", decision.number), **papers.signed_by(approval)},
        reason=reason,
        happened_on=revoked_on,
    )
    return case


def waiting(case) -> Decision:
    """The decision that waits for approval; Refused if there is none."""
    decision = case.decisions.filter(state=DecisionState.PROPOSED).first()
    if decision is None:
        raise Refused("没有待批的处罚决定，请刷新页面查看最新状态。")
    return decision


def standing(case, decision) -> Decision:
    """`decision` as it stands, if it is the case's and was made; else Refused."""
    found = case.decisions.filter(pk=decision.pk, state=DecisionState.MADE).first()
    if found is None:
        raise Refused("这份处罚决定已撤销或者不属于本案，请刷新页面。")
    return found


def resting_state(case):
    """Where a case goes back to: 执行 while a decision stands, else 调查."""
    made = case.decisions.filter(state=DecisionState.MADE).exists()
    return CaseState.EXECUTION if made else CaseState.INVESTIGATION


def _start_clocks(case, decision):
    clocks.meet(thing=case, kind=terms.DECIDE.kind)
    clocks.start(term=terms.SERVE, thing=case, counted_from=decision.decided_on, url=case.get_absolute_url())


def _record(by, posting, name, case, changes, **more):
    trail.record(by=by, posting=posting, act=ACTS.get(name), thing=case, changes=changes, **more)
