"""The password once more, before what is sealed is opened."""

from django import forms
from django.contrib.auth import authenticate
from django.utils import timezone

from accounts.services import brakes, sessions
from common.addresses import client_address


class PasswordAgain(forms.Form):
    """Asks for one's own password where it was given more than five minutes ago. Stands before the
    form of the act; the service never gets it, and wrong tries count as those of signing in do."""

    def __init__(self, *args, request, **kwargs):
        self.request = request
        super().__init__(*args, **kwargs)
        if not sessions.is_fresh(request.session, timezone.now()):
            self.fields["password"] = forms.CharField(
                label="您的登录密码",
                strip=False,
                help_text="距上次输入密码已超过 5 分钟，查看前请再输入一次。",
                widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
            )

    def clean_password(self):
        """The person's own password, right."""
        typed = self.cleaned_data["password"]
        if brakes.is_stopped(client_address(self.request), timezone.now()):
            raise forms.ValidationError(brakes.HELD.format(what="密码"))
        if authenticate(self.request, username=self.request.user.username, password=typed) is None:
            raise forms.ValidationError("密码不对，请重新输入。")
        return typed

    def clean(self):
        """Given now; and not handed on."""
        if self.cleaned_data.pop("password", None):
            sessions.note_password(self.request.session, timezone.now())
        return super().clean()
