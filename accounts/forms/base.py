"""What every form of an act takes: who acts, and on what."""

from django import forms


class ActForm(forms.Form):
    """A form of one act. cleaned_data carries exactly the service's keyword arguments."""

    def __init__(self, *args, user, thing=None, **kwargs):
        self.user, self.thing = user, thing
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self):
        """Narrow the choices to what the person may choose."""


class Reason(ActForm):
    """An act that needs nothing but its reason."""

    reason = forms.CharField(label="原因", max_length=500, widget=forms.Textarea)


class Confirm(ActForm):
    """An act that needs nothing but the button."""
