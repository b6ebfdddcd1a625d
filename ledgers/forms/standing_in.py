"""指定今天的审核人: whom, and why."""

from django import forms

from accounts.models import User
from common.forms.acts import ActForm
from ledgers.services.standing_in import substitutes
from reminders.forms.periods import PersonChoice


class ReplaceCheckerForm(ActForm):
    """A colleague; short enough for a phone."""

    person = PersonChoice(
        label="代为核对的人",
        queryset=User.objects.none(),
        empty_label="请选择",
        help_text="本期填报、导入过台账的人不能核对。",
    )
    reason = forms.CharField(label="原因", max_length=200, initial="台账审核人生病")

    def prepare(self):
        """Colleagues of the ledger's office."""
        self.fields["person"].queryset = substitutes(self.thing)
