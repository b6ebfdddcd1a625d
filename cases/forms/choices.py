"""Fields that several forms of this app ask with: which row, in words, and why."""

from django import forms

from cases.models import DecisionState
from common.forms.fields import long_text


def reason_field(label="撤回理由") -> forms.CharField:
    """Why; it stands in the record."""
    return long_text(label, max_length=200)


class LongSelect(forms.Select):
    """A choice with a line of its own: what it offers is long."""


class Said(forms.ModelChoiceField):
    """Rows in the words that `say` finds for each."""

    widget = LongSelect

    def __init__(self, label, say=str, **kwargs):
        self.say = say
        super().__init__(queryset=None, label=label, empty_label=None, **kwargs)

    def label_from_instance(self, row):
        """In words."""
        return self.say(row)


class StandingDecision(forms.ModelChoiceField):
    """The case's decisions that stand."""

    def __init__(self, **kwargs):
        super().__init__(queryset=None, label="处罚决定", empty_label=None, **kwargs)

    def of(self, case):
        """Offer those made and not revoked."""
        self.queryset = case.decisions.filter(state=DecisionState.MADE)
