"""What is filled in of the user's own address."""

from django import forms

from common.forms.acts import ActForm


class ContactForm(ActForm):
    """One's own address."""

    address = forms.CharField(max_length=120, widget=forms.TextInput(attrs={"data-secret": ""}))

    def __init__(self, *args, kind, **kwargs):
        self.kind = kind
        super().__init__(*args, **kwargs)

    def prepare(self):
        """In the words of its kind."""
        self.fields["address"].label = "邮箱地址" if self.kind == "email" else "手机号码"
        self.fields["address"].help_text = "确认码会发到这里，十分钟内有效。"


class CodeForm(ActForm):
    """The code that came."""

    code = forms.RegexField(
        r"^\s*[0-9]{6}\s*$",
        label="确认码",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "确认码是六位数字。"},
    )
