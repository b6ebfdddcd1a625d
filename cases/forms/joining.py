"""Forms of 报请参与 and of the prefecture's answer."""

from django import forms

from accounts.models import local_today
from cases.services.joining import JoiningAnswer
from common.forms.acts import ActForm
from common.forms.fields import ManyFilesField, PastDay, long_text


class AskPrefectureForm(ActForm):
    """报请市局参与."""

    asked_on = PastDay(label="报请日期", initial=local_today)
    reason = long_text("报请事由", max_length=500)
    files = ManyFilesField(label="请示", required=False)


class AnswerJoiningForm(ActForm):
    """答复报请参与."""

    joins = forms.TypedChoiceField(
        label="答复",
        choices=[("yes", "参与"), ("no", "不参与")],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    answered_on = PastDay(label="答复日期", initial=local_today)
    upfront = ("people", "answer", "files")
    people = forms.CharField(
        label="参与人员", max_length=200, required=False, help_text="参与的必填，用顿号隔开"
    )
    answer = long_text("意见、理由", max_length=500, required=False, help_text="不参与的，写明理由")
    files = ManyFilesField(label="书面答复", required=False, help_text="承办人凭书面答复录入的，上传扫描件")

    def clean(self):
        """As one answer."""
        cleaned = super().clean()
        return cleaned if self.errors else {"answer": JoiningAnswer(**cleaned)}
