"""What a second person, or whoever has the set-up's code, types."""

from django import forms
from django.utils import timezone

from accounts.services import set_up
from common.forms.acts import ActForm


class CodeForm(ActForm):
    """The one-time code; wrong ones are counted here, since a refused deed leaves nothing behind."""

    code = forms.CharField(
        label="安装码",
        max_length=60,
        help_text="首次启动时服务器上显示过一次；丢失的，在服务器上运行 manage.py set_up_code 重新生成。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_code(self):
        """The right one, and not tried too often."""
        typed = self.cleaned_data["code"]
        if fault := set_up.fault_of(typed, timezone.now()):
            raise forms.ValidationError(fault)
        return typed
