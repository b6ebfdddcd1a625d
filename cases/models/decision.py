"""The decision with its penalty items, in the law's own shape, and how it was carried out."""

from django.db import models

from accounts.models import StoredFile, User
from accounts.models.sealed import Sealed
from cases.models.case import Case, Violation
from cases.models.findings import Fact
from cases.stages import DecisionState
from common.quantities import show_money
from law import mitigation
from registry import codes
from registry.models import Party

# Penalties that are paid in 元, and those carried out on things (没收实物、拆除).
MONEY_KINDS = frozenset(item["code"] for item in codes.items("penalty_kinds") if item["measure"] == "money")
THING_KINDS = frozenset(
    item["code"]
    for item in codes.items("penalty_kinds")
    if item["measure"] in ("tonnes", "items", "square_metres")
)


class Decision(models.Model):
    """A 行政处罚决定书: number, day, service; entered once beside its scan."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    state = models.CharField("状态", max_length=10, choices=DecisionState, default=DecisionState.PROPOSED)
    number = models.CharField("决定书文号", max_length=80, blank=True)
    decided_on = models.DateField("决定日期", null=True, blank=True)
    # The last of its parties' (models/serving.py), None while one is left: kept by services/serving.py.
    served_on = models.DateField("送达日期", null=True, blank=True)
    service_mode = models.CharField(
        "送达方式", max_length=20, blank=True, choices=codes.choices("service_modes")
    )
    basis = models.TextField("违法事实和处罚依据", blank=True)
    orders = models.JSONField("责令事项", default=list, blank=True)
    orders_due_on = models.DateField("责令期限", null=True, blank=True)
    # Of decisions made before each gap had a reason of its own (models/weighing.py: OptOut).
    opt_out_reason = models.TextField("没收少于认定的理由", blank=True)
    mitigation = models.CharField(
        "减轻处罚的情形",
        max_length=12,
        blank=True,
        choices=[(code, words) for code, (words, _) in mitigation.GROUNDS.items()],
    )
    serious = models.BooleanField("情节复杂或者重大", default=False)
    scan = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="决定书扫描件"
    )
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    issued = models.BooleanField("补录", default=False, help_text="已作出后录入，未经系统呈批")
    revoked_on = models.DateField("撤销日期", null=True, blank=True)
    revoked_reason = models.CharField("撤销理由", max_length=200, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = verbose_name_plural = "处罚决定"

    def __str__(self):
        return self.number or f"处罚决定（{self.get_state_display()}）"

    @property
    def order_labels(self) -> list[str]:
        """What was ordered beside the penalties, in words (责令…, no penalty)."""
        return [codes.label("measures_not_penalty", code) for code in self.orders]


class PenaltyItem(Sealed):
    """One penalty: party, violation, kind, amount (元) or quantity with its unit."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="items")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+", verbose_name="当事人")
    violation = models.ForeignKey(
        Violation, models.PROTECT, null=True, related_name="+", verbose_name="违法行为"
    )
    side = models.CharField("方面", max_length=8, choices=[("mining", "采矿"), ("land", "占地")])
    kind = models.CharField("处罚种类", max_length=30, choices=codes.choices("penalty_kinds"))
    amount = models.DecimalField("金额（元）", max_digits=16, decimal_places=2, null=True, blank=True)
    tonnes = models.DecimalField("数量（吨）", max_digits=16, decimal_places=4, null=True, blank=True)
    area = models.DecimalField("面积（平方米）", max_digits=14, decimal_places=4, null=True, blank=True)
    text = models.CharField("内容", max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = verbose_name_plural = "处罚项"

    def __str__(self):
        return self.get_kind_display()


class Payment(models.Model):
    """A fine or illegal income paid in; statistics only, never a ledger's fine column."""

    item = models.ForeignKey(PenaltyItem, models.PROTECT, related_name="payments")
    paid_on = models.DateField("缴纳日期")
    amount = models.DecimalField("金额（元）", max_digits=16, decimal_places=2)
    receipt_number = models.CharField("票据号", max_length=60, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField("撤回理由", max_length=200, blank=True)

    class Meta:
        ordering = ["paid_on", "pk"]
        verbose_name = verbose_name_plural = "缴款"

    def __str__(self):
        return f"{self.paid_on} {show_money(self.amount)}元"


class CarryingOut(Fact):
    """A penalty on things carried out on a day: minerals or tools taken, a building pulled down."""

    item = models.ForeignKey(PenaltyItem, models.PROTECT, related_name="carried_out")
    happened_on = models.DateField("执行日期")
    note = models.CharField("执行情况", max_length=300)

    class Meta:
        ordering = ["happened_on", "pk"]
        verbose_name = verbose_name_plural = "处罚项执行"

    def __str__(self):
        return f"{self.happened_on} {self.item}"


class CompletionKind(models.TextChoices):
    """What must be carried out on the ground and inspected."""

    RESTORATION = "restoration", "恢复原状"
    SHUTDOWN = "shutdown", "取缔"


class CompletionCheck(models.Model):
    """Restoration or 取缔 inspected: 是 in a ledger only when found complete."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="completion_checks")
    kind = models.CharField("事项", max_length=12, choices=CompletionKind)
    happened_on = models.DateField("验收日期")
    complete = models.BooleanField("已完成")
    finding = models.TextField("验收情况")
    checked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="验收人")
    recorded_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField("撤回理由", max_length=200, blank=True)

    class Meta:
        ordering = ["-happened_on", "-pk"]
        verbose_name = verbose_name_plural = "验收"

    def __str__(self):
        return f"{self.get_kind_display()} {self.happened_on}"


class Closing(models.Model):
    """Why and how a case ends (自然资源行政处罚办法 art 46)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="closings")
    ground = models.CharField("结案理由", max_length=24, choices=codes.choices("closing_grounds"))
    text = models.TextField("处理结果和执行情况")
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    approved = models.BooleanField("批准", null=True)
    entered = models.BooleanField("补录", default=False, help_text="旧案结案后录入，未经系统呈批")
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = verbose_name_plural = "结案"

    def __str__(self):
        return self.get_ground_display()
