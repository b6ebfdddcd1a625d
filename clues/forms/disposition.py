"""Settle a clue without filing: what is proposed, why, and a leader's answer."""

from django import forms

from accounts.forms.signing import ApprovalFields
from accounts.models import local_today
from clues import codes
from clues.acts import ACTS
from clues.forms.fields import OtherClueField
from clues.services.conditions import CONDITIONS, FILING, check_conditions
from clues.services.disposition import possible_receivers
from common.errors import Refused


class ProposeForm(forms.Form):
    """提出处理意见 for anything but filing; the five conditions of art 16 are weighed first."""

    conditions = forms.MultipleChoiceField(
        label="立案条件，具备的打勾",
        choices=[(code, words) for code, (words, _) in CONDITIONS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="五项都具备的必须立案，请返回线索页面呈批立案。",
    )
    outcome = forms.ChoiceField(
        label="处理意见",
        choices=[pair for pair in codes.choices("disposals") if pair[0] != FILING],
        widget=forms.RadioSelect,
    )
    reason_code = forms.ChoiceField(
        label="不予立案理由",
        choices=[("", "请选择"), *codes.choices("non_filing_reasons")],
        required=False,
        help_text="处理意见为不予立案的必选",
    )
    to_agency = forms.ModelChoiceField(
        label="移交单位",
        queryset=None,
        required=False,
        empty_label="请选择",
        help_text="处理意见为移交其他部门的必选",
    )
    look_again_on = forms.DateField(
        label="再查日期", required=False, help_text="处理意见为待查的必填"
    )
    into = OtherClueField(required=False, help_text="处理意见为并入他案的必填")
    reason = forms.CharField(
        label="理由说明", max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    sections = [
        ("立案条件", ["conditions"]),
        (
            "处理意见",
            ["outcome", "reason_code", "to_agency", "look_again_on", "into", "reason"],
        ),
    ]
    NEEDED = {
        "non_filing": ("reason_code", "不予立案的，请选择理由。"),
        "handover": ("to_agency", "移交其他部门的，请选择移交单位。"),
        "pending": ("look_again_on", "待查的，请填写再查日期。"),
        "merged": ("into", "并入他案的，请填写并入的线索号。"),
    }

    def __init__(self, *args, user, thing, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to_agency"].queryset = possible_receivers(thing.agency)
        self.fields["into"].among(user, thing)

    def clean(self):
        """What each outcome needs, at its field; the conditions by the service's own rule."""
        cleaned = super().clean()
        outcome = cleaned.get("outcome")
        name, sentence = self.NEEDED.get(outcome, ("", ""))
        if name and name not in self.errors and not cleaned.get(name):
            self.add_error(name, sentence)
        day = cleaned.get("look_again_on")
        if outcome == "pending" and day and day <= local_today():
            self.add_error("look_again_on", "再查日期应晚于今天。")
        conditions, reason_code = cleaned.get("conditions", ()), cleaned.get("reason_code", "")
        if outcome and (
            reason_code or outcome != "non_filing" or len(conditions) == len(CONDITIONS)
        ):
            try:
                check_conditions(outcome, conditions, reason_code)
            except Refused as no:
                self.add_error("conditions", no.sentence)
        return cleaned


class ApproveForm(ApprovalFields):
    """批准处理意见, here or on paper."""

    approval_act = ACTS.get("approve_disposition")


class ReturnForm(forms.Form):
    """退回处理意见."""

    reason = forms.CharField(
        label="退回理由", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, user, thing, **kwargs):
        super().__init__(*args, **kwargs)


class TakeBackForm(ReturnForm):
    """收回移交."""

    reason = forms.CharField(
        label="收回理由", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
