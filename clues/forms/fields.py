"""A field that several forms of this app share: another clue, or a case, by its number."""

from django import forms

from clues.models import Clue
from clues.services.merging import check_target
from clues.targets import find
from common.document_numbers import normalise_number
from common.errors import Refused


class OtherClueField(forms.CharField):
    """A clue of the user's own office by its number, or a case by its own; see `among`.

    Cleans to the clue (of a case that came from one: that clue), or to a Target.
    """

    def __init__(self, **kwargs):
        self.user = self.clue = None
        super().__init__(**{"label": "并入的线索号或案号", "max_length": 80, **kwargs})

    def among(self, user, clue):
        """Look only among the clues this person sees at this clue's office."""
        self.user, self.clue = user, clue

    def clean(self, value):
        """The clue with this number, or a sentence."""
        typed = super().clean(value)
        if not typed:
            return None
        number, agency = normalise_number(typed), self.clue.agency
        clues = Clue.objects.visible_to(self.user).filter(agency=agency, number=number)
        clue = clues.exclude(pk=self.clue.pk).first() or find(self.user, agency, number)
        if clue is None:
            raise forms.ValidationError(
                "没有找到这个线索号或案号，请填写本单位另一件线索的完整线索号，或已立案件的完整案号。"
            )
        return getattr(clue, "clue", None) or clue


def target_of(clue, into):
    """`into`, where it may take `clue` in; the service's own rule, said at the field."""
    try:
        check_target(clue, into)
    except Refused as no:
        raise forms.ValidationError(no.sentence) from None
    return into
