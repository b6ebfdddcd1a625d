"""归并线索."""

from django import forms

from clues.forms.fields import OtherClueField, target_of


class MergeForm(forms.Form):
    """归并线索 into another one of the office."""

    into = OtherClueField()
    reason = forms.CharField(label="归并理由", max_length=200, help_text="如 同一地点、同一当事人、同一行为")

    def __init__(self, *args, user, thing, **kwargs):
        super().__init__(*args, **kwargs)
        self.thing = thing
        self.fields["into"].among(user, thing)

    def clean_into(self):
        """Only a clue that goes on or became a case."""
        return target_of(self.thing, self.cleaned_data["into"])
