"""Forms of 结案."""

from django import forms

from accounts.forms.answering import AnswerFields, InSystemOnly
from cases.acts import ACTS
from cases.forms.choices import reason_field
from cases.services.closing import ClosingCorrection
from common.forms.acts import ActForm
from common.forms.fields import PastDay, long_text
from registry import codes


class ProposeClosingForm(ActForm):
    """呈批结案."""

    ground = forms.ChoiceField(
        label="结案理由", choices=codes.choices("closing_grounds"), widget=forms.RadioSelect
    )
    text = long_text("处理结果和执行情况", max_length=4000)


class CorrectClosingForm(ActForm):
    """更正结案 of an old case."""

    ground = forms.ChoiceField(
        label="结案理由", choices=codes.choices("closing_grounds"), widget=forms.RadioSelect
    )
    closed_on = PastDay(label="结案日期")
    text = long_text("处理结果和执行情况", max_length=4000, required=False)
    reason = reason_field("更正理由")

    def clean(self):
        """What it should have said as one correction."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        return {"reason": cleaned.pop("reason"), "correction": ClosingCorrection(**cleaned)}


class ApproveClosingForm(AnswerFields):
    """批准结案."""

    approval_act = ACTS.get("approve_closing")


class ReturnClosingForm(InSystemOnly, ApproveClosingForm):
    """退回结案, with what is missing."""

    opinion_label = "退回意见"
