"""The form of a book: fields come from its model, the model's own rules say what is wrong."""

from django import forms
from django.forms.models import fields_for_model

from accounts.models import RegionLevel, StoredFile, local_today
from campaigns.services.organising import faults
from common.forms.acts import ActForm
from common.forms.rows import RowForm, Rows, WithRows

SPARE = 1  # empty row below those there are
LONG = ("reason", "note", "result", "text", "situation", "problem")


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
        region = self.thing.agency.region
        if self.adding and "township" in self.fields and region.level == RegionLevel.TOWNSHIP:
            self.fields["township"].initial = region.name
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

    def prepare(self):
        """The model's fields."""
        self.fields = fields_for_model(self.model, self.model.names)

    def clean(self):
        """The rules of the model, each at its field."""
        cleaned = super().clean()
        if not self.errors and self.has_changed():
            draft = {name: cleaned[name] for name in self.model.names}
            for name, sentences in faults(self.model(**draft)).items():
                self.add_error(name, sentences)
        return cleaned


class BookFormWithParts(WithRows, BookForm):
    """A row with rows of a second kind below it."""

    rows_class = PartRows
    rows_name = "parts"
    part_form = PartForm

    def __init__(self, *args, initial=None, **kwargs):
        there = (initial or {}).get("parts") or []
        self.rows_title = self.model.parts_title
        self.rows_shown = SPARE if there else self.rows_shown
        self.row_class = type("PartOfRow", (self.part_form,), {"model": self.model.part_of})
        super().__init__(*args, initial=initial, **kwargs)


class StrikeRowForm(ActForm):
    """作废."""

    reason = forms.CharField(
        label="作废原因",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="例如：重复登记。作废的仍可查看，不再计数。",
    )
