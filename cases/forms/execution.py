"""Forms of 执行: payments and completion checks on the ground."""

from django import forms

from cases.models import MONEY_KINDS, THING_KINDS, DecisionState, Payment, PenaltyItem
from cases.services.completion import CheckResult
from cases.services.execution import PaymentEntry
from cases.services.items import item_words
from common.forms.acts import ActForm
from common.forms.fields import ManyFilesField, PastDay, long_text
from common.forms.quantities import money_field


class Items(forms.ModelChoiceField):
    """Penalty items in words with their decision's number."""

    def label_from_instance(self, item):
        """罚款 84000元（交自然资罚字〔2026〕3号）."""
        return f"{item_words(item)}（{item.decision.number}）"


class PaymentForm(ActForm):
    """缴纳."""

    item = Items(label="缴纳事项", queryset=None, empty_label=None)
    paid_on = PastDay(label="缴纳日期")
    amount = money_field("缴纳金额", holds=Payment.amount)
    over = forms.BooleanField(
        label="多于应缴金额，照票据登记", required=False, help_text="多缴或者含加处罚款的勾选"
    )
    receipt_number = forms.CharField(label="票据号", max_length=60, required=False)
    files = ManyFilesField(label="票据", required=False)

    def prepare(self):
        """Fines and confiscated income of decisions that stand."""
        self.fields["item"].queryset = PenaltyItem.objects.filter(
            decision__case=self.thing, decision__state=DecisionState.MADE, kind__in=MONEY_KINDS
        ).select_related("decision")

    def clean(self):
        """The payment as one entry."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        return {"files": cleaned.pop("files"), "entry": PaymentEntry(**cleaned)}


class CarryOutForm(ActForm):
    """没收实物、拆除 carried out."""

    item = Items(label="处罚项", queryset=None, empty_label=None)
    happened_on = PastDay(label="执行日期")
    note = forms.CharField(
        label="执行情况", max_length=300, help_text="如 移交县财政局清点820吨；部分执行的写明数量"
    )
    files = ManyFilesField(label="移交书、清单、照片", required=False)

    def prepare(self):
        """Penalties on things of decisions that stand."""
        self.fields["item"].queryset = PenaltyItem.objects.filter(
            decision__case=self.thing, decision__state=DecisionState.MADE, kind__in=THING_KINDS
        ).select_related("decision")


class CompletionCheckForm(ActForm):
    """验收."""

    happened_on = PastDay(label="验收日期")
    complete = forms.TypedChoiceField(
        label="是否完成",
        choices=[("yes", "已完成"), ("no", "未完成")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        help_text="已完成的，台账记“是”；未完成的记“否”",
    )
    finding = long_text("验收情况", max_length=4000)
    files = ManyFilesField(label="现场照片", required=False)

    def clean(self):
        """What was found as one result."""
        cleaned = super().clean()
        return cleaned if self.errors else {"result": CheckResult(**cleaned)}
