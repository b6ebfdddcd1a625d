"""The code after the password: who is half signed in, and what is typed."""

from django import forms
from django.contrib.auth import authenticate
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import User
from accounts.services import second_factor

# So long after the password the code is still taken.
PATIENCE = 300
_KEPT = "second_step"


def keep(request, person, onward) -> None:
    """The password was right: remember for whom, and where to afterwards; a new session id."""
    request.session.cycle_key()
    request.session[_KEPT] = {
        "person": person.pk,
        "backend": person.backend,
        "hash": person.get_session_auth_hash(),
        "at": timezone.now().timestamp(),
        "onward": onward,
    }


def kept(request):
    """(person, where to) of who gave the password just now, and it still is the password; else None."""
    row = request.session.get(_KEPT)
    if not row or timezone.now().timestamp() - row["at"] > PATIENCE:
        return None
    person = User.objects.filter(pk=row["person"], is_active=True).first()
    if person is None or not constant_time_compare(person.get_session_auth_hash(), row["hash"]):
        return None
    person.backend = row["backend"]
    return person, row["onward"]


def forget(request) -> None:
    """The person is signed in now."""
    request.session.pop(_KEPT, None)


class CodeField(forms.CharField):
    """Six digits, or a recovery code."""

    def __init__(self, **kwargs):
        attrs = {"autocomplete": "one-time-code", "autofocus": True}
        super().__init__(label="动态口令", max_length=40, widget=forms.TextInput(attrs=attrs), **kwargs)


class SecondStepForm(forms.Form):
    """The code that is asked of `person`; a right one is used up by asking."""

    code = CodeField(help_text="手机上显示的六位数字。手机不在身边的，输入一个恢复码，每个只能用一次。")

    def __init__(self, *args, person, **kwargs):
        self.person = person
        super().__init__(*args, **kwargs)

    def clean_code(self):
        """Right, not used before, not tried too often."""
        typed = self.cleaned_data["code"]
        if fault := second_factor.fault_of(self.person, typed, timezone.now()):
            raise forms.ValidationError(fault)
        return typed


class OwnPassword(forms.Form):
    """One's own password, before the second factor is set up or taken off."""

    password = forms.CharField(
        label="您的登录密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args, request, **kwargs):
        self.request = request
        super().__init__(*args, **kwargs)

    def clean_password(self):
        """Right; wrong tries count as those of signing in do."""
        typed = self.cleaned_data["password"]
        if authenticate(self.request, username=self.request.user.username, password=typed) is None:
            raise forms.ValidationError("密码不对，请重新输入。")
        return typed


class TurnOffForm(OwnPassword):
    """The password, and then a code: one isn't used up by a wrong password."""

    code = CodeField()

    def clean(self):
        """A right code, looked at once the password was right."""
        values = super().clean()
        if self.is_valid_so_far():
            fault = second_factor.fault_of(self.request.user, values["code"], timezone.now())
            if fault:
                self.add_error("code", fault)
        return values

    def is_valid_so_far(self) -> bool:
        """Nothing was wrong with either field."""
        return not self.errors


class FirstCodeForm(forms.Form):
    """The first code of a new seed."""

    code = CodeField(help_text="扫码以后手机上显示的六位数字。")
