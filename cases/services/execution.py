"""执行: payments, and what was accepted on the ground (恢复原状, 取缔); each can be taken back."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accounts.services import clocks, deeds, trail
from cases import terms
from cases.acts import ACTS
from cases.models import MONEY_KINDS, Acceptance, CaseState, DecisionState, OrderKind, Payment, PenaltyItem
from cases.services import dues, flags, papers
from cases.services.days import refuse_future
from cases.services.dues import outstanding
from common.errors import Refused
from common.fitting import refuse_too_large

__all__ = ["outstanding"]


@transaction.atomic
def record_payment(*, by, case, version=None, item, paid_on, amount, receipt_number="", files=(), over=False):
    """Record what was paid in for one item (元): statistics only, ledgers show what was decided.

    More than is owed is entered only when `over` says that it is so (加处罚款, a double payment).
    """
    case = deeds.lock(case, version)
    posting = ACTS.require("record_payment", by, case)
    item = _money_item(case, item)
    if amount <= 0:
        raise Refused("缴纳金额应大于零。")
    refuse_too_large(Payment, {"amount": amount})
    refuse_future("缴纳日期", paid_on)
    _refuse_over(item, amount, over)
    Payment.objects.create(
        item=item, paid_on=paid_on, amount=amount, receipt_number=receipt_number, recorded_by=by
    )
    papers.attach(by=by, case=case, uploads=files, stage="execution", kind="缴款票据")
    flags.save(case)
    if not outstanding(case):
        clocks.meet(thing=case, kind=terms.PAY.kind)
    trail.record(
        by=by,
        posting=posting,
        act=ACTS.get("record_payment"),
        thing=case,
        happened_on=paid_on,
        changes={str(item): ("", f"{amount.normalize():f}元"), "票据号": ("", receipt_number)},
    )
    return case


def _money_item(case, item) -> PenaltyItem:
    item = PenaltyItem.objects.select_related("decision").get(pk=item.pk)
    if item.decision.case_id != case.pk or item.decision.state != DecisionState.MADE:
        raise Refused("这一处罚项不属于本案有效的处罚决定，请刷新页面。")
    if item.kind not in MONEY_KINDS:
        raise Refused(f"“{item}”不是缴款事项，请选罚款或没收违法所得。")
    return item


def _refuse_over(item, amount, over):
    left = Decimal(max(dues.owed(item), 0)).normalize()
    if amount > left and not over:
        raise Refused(
            f"缴纳{amount.normalize():f}元，多于“{item}”还没有缴的{left:f}元，请核对金额和单位。"
            "确实多缴或者含加处罚款的，请勾选“多于应缴金额，照票据登记”。"
        )


@transaction.atomic
def withdraw_payment(*, by, case, version=None, payment, reason):
    """Take back a payment entered by mistake, with the reason; the days to pay run again."""
    case = deeds.lock(case, version)
    posting = ACTS.require("withdraw_payment", by, case)
    payment = Payment.objects.select_for_update().get(pk=payment.pk)
    if payment.item.decision.case_id != case.pk:
        raise Refused("这笔缴款不属于本案，请刷新页面。")
    take_back(payment, reason)
    changes = flags.save(case)
    _run_again(case)
    trail.record(
        by=by,
        posting=posting,
        act=ACTS.get("withdraw_payment"),
        thing=case,
        reason=reason,
        changes={
            **changes,
            str(payment.item): (str(payment), "撤回"),
            "票据号": (payment.receipt_number, ""),
        },
    )
    return case


def _run_again(case):
    """The clock of payment, where it had ended by what is now taken back."""
    served = [one.served_on for one in dues.standing_decisions(case) if one.served_on]
    if served and outstanding(case) and case.state != CaseState.CLOSED:
        clocks.start(term=terms.PAY, thing=case, counted_from=max(served), url=case.get_absolute_url())


def take_back(fact, reason) -> None:
    """Mark a fact as withdrawn, with the reason; it stays on record and counts no more."""
    if fact.withdrawn_at:
        raise Refused("这一项已经撤回，请刷新页面。")
    if not reason.strip():
        raise Refused("请写明撤回理由。")
    fact.withdrawn_at, fact.withdrawn_reason = timezone.now(), reason.strip()
    fact.save(update_fields=["withdrawn_at", "withdrawn_reason"])


def accept_restoration(**values):
    """Record an inspection of 恢复原状; 是 in a ledger only when accepted as complete."""
    return _accept("accept_restoration", OrderKind.RESTORATION, **values)


def accept_shutdown(**values):
    """Record an inspection of 取缔 (两断三清); 是 in a ledger only when accepted as complete."""
    return _accept("accept_shutdown", OrderKind.SHUTDOWN, **values)


@transaction.atomic
def _accept(name, kind, *, by, case, version=None, happened_on, complete, finding, files=()):
    case = deeds.lock(case, version)
    posting = ACTS.require(name, by, case)
    refuse_future("验收日期", happened_on)
    if not finding.strip():
        raise Refused("请写明验收情况。")
    one = Acceptance.objects.create(
        case=case, kind=kind, happened_on=happened_on, complete=complete, finding=finding, accepted_by=by
    )
    label = f"{one.get_kind_display()}验收"
    papers.attach(by=by, case=case, uploads=files, stage="execution", kind=f"{label}照片")
    flags.save(case)
    trail.record(
        by=by,
        posting=posting,
        act=ACTS.get(name),
        thing=case,
        happened_on=happened_on,
        changes={label: ("", _result(one))},
        reason=finding,
    )
    return case


def _result(acceptance) -> str:
    return "已完成" if acceptance.complete else "未完成"


@transaction.atomic
def withdraw_acceptance(*, by, case, version=None, acceptance, reason):
    """Take back an inspection entered by mistake; the one before it holds again."""
    case = deeds.lock(case, version)
    posting = ACTS.require("withdraw_acceptance", by, case)
    one = Acceptance.objects.select_for_update().get(pk=acceptance.pk)
    if one.case_id != case.pk:
        raise Refused("这次验收不属于本案，请刷新页面。")
    take_back(one, reason)
    changes = flags.save(case)
    label = f"{one.get_kind_display()}验收"
    trail.record(
        by=by,
        posting=posting,
        act=ACTS.get("withdraw_acceptance"),
        thing=case,
        reason=reason,
        changes={**changes, label: (f"{one.happened_on} {_result(one)}", "撤回")},
    )
    return case


def accepted(case, kind) -> bool | None:
    """是, 否 or not known for restoration or 取缔: the newest inspection that stands."""
    standing = [a for a in case.acceptances.all() if a.kind == kind and not a.withdrawn_at]
    return standing[0].complete if standing else None
