"""Ask to see an informant; say that they were answered."""

from django import forms

from accounts.forms.again import PasswordAgain
from accounts.models import local_today
from common.forms.acts import ActForm
from common.forms.fields import NOT_AHEAD, PastDay


class UnmaskForm(PasswordAgain, ActForm):
    """查看举报人: a reason, nothing else."""

    reason = forms.CharField(
        label="查看事由",
        max_length=200,
        help_text="如：电话核实举报内容；反馈处理结果。事由和查看人记入全过程记录。",
    )


class OpenFileForm(PasswordAgain, ActForm):
    """打开举报材料: a reason, nothing else."""

    reason = forms.CharField(
        label="打开事由",
        max_length=200,
        help_text="如：核对举报内容。事由和打开人记入全过程记录。",
    )


class AnswerForm(ActForm):
    """反馈举报人."""

    answered_on = PastDay(label="反馈日期", initial=local_today, error_messages=NOT_AHEAD)
    content = forms.CharField(
        label="反馈内容",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="不写举报人的姓名和电话。",
    )
