"""Forms of 送达: on whom, by which way, with which proof."""

from django import forms

from accounts.models import local_today
from cases.assessing.service import left_to_serve
from cases.forms.choices import Said, reason_field
from cases.forms.decision import StandingDecision
from cases.models import DecisionState, PartyService
from cases.service_ways import ANNOUNCEMENT, WAYS
from cases.services.serving import ServiceEntry
from common.forms.acts import ActForm
from common.forms.fields import ManyFilesField, PastDay, SeveralRows
from registry import codes
from registry.models import Party

_OTHERS = tuple(code for code in WAYS if code != ANNOUNCEMENT)
ASKS = "；".join(f"{way.name}写{way.asks}" for way in WAYS.values())


class ServiceForm(ActForm):
    """送达."""

    decision = StandingDecision()
    parties = SeveralRows(
        Party.objects.none(),
        label="受送达人",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="同一天、同一方式送达的一起登记，不同的分开登记",
    )
    mode = forms.ChoiceField(label="送达方式", choices=codes.choices("service_modes"))
    served_on = PastDay(label="送达日期", initial=local_today, required=False)
    announced_on = PastDay(
        label="发出公告的日期", required=False, help_text="送达日期是发出公告之日起满三十日，由系统算出"
    )
    detail = forms.CharField(label="送达情况", max_length=200, required=False, help_text=ASKS)
    receipt_number = forms.CharField(label="送达回证号", max_length=60, required=False)
    files = ManyFilesField(
        label="送达回证、邮件回执、照片等", required=False, help_text="回证号和凭证至少有一样"
    )
    # Needed where they apply; number and proof stand in for one another.
    one_of = ("parties", "served_on", "announced_on", "receipt_number", "files")
    upfront = ("parties", "served_on", "announced_on", "detail", "receipt_number", "files")
    applies = {"announced_on": ("mode", (ANNOUNCEMENT,)), "served_on": ("mode", _OTHERS)}

    def prepare(self):
        """The decisions of the case; of their parties those not served yet."""
        self.fields["decision"].of(self.thing)
        made = list(self.fields["decision"].queryset.prefetch_related("items__party", "served"))
        left = {party.pk: party for decision in made for party in left_to_serve(decision)}
        self.fields["parties"].queryset = Party.objects.filter(pk__in=left)
        self.fields["parties"].initial = list(left) if len(made) == 1 else []

    def clean(self):
        """As one entry."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        decision = cleaned.pop("decision")
        return {"decision": decision, "entry": ServiceEntry(**cleaned)}


class WithdrawServiceForm(ActForm):
    """撤回送达登记."""

    service = Said(label="撤回哪一次送达")
    reason = reason_field()

    def prepare(self):
        """What stands."""
        self.fields["service"].queryset = PartyService.objects.filter(
            decision__case=self.thing, decision__state=DecisionState.MADE, withdrawn_at=None
        ).select_related("party")
