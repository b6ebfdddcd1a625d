"""Ask to see an informant; say that they were answered."""

from django import forms

from accounts.models import local_today


class UnmaskForm(forms.Form):
    """查看举报人: a reason, nothing else."""

    reason = forms.CharField(
        label="查看事由",
        max_length=200,
        help_text="如：电话核实举报内容；反馈处理结果。事由和查看人记入全过程记录。",
    )

    def __init__(self, *args, user, thing, **kwargs):
        super().__init__(*args, **kwargs)


class AnswerForm(forms.Form):
    """反馈举报人."""

    answered_on = forms.DateField(label="反馈日期", initial=local_today)
    content = forms.CharField(
        label="反馈内容",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="不写举报人的姓名和电话。",
    )

    def __init__(self, *args, user, thing, **kwargs):
        super().__init__(*args, **kwargs)

    def clean_answered_on(self):
        """Not a day to come."""
        day = self.cleaned_data["answered_on"]
        if day > local_today():
            raise forms.ValidationError("反馈日期不能晚于今天。")
        return day
