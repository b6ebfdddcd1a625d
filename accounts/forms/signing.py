"""The fields of every approval: an opinion, and what 线下签批 (on paper) needs beside it."""

from django import forms
from django.core.exceptions import ValidationError

from accounts.acts import Act, posting_for
from accounts.models import local_today
from accounts.services import signing


class ApprovalFields(forms.Form):
    """Opinion; signer, signing date and scan where the approval was given on paper.

    The form that mixes this in sets `approval_act` (the row of the acts table). A leader may
    leave the paper part empty and signs here; whoever only types must fill it in.
    """

    approval_act: Act = None
    opinion = forms.CharField(
        label="意见", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    signer = forms.ModelChoiceField(
        label="签批人", queryset=None, required=False, empty_label="请选择"
    )
    signed_on = forms.DateField(label="签批日期", required=False, widget=forms.DateInput())
    scan = forms.FileField(
        label="签批单扫描件", required=False, help_text="打印呈批表签批后扫描或拍照上传。"
    )
    approval_sections = [
        ("签批意见", ["opinion"]),
        ("线下签批（在纸上签批的填写）", ["signer", "signed_on", "scan"]),
    ]

    def __init__(self, *args, user, thing, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.thing = user, thing
        self.sections = self.approval_sections
        self.fields["signer"].queryset = signing.possible_signers(self.approval_act, thing)
        self.must_be_paper = posting_for(user, self.approval_act.roles, thing) is None
        if self.must_be_paper:
            for name in ("signer", "signed_on", "scan"):
                self.fields[name].required = True

    def clean_signed_on(self):
        """Not a day to come."""
        day = self.cleaned_data["signed_on"]
        if day and day > local_today():
            raise ValidationError("签批日期不能晚于今天。")
        return day

    def clean(self):
        """On paper all three belong together."""
        cleaned = super().clean()
        given = {name for name in ("signer", "signed_on", "scan") if cleaned.get(name)}
        if given:
            for name in {"signer", "signed_on", "scan"} - given - set(self.errors):
                self.add_error(name, "线下签批的，签批人、签批日期、签批单扫描件都要填。")
        return cleaned
