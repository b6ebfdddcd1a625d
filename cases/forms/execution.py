"""Forms of 执行: payments and completion checks on the ground."""

from django import forms
from django.db.models import Case, When

from accounts.models import local_today
from cases.forms.choices import LongSelect
from cases.models import MONEY_KINDS, THING_KINDS, DecisionState, Payment, PenaltyItem
from cases.services import dues
from cases.services.completion import CheckResult
from cases.services.execution import PaymentEntry
from cases.services.items import item_words
from common.forms.acts import ActForm
from common.forms.fields import ManyFilesField, PastDay, long_text
from common.forms.quantities import money_field
from common.quantities import show_money


class Items(forms.ModelChoiceField):
    """Penalty items in words with whom they strike and their decision's number; what is done already last."""

    widget = LongSelect

    def label_from_instance(self, item):
        """张三：罚款 84,000元（交自然资罚字〔2026〕3号）."""
        party = f"{item.party}：" if item.party else ""
        return f"{party}{item_words(item)}（{item.decision.number}）"

    def of(self, case, kinds, waits):
        """Offer the items of these kinds of decisions that stand, those that still wait first."""
        rows = PenaltyItem.objects.filter(
            decision__case=case, decision__state=DecisionState.MADE, kind__in=kinds
        )
        rows = rows.select_related("decision", "party").prefetch_related("payments", "carried_out")
        open_ones = [item.pk for item in rows if waits(item)]
        self.queryset = rows.order_by(Case(When(pk__in=open_ones, then=0), default=1), "pk")


class OwedSelect(LongSelect):
    """Each option says what is still owed; app.js puts that into the field named in data-fills."""

    def create_option(self, name, value, *args, **kwargs):
        """An option of one item."""
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"]["data-fill"] = _owed(value.instance)
        return option


class Owed(Items):
    """Items that are paid in 元, each with what is still owed."""

    widget = OwedSelect(attrs={"data-fills": "amount"})

    def label_from_instance(self, item):
        """张三：罚款 84,000元（交自然资罚字〔2026〕3号），还没有缴 4,000元."""
        left = _owed(item)
        return super().label_from_instance(item) + (f"，还没有缴 {left}元" if left else "，已缴清")


def _owed(item) -> str:
    """4,000; "" where nothing is owed."""
    return show_money(max(dues.owed(item), 0) or None)


class PaymentForm(ActForm):
    """缴纳."""

    item = Owed(label="缴纳事项", queryset=None, empty_label=None)
    paid_on = PastDay(label="缴纳日期", initial=local_today)
    amount = money_field("缴纳金额", holds=Payment.amount)
    over = forms.BooleanField(
        label="多于应缴金额，照票据登记", required=False, help_text="多缴或者含加处罚款的勾选"
    )
    receipt_number = forms.CharField(label="票据号", max_length=60, required=False)
    files = ManyFilesField(label="票据", required=False)

    def prepare(self):
        """Fines and confiscated income of decisions that stand, and what is owed of the first."""
        self.fields["item"].of(self.thing, MONEY_KINDS, lambda item: dues.owed(item) > 0)
        first = self.fields["item"].queryset.first()
        self.fields["amount"].initial = _owed(first) if first else ""

    def clean(self):
        """The payment as one entry."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        return {"files": cleaned.pop("files"), "entry": PaymentEntry(**cleaned)}


class CarryOutForm(ActForm):
    """没收实物、拆除 carried out."""

    item = Items(label="处罚项", queryset=None, empty_label=None)
    happened_on = PastDay(label="执行日期", initial=local_today)
    note = forms.CharField(
        label="执行情况", max_length=300, help_text="如 移交县财政局清点820吨；部分执行的写明数量"
    )
    files = ManyFilesField(label="移交书、清单、照片", required=False)

    def prepare(self):
        """Penalties on things of decisions that stand."""
        self.fields["item"].of(self.thing, THING_KINDS, lambda item: not dues.is_carried_out(item))


class CompletionCheckForm(ActForm):
    """验收."""

    happened_on = PastDay(label="验收日期", initial=local_today)
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
