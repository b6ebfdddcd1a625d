"""How every form looks (templates/forms/); inputs take figures and dates as people type them."""

import re
import unicodedata
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest

from common.showing import drawn

THOUSANDS = re.compile(r"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$")


def plain_figure(typed: str) -> str:
    """Turn a figure as typed (full-width digits, thousands separators, spaces) into plain digits.

    What is not such a figure comes back unchanged, so that the field itself can refuse it.
    """
    narrow = unicodedata.normalize("NFKC", typed).strip().replace(" ", "")
    return narrow.replace(",", "") if THOUSANDS.match(narrow) else narrow


def say_what_to_do(field: forms.Field, label: str) -> None:
    """Replace Django's own complaints by sentences that name the field and what belongs into it.

    Messages that a form wrote itself stay.
    """
    choosing = isinstance(field, forms.ChoiceField | forms.ModelChoiceField | forms.FileField)
    if isinstance(field, forms.BooleanField):
        required = f"请勾选“{label}”。"
    else:
        required = f"请选择{label}。" if choosing else f"请填写{label}。"
    invalid = ""
    if isinstance(field, forms.IntegerField):
        whole = type(field) is forms.IntegerField
        invalid = f"{label}要填{'整数，例如 3' if whole else '数字，例如 12.5'}。"
    elif isinstance(field, forms.DateTimeField):
        invalid = f"{label}要填日期和时间，例如 2026-11-15 18:00。"
    elif isinstance(field, forms.DateField):
        invalid = f"{label}要填日期，例如 2026-11-15。"
    for code, sentence in (("required", required), ("invalid", invalid)):
        django_says = {
            str(base.default_error_messages[code])
            for base in type(field).__mro__
            if code in getattr(base, "default_error_messages", {})
        }
        if sentence and str(field.error_messages.get(code)) in django_says:
            field.error_messages[code] = sentence


class BoundField(forms.BoundField):
    """A field whose figures may be pasted from a sheet and whose dates open the calendar."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str):
        super().__init__(form, field, name)
        widget = field.widget
        say_what_to_do(field, self.label)
        if isinstance(widget, forms.Textarea) and widget.attrs.get("rows") == "10":
            widget.attrs["rows"] = "4"
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
    def data(self) -> Any:
        typed = super().data
        return plain_figure(typed) if self.is_figure and isinstance(typed, str) else typed


# Whose template is input.html, in two more around it.
ENTRIES = {
    *(kind.template_name for kind in (forms.TextInput, forms.NumberInput, forms.HiddenInput)),
    *(kind.template_name for kind in (forms.DateInput, forms.DateTimeInput, forms.TimeInput)),
    *(kind.template_name for kind in (forms.CheckboxInput, forms.PasswordInput)),
    *(kind.option_template_name for kind in (forms.RadioSelect, forms.CheckboxSelectMultiple)),
}


class Renderer(TemplatesSetting):
    """Set as FORM_RENDERER; needs "django.forms" among the installed apps."""

    form_template_name = "forms/form.html"
    formset_template_name = "forms/formset.html"
    field_template_name = "forms/field.html"
    bound_field_class = BoundField

    def render(self, template_name: str, context: dict, request: HttpRequest | None = None) -> str:
        """A form has many boxes, and a choice many lines: they are written without a template."""
        if template_name == forms.Select.template_name:
            return drawn.select(context["widget"])
        if template_name in ENTRIES and not context["widget"].get("wrap_label"):
            return drawn.entry(context["widget"])
        return super().render(template_name, context, request)
