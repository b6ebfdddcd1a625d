"""签收 and 反馈 of a clue that was handed over."""

from django import forms

from accounts.models import local_today
from clues.models import AnswerKind
from clues.services.answering import Answer
from common.forms.acts import ActForm
from common.forms.fields import NOT_AHEAD, PastDay


class ReceiveForm(ActForm):
    """签收移交."""

    happened_on = PastDay(label="签收日期", initial=local_today, error_messages=NOT_AHEAD)
    text = forms.CharField(label="签收人或者说明", max_length=200, required=False)
    paper = forms.FileField(label="送达回执", required=False, help_text="纸上签收的，上传回执扫描件。")


class AnswerForm(ActForm):
    """反馈办理情况."""

    kind = forms.ChoiceField(
        label="办理情况",
        choices=[each for each in AnswerKind.choices if each[0] != AnswerKind.RECEIVED],
        widget=forms.RadioSelect,
    )
    happened_on = PastDay(label="日期", initial=local_today, error_messages=NOT_AHEAD)
    text = forms.CharField(
        label="内容",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="查了什么、怎么处理的；办结的写明结果。",
    )
    paper = forms.FileField(label="复函", required=False, help_text="有复函的上传扫描件。")

    def clean(self):
        """All of it as one answer, for the service."""
        cleaned = super().clean()
        return cleaned if self.errors else {"answer": Answer(**cleaned)}
