"""What is done about a duty: handing in, claiming a time, ruling on it."""

from django import forms
from django.utils import timezone

from common.forms.acts import ActForm

MINUTES = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]


class HandInForm(ActForm):
    """报送材料."""

    upload = forms.FileField(label="材料")
    note = forms.CharField(label="说明", max_length=300, required=False, widget=forms.Textarea)


class CallForm(ActForm):
    """记录催办电话: whom, when, what was said."""

    called = forms.CharField(label="接电话的人", max_length=60)
    phone = forms.CharField(label="电话", max_length=40, required=False)
    called_at = forms.DateTimeField(
        label="通话时间",
        initial=lambda: timezone.localtime().replace(second=0, microsecond=0),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTES[0]),
        input_formats=MINUTES,
    )
    said = forms.CharField(
        label="说了什么",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="例如：答应17:30前报。",
    )

    def clean_called_at(self):
        """Not a moment to come."""
        at = self.cleaned_data["called_at"]
        if at > timezone.now():
            raise forms.ValidationError("通话时间不能晚于现在，请核对。")
        return at


class ClaimForm(ActForm):
    """线下报送补登: when it was really sent, the stamped scan, whether the system stood still."""

    sent_at = forms.DateTimeField(
        label="实际报送时间",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTES[0]),
        input_formats=MINUTES,
        help_text="用传真、专人送达等方式报出的时间，由上级认定。",
    )
    scan = forms.FileField(label="盖章扫描件")
    system_down = forms.BooleanField(label="因系统停机未能在线报送", required=False)
    note = forms.CharField(label="说明", max_length=300, required=False, widget=forms.Textarea)

    def clean_sent_at(self):
        """Not a moment to come."""
        at = self.cleaned_data["sent_at"]
        if at > timezone.now():
            raise forms.ValidationError("实际报送时间不能晚于现在，请核对。")
        return at


class RulingForm(ActForm):
    """认定报送时间."""

    recognised = forms.TypedChoiceField(
        label="认定",
        choices=[("yes", "按实际报送时间认定"), ("no", "不予认定，按系统内的时间")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    ruling = forms.CharField(label="理由", max_length=300, widget=forms.Textarea)
