"""The prefecture's answer, in the system or on paper; what went out on paper."""

from django import forms
from django.utils import timezone

from accounts.models import local_today
from campaigns.services.settling import again_from
from common.forms.acts import ActForm, Confirm
from ledgers.services.settling import answered_by, standing_for

YES_NO = [("yes", "接收"), ("no", "退回")]


class AcceptForm(Confirm):
    """接收: nothing to type."""


class ReturnForm(ActForm):
    """退回: what is to be corrected."""

    reason = forms.CharField(
        label="退回理由",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写明哪一县、哪一行、哪一栏，要怎样更正。",
    )
    again_by = forms.DateTimeField(
        label="重报截止",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="县里重报的截止时间。原来按时报送的，重报不算迟报。",
    )

    def prepare(self):
        """The next workday, unless another time is said; nothing where no duty is owed again."""
        duty = answered_by(self.thing).first()
        if duty is None or standing_for(self.thing):
            del self.fields["again_by"]
        else:
            self.fields["again_by"].initial = again_from(duty, timezone.now())

    def clean_again_by(self):
        """A moment to come."""
        again_by = self.cleaned_data["again_by"]
        if again_by and again_by <= timezone.now():
            raise forms.ValidationError("重报截止时间要晚于现在。")
        return again_by


class PaperReportForm(ActForm):
    """线下报送登记: when the stamped ledger went out, and its scan."""

    sent_at = forms.DateTimeField(label="报出时间", help_text="盖章的纸质台账报出的时间。")
    scan = forms.FileField(
        label="盖章扫描件", help_text="打印台账盖章后扫描或拍照上传，页脚的表式代码和摘要要看得清。"
    )

    def clean_sent_at(self):
        """Not a moment to come."""
        sent_at = self.cleaned_data["sent_at"]
        if sent_at > timezone.now():
            raise forms.ValidationError("报出时间不能晚于现在。")
        return sent_at


class PaperAnswerForm(ActForm):
    """线下接收登记: what the prefecture answered on paper."""

    accepted = forms.TypedChoiceField(
        label="市级意见", choices=YES_NO, coerce=lambda typed: typed == "yes", widget=forms.RadioSelect
    )
    happened_on = forms.DateField(label="意见日期", initial=local_today)
    reason = forms.CharField(
        label="退回理由",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="市级退回的必填",
    )
    scan = forms.FileField(label="回执或退回件的扫描件")

    def clean(self):
        """A return says why; no day to come."""
        cleaned = super().clean()
        if cleaned.get("accepted") is False and not cleaned.get("reason"):
            self.add_error("reason", "市级退回的，请填写退回理由。")
        if cleaned.get("happened_on") and cleaned["happened_on"] > local_today():
            self.add_error("happened_on", "意见日期不能晚于今天。")
        return cleaned
