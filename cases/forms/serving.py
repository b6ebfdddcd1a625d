"""Forms of 送达: on whom, by which way, with which proof."""

from dataclasses import replace

from django import forms

from accounts.models import local_today
from cases.assessing.service import left_to_serve
from cases.forms.choices import Said, StandingDecision, reason_field
from cases.models import DecisionState, PartyService
from cases.service_ways import ANNOUNCEMENT, WAYS
from cases.services.serving import ServiceEntry
from common.forms.acts import ActForm
from common.forms.fields import ManyFilesField, PastDay, SeveralRows
from registry import codes
from registry.models import Party

_OTHERS = tuple(code for code in WAYS if code != ANNOUNCEMENT)
ANY = ("*",)
# How a decision issued on paper was served, entered with it.
SERVED = [("送达", ["mode", "served_on", "announced_on", "detail", "receipt_number", "files"])]


class ServedFields(ActForm):
    """How a decision was served, where that may be said with it: which way, which day, what proves it."""

    mode = forms.ChoiceField(
        label="送达方式",
        choices=[("", "没有送达，或者另行登记"), *codes.choices("service_modes")],
        required=False,
        help_text="当事人都以同一方式、在同一天送达的，一起录入；不同的，录入后用“记录送达”逐一登记",
    )
    served_on = PastDay(label="送达日期", required=False)
    announced_on = PastDay(
        label="发出公告的日期", required=False, help_text="送达日期是发出公告之日起满三十日，由系统算出"
    )
    detail = forms.CharField(
        label="送达情况",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"aria-describedby": "id_detail_helptext"}),
    )
    receipt_number = forms.CharField(label="送达回证号", max_length=60, required=False)
    files = ManyFilesField(
        label="送达回证、邮件回执、照片等", required=False, help_text="回证号和凭证至少有一样"
    )
    applies = {
        "announced_on": ("mode", (ANNOUNCEMENT,)),
        "served_on": ("mode", _OTHERS),
        **dict.fromkeys(("detail", "receipt_number", "files"), ("mode", ANY)),
    }
    # What a field asks for by the answer to another: of seven ways that of the chosen one.
    helps_title = "送达方式"
    helps = {"detail": ("mode", {code: (way.name, way.asks) for code, way in WAYS.items()})}

    def take_service(self, cleaned: dict) -> ServiceEntry | None:
        """One service of whoever it is, out of what was filled in; None where nothing was."""
        said = {name: cleaned.pop(name, None) for _, names in SERVED for name in names}
        if not said["mode"]:
            if any(said.values()):
                self.add_error("mode", "请选择送达方式。")
            return None
        return ServiceEntry(parties=(), **said)


class ServiceForm(ServedFields):
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
    field_order = ["decision", "parties"]
    # Needed where they apply; number and proof stand in for one another.
    one_of = ("parties", "served_on", "announced_on", "receipt_number", "files")
    upfront = ("parties", "served_on", "announced_on", "detail", "receipt_number", "files")

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
        decision, parties = cleaned.pop("decision"), cleaned.pop("parties")
        return {"decision": decision, "entry": replace(self.take_service(cleaned), parties=parties)}


class WithdrawServiceForm(ActForm):
    """撤回送达登记."""

    service = Said(label="撤回哪一次送达")
    reason = reason_field()

    def prepare(self):
        """What stands."""
        self.fields["service"].queryset = PartyService.objects.filter(
            decision__case=self.thing, decision__state=DecisionState.MADE, withdrawn_at=None
        ).select_related("party")
