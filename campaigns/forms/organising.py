"""Forms of a campaign's books: fields come from the model, its own rules say what is wrong."""

from django import forms
from django.forms.models import fields_for_model

from accounts.forms.base import ActForm
from accounts.models import StoredFile, local_today
from accounts.services.roster import staff
from campaigns.models import (
    CampaignDocument,
    CampaignViolation,
    GroupMember,
    Honour,
    Liaison,
    Meeting,
    Phase,
    ScreeningTarget,
    TaskForce,
    TownshipInspection,
)
from campaigns.services.organising import MOST, faults
from cases.forms.base import RowForm, Rows, WithRows
from clues import codes
from clues.forms.fields import ViolationFields

SPARE = 2  # empty rows below those there are
LONG = ("reason", "note", "result", "text")


class BookForm(ActForm):
    """A row of a book. `thing` is the seat when adding, the row when amending.

    cleaned_data is what `amend_row` takes; `rows_of` makes of it what `add_rows` takes.
    """

    model = None
    left_out: tuple[str, ...] = ()

    def prepare(self):
        """The model's fields, in its order; a file that is there needn't come again."""
        names = [name for name in self.model.shown if name not in self.left_out]
        self.fields = {**fields_for_model(self.model, names, formfield_callback=self._field), **self.fields}
        if self.adding and self.model.when and not self._meta_of(self.model.when).null:
            self.fields[self.model.when].initial = local_today()

    @property
    def adding(self) -> bool:
        """Whether it is about a row that isn't there yet."""
        return not isinstance(self.thing, self.model)

    def _meta_of(self, name):
        return self.model._meta.get_field(name)

    def _field(self, field, **options):
        if field.related_model is StoredFile:
            there = not self.adding and getattr(self.thing, field.name)
            words = f"已有“{there}”，不选就不换。" if there else field.help_text
            return forms.FileField(
                label=field.verbose_name, required=not field.null and not there, help_text=words
            )
        made = field.formfield(**options)
        if isinstance(made, forms.TypedChoiceField):
            made.choices = [("", "请选择"), *(pair for pair in field.choices if pair[0])]
        elif field.name in LONG or isinstance(made.widget, forms.Textarea):
            made.widget = forms.Textarea(attrs={"rows": 3})
        return made

    def clean(self):
        """The rules of the model, each at its field."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        draft = self.model()
        for name, value in cleaned.items():
            if name in self.model.shown and not hasattr(value, "chunks"):
                setattr(draft, name, value)
        for name, sentences in faults(draft).items():
            self.add_error(name if name in self.fields else None, sentences)
        return cleaned

    @staticmethod
    def rows_of(cleaned: dict) -> list[dict]:
        """What `add_rows` takes: one row."""
        return [cleaned]


class GroupMemberForm(BookForm):
    """One of 领导小组 or its 办公室."""

    model = GroupMember


class LiaisonForm(BookForm):
    """联络人."""

    model = Liaison

    def prepare(self):
        """Only people of the own agency."""
        super().prepare()
        self.fields["person"].queryset = staff(self.thing.agency)
        self.fields["person"].empty_label = "不在本系统"


class PhaseForm(BookForm):
    """阶段."""

    model = Phase


class ViolationForm(ViolationFields, BookForm):
    """打击重点 and which violations of the code list it stands for."""

    model = CampaignViolation
    left_out = ("codes",)

    def __init__(self, *args, initial=None, **kwargs):
        given = (initial or {}).get("codes", ())
        sides = {
            f"{side}_violations": [code for code, _ in codes.violations_of(side) if code in given]
            for side in ("mining", "land")
        }
        super().__init__(*args, initial={**(initial or {}), **sides}, **kwargs)

    def prepare(self):
        """Words of the notice first, then what they stand for."""
        super().prepare()
        if self.adding:
            rows = self.model.objects.filter(
                campaign_id=self.thing.campaign_id, agency_id=self.thing.agency_id
            )
            self.fields["position"].initial = rows.standing().count() + 1
        for side, label in (("mining", "采矿"), ("land", "占地")):
            self.fields[f"{side}_violations"].label = f"对应的违法类型（{label}）"
        self.sections = [
            ("方案", ["position", "text"]),
            ("采矿", ["mining_violations"]),
            ("占地", ["land_violations"]),
        ]

    def clean(self):
        """At least one code; `codes` instead of the two lists."""
        cleaned = super().clean()
        cleaned["codes"] = cleaned.pop("violations", [])
        if not cleaned["codes"]:
            self.add_error("mining_violations", "请至少选一项对应的违法类型。")
        return cleaned


class ScreeningForm(BookForm):
    """排查对象."""

    model = ScreeningTarget


class ScreeningPlanForm(BookForm):
    """Many places of one township at once, a name a line; results come later."""

    model = ScreeningTarget
    left_out = ("name", "done_on", "found", "result")
    names = forms.CharField(
        label="名称",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "placeholder": "东坡底村"}),
        help_text="一行一个，可以从表格中整列粘贴。",
    )

    def clean_names(self):
        """Each once, blank lines left out."""
        lines = self.cleaned_data["names"].splitlines()
        names = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
        if len(names) > MOST:
            raise forms.ValidationError(f"一次最多登记{MOST}个，现在有{len(names)}个，请分几次登记。")
        long = next((one for one in names if len(one) > 100), None)
        if long:
            raise forms.ValidationError(f"“{long[:20]}…”太长，一行只填一个名称，不超过100字。")
        return names

    @staticmethod
    def rows_of(cleaned):
        """One row for each name."""
        common = {name: value for name, value in cleaned.items() if name != "names"}
        return [{**common, "name": name} for name in cleaned["names"]]


class DocumentForm(BookForm):
    """A paper of the campaign."""

    model = CampaignDocument


class HonourForm(BookForm):
    """表彰 or 追责."""

    model = Honour


class PartRows(Rows):
    """All rows are new ones: a row left empty is gone, one left as it was stays."""

    def __init__(self, data=None, *args, initial=None, **kwargs):
        super().__init__(data, *args, initial=None if data is not None else initial, **kwargs)

    def initial_form_count(self):
        """None, once something was sent."""
        return 0 if self.is_bound else super().initial_form_count()


class PartForm(RowForm):
    """A row within a row: fields and rules of its model."""

    model = None

    def fill(self):
        """The model's fields."""
        self.fields = fields_for_model(self.model, self.model.names)

    def clean(self):
        """The rules of the model, each at its field."""
        cleaned = super().clean()
        if not self.errors and self.has_changed():
            for name, sentences in faults(self.model(**cleaned)).items():
                self.add_error(name, sentences)
        return cleaned


