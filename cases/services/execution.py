"""执行: payments, and what was carried out on the ground and accepted (恢复原状, 取缔)."""

from django.db import transaction

from accounts.models import local_today
from accounts.services import clocks, deeds, trail
from cases import terms
from cases.acts import ACTS
from cases.models import Acceptance, DecisionState, OrderKind, Payment, PenaltyItem
from cases.services import flags, papers
from cases.services.decision import MONEY
from common.errors import Refused


@transaction.atomic
def record_payment(*, by, case, version=None, item, paid_on, amount, receipt_number="", files=()):
    """Record what was paid in for one item (元): statistics only, ledgers show what was decided."""
    case = deeds.lock(case, version)
    posting = ACTS.require("record_payment", by, case)
    item = PenaltyItem.objects.select_related("decision").get(pk=item.pk)
    if item.decision.case_id != case.pk or item.decision.state != DecisionState.MADE:
        raise Refused("这一处罚项不属于本案有效的处罚决定，请刷新页面。")
    if item.kind not in MONEY:
        raise Refused(f"“{item}”不是缴款事项，请选罚款或没收违法所得。")
    if amount <= 0:
        raise Refused("缴纳金额应大于零。")
    if paid_on > local_today() or paid_on < item.decision.decided_on:
        raise Refused("缴纳日期应在决定日期之后、今天之前，请核对。")
    Payment.objects.create(
        item=item, paid_on=paid_on, amount=amount, receipt_number=receipt_number, recorded_by=by
    )
    papers.attach(by=by, case=case, uploads=files, stage="execution", kind="缴款票据")
    flags.save(case)
    if not outstanding(case):
        clocks.meet(thing=case, kind=terms.PAY.kind)
    trail.record(
        by=by, posting=posting, act=ACTS.get("record_payment"), thing=case, happened_on=paid_on,
        changes={str(item): ("", f"{amount.normalize():f}元"), "票据号": ("", receipt_number)},
    )  # fmt: skip
    return case


def outstanding(case):
    """What is still to be paid on standing decisions, in 元 (never below zero for an item)."""
    items = PenaltyItem.objects.filter(
        decision__case=case, decision__state=DecisionState.MADE, kind__in=MONEY
    ).prefetch_related("payments")
    return sum(
        max((item.amount or 0) - sum(one.amount for one in item.payments.all()), 0)
        for item in items
    )


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
    if happened_on > local_today():
        raise Refused("验收日期不能晚于今天，请核对。")
    if not finding.strip():
        raise Refused("请写明验收情况。")
    one = Acceptance.objects.create(
        case=case, kind=kind, happened_on=happened_on, complete=complete, finding=finding,
        accepted_by=by,
    )  # fmt: skip
    label = f"{one.get_kind_display()}验收"
    papers.attach(by=by, case=case, uploads=files, stage="execution", kind=f"{label}照片")
    flags.save(case)
    trail.record(
        by=by, posting=posting, act=ACTS.get(name), thing=case, happened_on=happened_on,
        changes={label: ("", "已完成" if complete else "未完成")}, reason=finding,
    )  # fmt: skip
    return case
