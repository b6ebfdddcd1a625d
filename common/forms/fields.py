"""Form fields that many forms share: days, choices, yes or no, long texts, several files at once."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

MAX_FILES = 60
LONGEST_KEY = 18  # digits; the next number of digits goes beyond 64 bits
# What some forms say of a day to come, see PastDay.
NOT_AHEAD = {"future": "%(label)s不能晚于今天。"}


class PastDay(forms.DateField):
    """A day that isn't still to come."""

    default_error_messages = {"future": "%(label)s不能晚于今天，请核对。"}

    def validate(self, value: date | None) -> None:
        """Refuse a day to come."""
        super().validate(value)
        if value and value > timezone.localdate():
            label = str(self.label or "日期")
            raise ValidationError(self.error_messages["future"], "future", {"label": label})


class Choice(forms.ModelChoiceField):
    """One row of a table, asked for in words."""

    def __init__(self, *args: Any, empty_label: str | None = "请选择", **kwargs: Any):
        super().__init__(*args, empty_label=empty_label, **kwargs)


class SeveralRows(forms.ModelMultipleChoiceField):
    """Several rows of a table by their keys. What is longer than any key is none of them: a database
    fails on such a number in a list, where it merely finds nothing for it alone."""

    def clean(self, value: Any) -> Any:
        """The rows, or a fault."""
        too_long = [each for each in value or () if len(str(each)) > LONGEST_KEY]
        if too_long and not self.to_field_name:
            raise ValidationError(self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": "…"})
        return super().clean(value)


def yes_no(label: str, **kwargs: Any) -> forms.TypedChoiceField:
    """是, 否 or not known; cleans to True, False or None."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("", "未填"), ("yes", "是"), ("no", "否")],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        **kwargs,
    )


def long_text(label: str, **kwargs: Any) -> forms.CharField:
    """A text of several lines."""
    kwargs.setdefault("max_length", 8000)
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 4}), **kwargs)


class ManyFilesInput(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Omitted only when no file came."""
        return not files.getlist(name) if hasattr(files, "getlist") else name not in files


class ManyFilesField(forms.FileField):
    """Several files at once; cleans to a list of uploads, empty when none was chosen.

    Whether each file can be taken is the files service's business; it says so by name.
    """

    widget = ManyFilesInput

    def __init__(self, *args: Any, most: int = MAX_FILES, **kwargs: Any):
        self.most = most
        super().__init__(*args, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list:
        """The uploads, checked one by one for being there and not empty."""
        uploads = [upload for upload in (data if isinstance(data, list | tuple) else [data]) if upload]
        if not uploads and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(uploads) > self.most:
            raise ValidationError(f"一次最多上传{self.most}个文件，请分几次上传。")
        return [super(ManyFilesField, self).clean(upload, initial) for upload in uploads]
