"""How every form looks (templates/forms/); inputs take figures and dates as people type them."""

import re
import unicodedata

from django import forms
from django.forms.renderers import TemplatesSetting

THOUSANDS = re.compile(r"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$")


def plain_figure(typed: str) -> str:
    """Turn a figure as typed (full-width digits, thousands separators, spaces) into plain digits.

    What is not such a figure comes back unchanged, so that the field itself can refuse it.
    """
    narrow = unicodedata.normalize("NFKC", typed).strip().replace(" ", "")
    return narrow.replace(",", "") if THOUSANDS.match(narrow) else narrow


class BoundField(forms.BoundField):
    """A field whose figures may be pasted from a sheet and whose dates open the calendar."""

    def __init__(self, form, field, name):
        super().__init__(form, field, name)
        widget = field.widget
        self.is_figure = type(widget) is forms.NumberInput
        if self.is_figure:
            # A number input drops "1,200" without a word; text keeps it for the error beside it.
            widget.input_type = "text"
            whole = isinstance(field, forms.IntegerField)
            widget.attrs.setdefault("inputmode", "numeric" if whole else "decimal")
            widget.attrs.setdefault("autocomplete", "off")
            for leftover in ("step", "min", "max"):
                widget.attrs.pop(leftover, None)
        elif isinstance(widget, forms.DateInput) and widget.input_type == "text":
            widget.input_type, widget.format = "date", "%Y-%m-%d"
        elif isinstance(widget, forms.DateTimeInput) and widget.input_type == "text":
            widget.input_type, widget.format = "datetime-local", "%Y-%m-%dT%H:%M"
        elif isinstance(widget, forms.TimeInput) and widget.input_type == "text":
            widget.input_type, widget.format = "time", "%H:%M"

    @property
    def data(self):
        typed = super().data
        return plain_figure(typed) if self.is_figure and isinstance(typed, str) else typed


class Renderer(TemplatesSetting):
    """Set as FORM_RENDERER; needs "django.forms" among the installed apps."""

    form_template_name = "forms/form.html"
    formset_template_name = "forms/formset.html"
    field_template_name = "forms/field.html"
    bound_field_class = BoundField
