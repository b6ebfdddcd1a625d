"""The form of an act: who acts, and on what."""

from typing import Any

from django import forms


class ActForm(forms.Form):
    """A form of one act. cleaned_data carries exactly the service's keyword arguments.

    `sections` are the headings on the page, see common.showing.forms.sections.
    """

    sections = ()

    def __init__(self, *args: Any, user: Any, thing: Any = None, **kwargs: Any):
        self.user, self.thing = user, thing
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Narrow the choices to what the person may choose about the thing."""


class Reason(ActForm):
    """An act that needs nothing but its reason."""

    reason = forms.CharField(label="原因", max_length=500, widget=forms.Textarea)


class Confirm(ActForm):
    """An act that needs nothing but the button."""
