"""Forms of 当事人: one more, who an unknown one is, one set right, one taken off."""

from django import forms

from cases.forms.choices import Said, reason_field
from common.forms.acts import ActForm
from common.identifiers import BadIdentifier
from registry.forms.parties import SECRET, PartyRow
from registry.models import PartyKind
from registry.services.sealing import read_identity


class PartyFields(forms.Form):
    """A party: a person, a firm, or 当事人不明."""

    kind = forms.ChoiceField(label="当事人类型", choices=PartyKind.choices)
    name = forms.CharField(
        label="姓名或名称",
        max_length=120,
        widget=forms.TextInput(attrs=SECRET),
        error_messages={"required": "请填写姓名或名称；还不知道是谁的，类型选“当事人不明”。"},
    )
    identity = forms.CharField(
        label="身份证号或统一社会信用代码",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs=SECRET),
    )
    representative = forms.CharField(label="法定代表人", max_length=60, required=False)
    address = forms.CharField(label="住址或住所", max_length=200, required=False)
    phone = forms.CharField(label="电话", max_length=30, required=False, widget=forms.TextInput(attrs=SECRET))
    applies = {
        "name": ("kind", PartyRow.NAMED),
        "identity": ("kind", PartyRow.NAMED),
        "representative": ("kind", (PartyKind.ORGANISATION,)),
        "address": ("kind", PartyRow.NAMED),
        "phone": ("kind", PartyRow.NAMED),
    }
    upfront = ("name", "identity", "representative")

    def clean(self):
        """A name but for 当事人不明; a number that is one."""
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind == PartyKind.UNKNOWN:
            self.errors.pop("name", None)
            cleaned["name"] = ""
        try:
            read_identity(kind, cleaned.get("identity") or "")
        except BadIdentifier as wrong:
            self.add_error("identity", str(wrong))
        return cleaned


class PartyForm(PartyFields, ActForm):
    """One more party."""


class NamePartyForm(PartyFields, ActForm):
    """Who the unknown party is."""

    row = forms.ModelChoiceField(label="原登记为", queryset=None, empty_label=None)
    kind = forms.ChoiceField(
        label="当事人类型", choices=[each for each in PartyKind.choices if each[0] != "unknown"]
    )
    field_order = ["row"]

    def prepare(self):
        """The unknown parties of the case."""
        self.fields["row"].queryset = self.thing.parties.filter(party__kind=PartyKind.UNKNOWN)


class WhichParty(Said):
    """A party of the case, its number masked beside the name."""

    def __init__(self, label="当事人", **kwargs):
        super().__init__(label, _party_words, **kwargs)


def _party_words(row) -> str:
    number = row.party.identity_masked
    return f"{row.party}（{number}）" if number else str(row.party)


class CorrectPartyForm(PartyFields, ActForm):
    """更正当事人: the fields as they stand; a number or phone is typed again or left empty."""

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
        help_text = "不更正的留空，仍按原来登记的"
        self.fields["identity"].help_text = self.fields["phone"].help_text = help_text


class RemovePartyForm(ActForm):
    """去掉当事人."""

    row = WhichParty("去掉哪一名当事人")
    reason = reason_field("去掉的理由")

    def prepare(self):
        """The parties of the case."""
        self.fields["row"].queryset = self.thing.parties.select_related("party")
