"""The list of parties on a form: several rows, the identity number checked in each."""

from django import forms

from common.forms.rows import Rows, TakesRows
from common.identifiers import BadIdentifier
from registry.models import PartyKind
from registry.services.parties import PartyDetails
from registry.services.sealing import read_identity

SECRET = {"data-secret": "", "autocomplete": "off"}


class PartyRow(forms.Form):
    """One party; a row left empty is no party."""

    DETAILS = ("kind", "name", "identity", "phone", "representative", "address")
    kind = forms.ChoiceField(label="当事人类型", choices=PartyKind.choices, initial=PartyKind.PERSON)
    name = forms.CharField(
        label="姓名或名称", max_length=120, required=False, help_text="不知道是谁的，类型选“当事人不明”"
    )
    identity = forms.CharField(
        label="证件号码",
        max_length=40,
        required=False,
        help_text="身份证号码或统一社会信用代码",
        widget=forms.TextInput(attrs=SECRET),
    )
    phone = forms.CharField(label="电话", max_length=40, required=False, widget=forms.TextInput(attrs=SECRET))
    representative = forms.CharField(label="法定代表人", max_length=60, required=False)
    address = forms.CharField(label="住址或住所", max_length=200, required=False)
    identity_ok = forms.BooleanField(
        label="与证照一致，仍按填写的保存", required=False, widget=forms.HiddenInput()
    )

    NAMED = (PartyKind.PERSON, PartyKind.ORGANISATION)
    applies = {
        "name": ("kind", NAMED),
        "identity": ("name", ("*",)),
        "phone": ("name", ("*",)),
        "representative": ("kind", (PartyKind.ORGANISATION,)),
        "address": ("name", ("*",)),
    }

    def clean(self):
        """A name but for 当事人不明; the number by its own rules."""
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind != PartyKind.UNKNOWN and not cleaned.get("name"):
            self.add_error("name", "请填写姓名或名称；还不知道是谁的，类型选“当事人不明”。")
        if kind and "identity" in cleaned:
            self._check_identity(kind, cleaned["identity"])
        return cleaned

    def _check_identity(self, kind: str, typed: str) -> None:
        try:
            identity = read_identity(kind, typed)
        except BadIdentifier as wrong:
            self.add_error("identity", str(wrong))
            return
        self.index = identity.index if identity else ""
        if identity and identity.warnings and not self.cleaned_data.get("identity_ok"):
            # A code of the pilot years fails the check and is valid: ask once, then take it.
            self.fields["identity_ok"].widget = forms.CheckboxInput()
            self.add_error("identity", identity.warnings[0])

    def details(self) -> PartyDetails:
        """The party as typed."""
        return PartyDetails(**{name: self.cleaned_data[name] for name in self.DETAILS})


MOST = 60


class Parties(Rows):
    """The rows with what each is called; none stands there before its button was pressed."""

    noun = "当事人"


class PartiesMixin(TakesRows, forms.Form):
    """A form with a list of parties; cleaned_data["parties"] holds their details.

    A form may name its list otherwise (`parties_key`), and begin with rows that stand open.
    """

    parties_title = "当事人"
    parties_key = "parties"
    parties_shown = 0

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        shown = self.parties_shown
        factory = forms.formset_factory(PartyRow, formset=Parties, extra=shown, max_num=MOST)
        self.take_rows(factory, prefix="party", shown=shown, most=MOST)

    @property
    def formsets(self) -> list[dict]:
        """What parts/act.html draws below the fields, where no section took the rows."""
        if any(names == "rows" for _, names in getattr(self, "sections", ())):
            return []
        return [{"title": self.parties_title, "formset": self.rows}]

    def clean(self):
        """Bring the rows in; a fault in a row is a fault of the form."""
        cleaned = super().clean()
        try:
            filled = self.filled_rows(self.parties_title)
        except forms.ValidationError as wrong:
            self.add_error(None, wrong)
            return cleaned
        cleaned[self.parties_key] = [row.details() for row in filled]
        self.party_indexes = [getattr(row, "index", "") for row in filled]
        return cleaned