class BookFormWithParts(WithRows, BookForm):
    """A row with rows of a second kind below it."""

    rows_class = PartRows
    rows_name = "parts"

    def __init__(self, *args, initial=None, **kwargs):
        there = (initial or {}).get("parts") or []
        self.rows_title = self.model.parts_title
        self.rows_shown = SPARE if there else self.rows_shown
        self.row_class = type("PartOfRow", (PartForm,), {"model": self.model.part_of})
        super().__init__(*args, initial=initial, **kwargs)


class TaskForceForm(BookFormWithParts):
    """专班 with its people."""

    model = TaskForce
    rows_shown = 10


class MeetingForm(BookFormWithParts):
    """A meeting with its items."""

    model = Meeting
    rows_shown = 3


class InspectionForm(BookFormWithParts):
    """检查验收 with its score sheet."""

    model = TownshipInspection
    rows_shown = 5
    USUAL = ("排查到位", "查处到位", "取缔到位")

    def __init__(self, *args, initial=None, **kwargs):
        usual = [{"item": one} for one in self.USUAL]
        super().__init__(*args, initial={"parts": usual, **(initial or {})}, **kwargs)


class StrikeRowForm(ActForm):
    """作废."""

    reason = forms.CharField(
        label="作废原因",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="例如：重复登记。作废的仍可查看，不再计数。",
    )
