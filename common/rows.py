"""A table of rows inside a form: more of them without a script, faults that lead to their field."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict

ADD_ROW = "_add_row"
# Code of the form's own error that says only that some row has one; each row's stand beside it.
IN_A_ROW = "rows"


class Rows(forms.BaseFormSet):
    """Rows that can be added to without a script: the form is shown again with one more."""

    def freeze(self):
        """Show what was typed, judge nothing yet."""
        for form in self.forms:
            form._errors, form.cleaned_data = ErrorDict(), {}
        self._errors = [form._errors for form in self.forms]
        self._non_form_errors = self.error_class()


class TakesRows:
    """Mixes `rows` into a form, see `take_rows`; 再加一行 works without a script too."""

    adding_row = False

    def take_rows(self, factory, *, prefix, shown, most, **options):
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

    def is_valid(self):
        """The form and every row; asking for one more row is no answer yet."""
        return not self.adding_row and super().is_valid()

    def filled_rows(self, title):
        """The rows that were filled in; ValidationError where one is wrong."""
        if not self.rows.is_valid():
            words = f"{title}中有填得不对的地方，已在该项标出。"
            raise ValidationError(words, code=IN_A_ROW)
        return [row for row in self.rows if row.has_changed()]
