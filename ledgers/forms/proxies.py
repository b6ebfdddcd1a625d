"""代录: what a county sent, when and by which way."""

from django import forms
from django.utils import timezone

from common.forms.acts import ActForm
from ledgers.forms.importing import UploadForm

WAYS = ("微信", "电子邮件", "政务内网", "传真", "专人送达", "邮寄", "其他")


class ProxyForm(ActForm):
    """The workbook or a scan, and when it came."""

    workbook = forms.FileField(
        label="县里报来的台账",
        required=False,
        help_text="原样上传，先看会写入什么，再确认。零报告和没有变化的可以不传。",
        widget=forms.ClearableFileInput(attrs=UploadForm.base_fields["upload"].widget.attrs),
        error_messages={"empty": "文件是空的，请重新选择。"},
    )
    scan = forms.FileField(
        label="来件扫描件", required=False, help_text="盖章的纸质件、传真或者截图，和台账一起留存作依据。"
    )
    received_at = forms.DateTimeField(
        label="收到时间",
        initial=lambda: timezone.localtime().replace(second=0, microsecond=0),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        help_text="县里在截止时间以前报来、录入晚了的，按这个时间算。",
    )
    way = forms.ChoiceField(label="来件方式", choices=[(way, way) for way in WAYS])

    def clean_received_at(self):
        """Not a moment to come."""
        at = self.cleaned_data["received_at"]
        if at > timezone.now():
            raise forms.ValidationError("收到时间不能晚于现在，请核对。")
        return at

    def clean(self):
        """One of the two at least."""
        cleaned = super().clean()
        asked = {"workbook", "scan"}
        if not asked & set(self.errors) and not any(cleaned.get(name) for name in asked):
            self.add_error("workbook", "请上传县里报来的台账；零报告或者没有变化的，上传来件扫描件。")
        return cleaned
