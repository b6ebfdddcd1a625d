"""Forms that take back or set right: each asks for the reason."""

from dataclasses import replace

from django import forms

from cases.forms.choices import Said, reason_field
from cases.forms.decision import ItemRow, plain
from cases.forms.saying import (
    BEFORE,
    SAID,
    SAID_NAMES,
    SaidFields,
    WeighedFields,
    before_of,
    reasons_given,
    said_of,
)
from cases.models import CarryingOut, CompletionCheck, Decision, DecisionState, Payment, PenaltyItem
from cases.services.corrections import DecisionCorrection
from cases.services.items import item_words
from common.forms.acts import ActForm
from common.forms.fields import PastDay
from common.forms.rows import WithRows


def _payment_words(payment) -> str:
    receipt = f"，票据号{payment.receipt_number}" if payment.receipt_number else ""
    return f"{payment}（{item_words(payment.item)}{receipt}）"


class WithdrawPaymentForm(ActForm):
    """撤回缴款登记."""

    payment = Said("撤回哪一笔缴款", _payment_words)
    reason = reason_field()

    def prepare(self):
        """The payments that stand."""
        self.fields["payment"].queryset = Payment.objects.filter(
            item__decision__case=self.thing, withdrawn_at=None
        ).select_related("item")


def _check_words(check) -> str:
    return f"{check.happened_on} {check.get_kind_display()} {'已完成' if check.complete else '未完成'}"


class WithdrawCompletionCheckForm(ActForm):
    """撤回验收."""

    completion_check = Said("撤回哪一次验收", _check_words)
    reason = reason_field()

    def prepare(self):
        """The inspections that stand."""
        self.fields["completion_check"].queryset = CompletionCheck.objects.filter(
            case=self.thing, withdrawn_at=None
        )


class WithdrawCarryingOutForm(ActForm):
    """撤回执行登记."""

    carried_out = Said(
        "撤回哪一次执行", lambda done: f"{done.happened_on} {item_words(done.item)}（{done.note}）"
    )
    reason = reason_field()

    def prepare(self):
        """What stands as carried out."""
        self.fields["carried_out"].queryset = CarryingOut.objects.filter(
            item__decision__case=self.thing, withdrawn_at=None
        ).select_related("item")


class CorrectCaseNumberForm(ActForm):
    """更正案号."""

    number = forms.CharField(label="正确的案号", max_length=80, help_text="照立案呈批表和文书上的案号填写")
    reason = reason_field("更正理由")


class CorrectedItem(ItemRow):
    """One penalty as it stands, or one that was forgotten."""

    item = forms.ModelChoiceField(
        queryset=PenaltyItem.objects.none(), required=False, widget=forms.HiddenInput
    )

    def prepare(self):
        """The items of the decision that is corrected."""
        super().prepare()
        self.fields["item"].queryset = PenaltyItem.objects.filter(
            decision__case=self.owner.thing, decision__state=DecisionState.MADE
        )


class CorrectNumberForm(ActForm):
    """更正处罚决定 that a leader approved: its number and day."""

    decision = forms.ModelChoiceField(queryset=Decision.objects.none(), widget=forms.HiddenInput)
    number = forms.CharField(label="决定书文号", max_length=80)
    decided_on = PastDay(label="决定日期")
    reason = reason_field("更正理由")

    def prepare(self):
        """The decisions of the case that stand."""
        self.fields["decision"].queryset = self.thing.decisions.filter(state=DecisionState.MADE)

    def clean(self):
        """What it should have said as one correction."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        head = {name: cleaned.pop(name) for name in ("decision", "reason")}
        return {
            **head,
            "correction": DecisionCorrection(cleaned.pop("number"), cleaned.pop("decided_on")),
            **cleaned,
        }


class CorrectUnweighedForm(WeighedFields, CorrectNumberForm):
    """更正处罚决定 that a leader approved, with no 法制审核 and 集体讨论 on record: also what there was."""

    sections = [("决定书", ["number", "decided_on"]), *BEFORE, ("更正", ["reason"])]
    upfront = BEFORE[0][1]

    def clean(self):
        """With what came before it."""
        cleaned = super().clean()
        weighed = self.take_weighed(cleaned)
        if self.errors:
            return cleaned
        return {**cleaned, "correction": replace(cleaned["correction"], weighed=weighed)}


class CorrectDecisionForm(WithRows, WeighedFields, SaidFields, CorrectNumberForm):
    """更正处罚决定 that was 补录: all that was typed from the paper, and what came before it."""

    row_class, rows_name, rows_title = CorrectedItem, "items", "处罚项"
    sections = [
        ("决定书", ["number", "decided_on"]),
        ("处罚项", "rows"),
        *BEFORE,
        *SAID,
        ("更正", ["reason"]),
    ]
    upfront = ("basis", *BEFORE[0][1])
    more_title = "责令事项、减轻处罚的情形、没收少于认定的理由"

    only = {}  # rows are those of the paper

    def may_take_less(self):
        """Also what the decision gives a reason for already."""
        return {**super().may_take_less(), **reasons_given(self.initial.get("decision"))}

    def clean(self):
        """Every item that stays, changed or not; the words, the reasons, what came before."""
        cleaned = super().clean()
        cleaned.pop("items")
        weighed, reasons = self.take_weighed(cleaned), self.take_reasons(cleaned)
        said = {name: cleaned.pop(name, None) for name in SAID_NAMES}
        if self.errors:
            return cleaned
        filled = [row for row in self.rows if row.has_changed() or row.initial.get("item")]
        items = [row.cleaned_data for row in filled if not row.cleaned_data.get("gone")]
        more = {"items": items, "said": said, "reasons": reasons, "weighed": weighed}
        return {**cleaned, "correction": replace(cleaned["correction"], **more)}


def stands(decision) -> dict:
    """A decision as the initial values of the form of a proposal."""
    names = ("kind", "violation_id", "party_id", "side", "amount", "tonnes", "area", "text")
    rows = [
        {"item": item.pk, **{name.removesuffix("_id"): plain(getattr(item, name)) for name in names}}
        for item in decision.items.all()
    ]
    return {
        "decision": decision.pk,
        "number": decision.number,
        "decided_on": decision.decided_on,
        "items": rows,
        **said_of(decision),
    }


def entered(decision) -> dict:
    """A decision as the initial values of the form, with what came before it."""
    return stands(decision) | before_of(decision)
