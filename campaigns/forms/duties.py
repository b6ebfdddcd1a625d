"""What is done about a duty: handing in, claiming a time, ruling on it."""

from django import forms
from django.utils import timezone

from common.forms.acts import ActForm


class HandInForm(ActForm):
    """报送材料."""

    upload = forms.FileField(label="材料")
    note = forms.CharField(label="说明", max_length=300, required=False, widget=forms.Textarea)


class ClaimForm(ActForm):
    """线下报送补登: when it was really sent, the stamped scan, whether the system stood still."""

    sent_at = forms.DateTimeField(
        label="实际报送时间",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
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
