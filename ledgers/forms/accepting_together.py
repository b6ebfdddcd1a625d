"""接收零报告和无变化报告: nothing to type, the page carries which ones were listed."""

from common.forms.acts import Confirm


class AcceptUnchangedForm(Confirm):
    """The public ids of the reports that were on the page (ledgers/submitting/unchanged.html)."""

    def clean(self):
        """Exactly those."""
        return {**super().clean(), "seen": self.data.getlist("seen")}
