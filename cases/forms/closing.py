"""Forms of 结案."""

from django import forms

from accounts.forms.answering import AnswerFields, InSystemOnly
from cases.acts import ACTS
from common.forms.acts import ActForm
from common.forms.fields import long_text
from registry import codes


class ProposeClosingForm(ActForm):
    """呈批结案."""

    ground = forms.ChoiceField(
        label="结案理由", choices=codes.choices("closing_grounds"), widget=forms.RadioSelect
    )
    text = long_text("处理结果和执行情况", max_length=4000)


class ApproveClosingForm(AnswerFields):
    """批准结案."""

    approval_act = ACTS.get("approve_closing")


class ReturnClosingForm(InSystemOnly, ApproveClosingForm):
    """退回结案, with what is missing."""

    opinion_label = "退回意见"
