"""Choosing a file of past cases."""

from django import forms

from common.forms.acts import ActForm
from common.forms.fields import PastDay


class UnkeptFile(forms.Field):
    """A file that is read once. Not a FileField: what a refused form brought isn't kept for the next try,
    for it may hold identity numbers."""

    widget = forms.ClearableFileInput
    default_error_messages = {"empty": "文件是空的，请重新选择。"}

    def validate(self, value) -> None:
        """Refuse a missing or an empty file."""
        super().validate(value)
        if not value.size:
            raise forms.ValidationError(self.error_messages["empty"], "empty")


class PastReviewForm(ActForm):
    """历史案卷回头看."""

    upload = UnkeptFile(
        label="案卷文件",
        help_text="案件登记表（.xlsx，表头有案号、当事人、违法类型即可），或者每行一件的 JSON 文件。"
        "文件本身不保存，证件号码不保存。",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.json,.jsonl,.txt"}),
        error_messages={"required": "请选择案卷文件。"},
    )
    as_of = PastDay(
        label="核对基准日",
        required=False,
        help_text="还没有办结的事项和当时有效的标准，以这一天为准。不填为今天。",
    )
