"""执行: payments, and how each is taken back. What is checked on the ground: services/completion.py."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import deeds, trail
from cases.acts import ACTS
from cases.models import (
    MONEY_KINDS,
    CarryingOut,
    Case,
    CompletionCheck,
    DecisionState,
    Detention,
    Payment,
    PenaltyItem,
)
from cases.services import dues, flags, papers, paying
from cases.services.days import refuse_future
from common.errors import Refused
from common.fitting import refuse_too_large
from common.quantities import show_money


@dataclass(frozen=True)
class PaymentEntry:
    """What was paid in for one item: on which day, how much (元), by which receipt.

    More than is owed is entered only when `over` says that it is so (加处罚款, a double payment).
    """

    item: PenaltyItem
    paid_on: date
    amount: Decimal
    receipt_number: str = ""
    over: bool = False


@transaction.atomic
def record_payment(
    *,
    by: User,
    case: Case,
    version: int | str | None = None,
    entry: PaymentEntry,
    files: Iterable[UploadedFile] = (),
) -> Case:
    """Record a payment: statistics only, ledgers show what was decided."""
    case = deeds.lock(case, version)
    act = ACTS.get("record_payment")
    posting = ACTS.require(act.name, by, case)
    item, amount = _money_item(case, entry.item), entry.amount
    if amount <= 0:
        raise Refused("缴纳金额应大于零。")
    refuse_too_large(Payment, {"amount": amount})
    refuse_future("缴纳日期", entry.paid_on)
    _refuse_over(item, amount, entry.over)
    Payment.objects.create(
        item=item,
        paid_on=entry.paid_on,
        amount=amount,
        receipt_number=entry.receipt_number,
        recorded_by=by,
    )
    papers.attach(by=by, case=case, uploads=files, stage="execution", kind="缴款票据")
    flags.save(case)
    paying.settle(case)
    trail.record(
        by=by,
        posting=posting,
        act=act,
        thing=case,
        happened_on=entry.paid_on,
        changes={str(item): ("", f"{show_money(amount)}元"), "票据号": ("", entry.receipt_number)},
    )
    return case


def _money_item(case: Case, item: PenaltyItem) -> PenaltyItem:
    item = PenaltyItem.objects.select_related("decision").get(pk=item.pk)
    if item.decision.case_id != case.pk or item.decision.state != DecisionState.MADE:
        raise Refused("这一处罚项不属于本案有效的处罚决定，请刷新页面。")
    if item.kind not in MONEY_KINDS:
        raise Refused(f"“{item}”不是缴款事项，请选罚款或没收违法所得。")
    return item


def _refuse_over(item: PenaltyItem, amount: Decimal, over: bool) -> None:
    left = Decimal(max(dues.owed(item), 0)).normalize()
    if amount > left and not over:
        raise Refused(
            f"缴纳{show_money(amount)}元，多于“{item}”还没有缴的{show_money(left)}元，请核对金额和单位。"
            "确实多缴或者含加处罚款的，请勾选“多于应缴金额，照票据登记”。"
        )


@transaction.atomic
def withdraw_payment(
    *, by: User, case: Case, version: int | str | None = None, payment: Payment, reason: str
) -> Case:
    """Take back a payment entered by mistake, with the reason; the days to pay run again."""
    case = deeds.lock(case, version)
    posting = ACTS.require("withdraw_payment", by, case)
    payment = Payment.objects.select_for_update().get(pk=payment.pk)
    if payment.item.decision.case_id != case.pk:
        raise Refused("这笔缴款不属于本案，请刷新页面。")
    take_back(payment, reason)
    changes = flags.save(case)
    paying.settle(case)
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


def take_back(fact: Payment | CarryingOut | CompletionCheck | Detention, reason: str) -> None:
    """Mark a fact as withdrawn, with the reason; it stays on record and counts no more."""
    if fact.withdrawn_at:
        raise Refused("这一项已经撤回，请刷新页面。")
    if not reason.strip():
        raise Refused("请写明撤回理由。")
    fact.withdrawn_at, fact.withdrawn_reason = timezone.now(), reason.strip()
    fact.save(update_fields=["withdrawn_at", "withdrawn_reason"])
