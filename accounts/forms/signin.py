"""Signing in and changing the user's password, in Chinese."""

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm, SetPasswordMixin
from django.utils.translation import gettext_lazy

WRONG = "登录名或密码不对，请核对后重新输入。连续输错五次将暂停登录 15 分钟。"
RULES = (
    "至少 12 个字符，不能全是数字，不能用常见密码，不要与姓名、登录名相近，也不要只是地名加数字。"
    "可以用空格和汉字。"
)


class SignInForm(AuthenticationForm):
    """Says the same for a name that doesn't exist, a wrong password and a disabled person."""

    error_messages = {"invalid_login": WRONG, "inactive": WRONG}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "登录名"
        self.fields["password"].label = "密码"


class ChangePasswordForm(SetPasswordMixin, forms.Form):
    """The old password, and the new one twice."""

    error_messages = {"password_mismatch": gettext_lazy("两次输入的新密码不一样，请重新输入。")}
    old_password = forms.CharField(
        label="原密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
    new_password1, new_password2 = SetPasswordMixin.create_password_fields(
        label1="新密码", label2="再输一次新密码"
    )

    def __init__(self, request, *args, **kwargs):
        self.request, self.user = request, request.user
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = RULES
        self.fields["new_password2"].help_text = ""

    def clean_old_password(self):
        """The old password must be right; wrong tries count as those of signing in do."""
        typed = self.cleaned_data["old_password"]
        if authenticate(self.request, username=self.user.username, password=typed) is None:
            raise forms.ValidationError("原密码不对，请重新输入。")
        return typed

    def clean(self):
        """Both new ones alike, and good enough."""
        self.validate_passwords("new_password1", "new_password2")
        self.validate_password_for_user(self.user, "new_password2")
        return super().clean()
