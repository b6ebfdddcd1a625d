"""Forms that take back or set right: each asks for the reason."""

from django import forms

from cases.forms.decision import ItemRow
from cases.forms.investigation import PartyFields
from cases.models import Acceptance, CarryingOut, Decision, DecisionState, Payment, PenaltyItem
from cases.services.items import item_words
from clues.models import PartyKind
from common.forms.acts import ActForm
from common.forms.fields import PastDay, long_text
from common.forms.rows import WithRows


def reason_field(label="撤回理由") -> forms.CharField:
    """Why; it stands in the record."""
    return long_text(label, max_length=200)


class Said(forms.ModelChoiceField):
    """Rows in the words that `say` finds for each."""

    def __init__(self, label, say=str, **kwargs):
        self.say = say
        super().__init__(queryset=None, label=label, empty_label=None, **kwargs)

    def label_from_instance(self, one):
        """In words."""
        return self.say(one)


def _payment_words(one) -> str:
    receipt = f"，票据号{one.receipt_number}" if one.receipt_number else ""
    return f"{one}（{item_words(one.item)}{receipt}）"


class WithdrawPaymentForm(ActForm):
    """撤回缴款登记."""

    payment = Said("撤回哪一笔缴款", _payment_words)
    reason = reason_field()

    def prepare(self):
        """The payments that stand."""
        self.fields["payment"].queryset = Payment.objects.filter(
            item__decision__case=self.thing, withdrawn_at=None
        ).select_related("item")


def _acceptance_words(one) -> str:
    return f"{one.happened_on} {one.get_kind_display()} {'已完成' if one.complete else '未完成'}"


class WithdrawAcceptanceForm(ActForm):
    """撤回验收."""

    acceptance = Said("撤回哪一次验收", _acceptance_words)
    reason = reason_field()

    def prepare(self):
        """The inspections that stand."""
        self.fields["acceptance"].queryset = Acceptance.objects.filter(case=self.thing, withdrawn_at=None)


class WithdrawCarryingOutForm(ActForm):
    """撤回执行登记."""

    carried_out = Said(
        "撤回哪一次执行", lambda one: f"{one.happened_on} {item_words(one.item)}（{one.note}）"
    )
    reason = reason_field()

    def prepare(self):
        """What stands as carried out."""
        self.fields["carried_out"].queryset = CarryingOut.objects.filter(
            item__decision__case=self.thing, withdrawn_at=None
        ).select_related("item")


class WhichParty(Said):
    """A party of the case, its number masked beside the name."""

    def __init__(self, label="当事人", **kwargs):
        super().__init__(label, _party_words, **kwargs)


def _party_words(row) -> str:
    number = row.party.identity_masked
    return f"{row.party}（{number}）" if number else str(row.party)


class CorrectPartyForm(PartyFields, ActForm):
    """更正当事人: the fields as they stand; a number or phone is typed anew or left empty."""

    row = WhichParty(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label="当事人类型", choices=[each for each in PartyKind.choices if each[0] != "unknown"]
    )
    reason = reason_field("更正理由")
    field_order = ["row"]

    def prepare(self):
        """The parties of the case that are known; what the number was, in stars."""
        self.fields["row"].queryset = self.thing.parties.exclude(
            party__kind=PartyKind.UNKNOWN
        ).select_related("party")
        kept = "不更正的留空，仍按原来登记的"
        self.fields["identity"].help_text = self.fields["phone"].help_text = kept


class RemovePartyForm(ActForm):
    """去掉当事人."""

    row = WhichParty("去掉哪一名当事人")
    reason = reason_field("去掉的理由")

    def prepare(self):
        """The parties of the case."""
        self.fields["row"].queryset = self.thing.parties.select_related("party")


class CorrectCaseNumberForm(ActForm):
    """更正案号."""

    number = forms.CharField(label="正确的案号", max_length=80, help_text="照立案呈批表和文书上的案号填写")
    reason = reason_field("更正理由")


class CorrectedItem(ItemRow):
    """One penalty as it stands, or one that was forgotten."""

    item = forms.ModelChoiceField(
        queryset=PenaltyItem.objects.none(), required=False, widget=forms.HiddenInput
    )
    gone = forms.BooleanField(label="删去这一项", required=False)

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


class CorrectDecisionForm(WithRows, CorrectNumberForm):
    """更正处罚决定 that was 补录: all that was typed from the paper."""

    row_class, rows_name, rows_title, rows_shown = CorrectedItem, "items", "处罚项", 1
    basis = long_text("违法事实和处罚依据", required=False)
    field_order = ["decision", "number", "decided_on", "basis", "reason"]

    def clean(self):
        """Every item that stays, changed or not."""
        cleaned = super().clean()
        kept = [row for row in self.rows if row.has_changed() or row.initial.get("item")]
        cleaned["items"] = [row.cleaned_data for row in kept if not row.cleaned_data.get("gone")]
        return cleaned


def stands(decision) -> dict:
    """A decision as the initial values of the form."""
    names = ("kind", "violation_id", "party_id", "side", "amount", "tonnes", "area", "text")
    rows = [
        {"item": one.pk, **{name.removesuffix("_id"): _plain(getattr(one, name)) for name in names}}
        for one in decision.items.all()
    ]
    return {
        "decision": decision.pk,
        "number": decision.number,
        "decided_on": decision.decided_on,
        "basis": decision.basis,
        "items": rows,
    }


def _plain(value):
    """A figure without trailing noughts, as it would be typed."""
    return f"{value.normalize():f}" if hasattr(value, "normalize") else value
