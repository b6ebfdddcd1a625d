"""A table of rows inside a form: more of them without a script, faults that lead to their field."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict

ADD_ROW = "_add_row"
# Code of the form's own error that says only that some row has one; each row's stand beside it.
IN_A_ROW = "rows"
SHOWN, MOST = 1, 40


class Rows(forms.BaseFormSet):
    """Rows that can be added to without a script: the form is shown again with one more.

    `noun` is what one of them is called where the rows stand under no head.
    """

    noun = ""

    def freeze(self) -> None:
        """Show what was typed, judge nothing yet."""
        for form in self.forms:
            form._errors, form.cleaned_data = ErrorDict(), {}
        self._errors = [form._errors for form in self.forms]
        self._non_form_errors = self.error_class()


class TakesRows:
    """Mixes `rows` into a form, see `take_rows`; 再加一行 works without a script too."""

    adding_row = False

    def take_rows(
        self, factory: Callable[..., Rows], *, prefix: str, shown: int, most: int, **options: Any
    ) -> None:
        """Bind the formset as `rows`; call last in the form's __init__.

        `shown` rows stand where none were posted, never more than `most`.
        """
        data = self.data if self.is_bound else None
        self.adding_row = bool(data) and ADD_ROW in data
        if self.adding_row:
            data = data.copy()
            typed = data.get(f"{prefix}-TOTAL_FORMS") or ""
            count = int(typed) if typed.isdecimal() and len(typed) < 7 else shown
            data[f"{prefix}-TOTAL_FORMS"] = str(min(count + 1, most))
        self.rows = factory(data, prefix=prefix, **options)
        if self.adding_row:
            self._errors, self.cleaned_data = ErrorDict(), {}
            self.rows.freeze()

    def is_valid(self) -> bool:
        """The form and every row; asking for one more row is no answer yet."""
        return not self.adding_row and super().is_valid()

    def filled_rows(self, title: str) -> list[forms.Form]:
        """The rows that were filled in; ValidationError where one is wrong."""
        if not self.rows.is_valid():
            words = f"{title}中有填得不对的地方，已在该项标出。"
            raise ValidationError(words, code=IN_A_ROW)
        return [row for row in self.rows if row.has_changed()]


class WithRows(TakesRows):
    """Mixes a table of rows into an ActForm: what is known already, else one empty row; more with 再加一项.

    `row_class` is the form of a row, `rows_name` the key in cleaned_data, `rows_title` its head.
    Rows left empty are no rows; the other rows' faults stand at their fields.
    """

    row_class: type[forms.Form] = None
    rows_name = "rows"
    rows_title = ""
    rows_shown = SHOWN
    rows_class = Rows

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any):
        super().__init__(data, files, **kwargs)
        initial = (kwargs.get("initial") or {}).get(self.rows_name)
        extra = 0 if initial else self.rows_shown
        factory = forms.formset_factory(
            self.row_class, formset=self.rows_class, extra=extra, max_num=MOST, absolute_max=MOST
        )
        self.take_rows(
            factory,
            prefix=self.rows_name,
            shown=self.rows_shown,
            most=MOST,
            initial=initial,
            form_kwargs={"owner": self},
        )

    @property
    def formsets(self) -> list[dict]:
        """What parts/act.html draws below the fields, where no section took the rows."""
        if any(names == "rows" for _, names in self.sections):
            return []
        return [{"title": self.rows_title, "formset": self.rows}]

    def clean(self) -> dict:
        """Put the rows that were filled in under `rows_name`."""
        cleaned = super().clean()
        filled = self.filled_rows(self.rows_title)
        cleaned[self.rows_name] = [row.cleaned_data for row in filled]
        return cleaned


class RowForm(forms.Form):
    """One row of a table; `owner` is the form around it. Fields named in `later` stand folded under
    `later_title` while they are empty."""

    later: tuple[str, ...] = ()
    later_title = "更多"
    use_required_attribute = False

    def __init__(self, *args: Any, owner: forms.Form, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.owner = owner
        self.prepare()

    def prepare(self) -> None:
        """Narrow the choices to what fits the owner's thing."""
