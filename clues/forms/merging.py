"""归并线索."""

from django import forms

from clues.forms.fields import OtherClueField, target_of
from common.forms.acts import ActForm


class MergeForm(ActForm):
    """归并线索 into another one of the office."""

    into = OtherClueField()
    reason = forms.CharField(label="归并理由", max_length=200, help_text="如 同一地点、同一当事人、同一行为")

    def prepare(self):
        """Another clue of the office."""
        self.fields["into"].among(self.user, self.thing)

    def clean_into(self):
        """Only a clue that goes on or became a case."""
        return target_of(self.thing, self.cleaned_data["into"])
