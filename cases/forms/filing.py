"""Forms of 立案: the proposal, from a clue or on the office's own motion, and its approval."""

from django import forms

from accounts import roles
from accounts.forms.answering import AnswerFields, WithReason
from accounts.forms.people import Officers
from accounts.models import Region, RegionLevel
from accounts.services.people import holders
from cases.acts import ACTS, PROPOSE_FILING
from cases.forms.base import SIDES, at_position, of_sides, refuse_only_tags
from cases.services.filing import FilingProposal
from common.forms.acts import ActForm
from common.forms.fields import PastDay, long_text
from registry import codes
from registry.forms.fields import PositionFields, ViolationFields
from registry.forms.parties import PartiesMixin

# What every form says that asks for the two (自然资源行政处罚办法 art 17).
TWO = "调查须两名持有效执法证的承办人，可立案后指定"


class ProposeFilingForm(PartiesMixin, ViolationFields, PositionFields, ActForm):
    """立案呈批: with a clue its data stand in the fields already."""

    parties_key = "named"
    cause = forms.CharField(label="案由", max_length=200, help_text="如 张某无证开采煤矿案")
    source = forms.ChoiceField(label="案件来源", choices=codes.choices("sources"))
    found_on = PastDay(label="发现日期", required=False)
    county = forms.ModelChoiceField(label="县（市、区）", queryset=None)
    township = forms.ModelChoiceField(
        label="乡（镇、街道）", queryset=None, required=False, empty_label="请选择"
    )
    place = forms.CharField(label="位置", max_length=200)
    mineral = forms.CharField(label="矿种", max_length=60, required=False)
    facts = long_text("主要违法事实")
    handler = Officers("承办人", required=False)
    second_handler = Officers("协办人", required=False, help_text=TWO)
    one_of = SIDES
    sections = [
        ("案件", ["cause", "source", "found_on", "facts"]),
        ("位置和违法类型", ["county", "township", "place", *PositionFields.POSITION, "mineral", *SIDES]),
        ("承办人员", ["handler", "second_handler"]),
    ]

    @property
    def agency(self):
        """The clue's office, or the proposer's own."""
        if self.thing is not None:
            return self.thing.agency
        return next(post.agency for post in self.user.current_postings if post.role in PROPOSE_FILING.roles)

    def prepare(self):
        """Places of the office's region, its handlers; a clue's parties are taken over."""
        self.often_first(self.agency)
        region = self.agency.region
        below = Region.objects.filter(code__startswith=significant(region))
        self.fields["county"].queryset = below.filter(level=RegionLevel.COUNTY)
        self.fields["township"].queryset = below.filter(level=RegionLevel.TOWNSHIP)
        if region.level == RegionLevel.COUNTY:
            self.fields["county"].initial = region
            self.fields["county"].empty_label = None
        for name in ("handler", "second_handler"):
            self.fields[name].of(self.agency, roles.HANDLER)
        if self.thing is None or not self.thing.violations:
            self.upfront = SIDES  # nothing is filed without one
        named = self.thing is not None and self.thing.suspects.exists()
        self.parties_title, self.parties_shown = ("增加当事人", 0) if named else ("当事人", 1)

    def clean(self):
        """At least one violation that is no mere tag; then all of it as one proposal."""
        cleaned = at_position(super().clean())
        refuse_only_tags(self, cleaned)
        return cleaned if self.errors else {"proposal": FilingProposal(**cleaned)}


def significant(region) -> str:
    """The head of a region's code that all below it share."""
    return {"province": region.code[:2], "prefecture": region.code[:4]}.get(region.level, region.code)


def from_clue(clue, user) -> dict:
    """What a clue already tells, as the form's initial values; never who reported it."""
    names = [each.party.name for each in clue.suspects.select_related("party")]
    first = codes.label("violations", clue.violations[0]) if clue.violations else ""
    look = clue.verifications.order_by("-looked_on", "-pk").first()
    own = user if user.holds(roles.HANDLER) else clue.handler
    other = _other_looker(clue, look, own)
    return {
        "cause": f"{'、'.join(names)}{first.split('（')[0]}案" if names and first else "",
        "source": clue.source,
        "county": clue.county_id,
        "township": clue.township_id,
        "place": clue.place,
        "mineral": clue.mineral,
        **of_sides(clue.violations),
        "found_on": look.looked_on if look else clue.received_on,
        "facts": look.facts_found if look else clue.summary,
        "handler": own,
        "second_handler": other,
    }


def _other_looker(clue, look, own):
    """Another 承办人 of the office who looked on the ground."""
    if look is None:
        return None
    ours = holders(clue.agency, roles.HANDLER)
    return ours.filter(pk__in=look.lookers.values("pk")).exclude(pk=own and own.pk).first()


class NumberFields(forms.Form):
    """A number given by the system, or typed where the office's own series gave one."""

    number = forms.CharField(
        label="文号", max_length=80, required=False, help_text="留空由系统编号；已有文号的照原样填写"
    )


class ApproveFilingForm(NumberFields, AnswerFields):
    """批准立案."""

    approval_act = ACTS.get("approve_filing")
    more_title = "录入纸上签批、填写文号"
    own_sections = [("立案编号", ["number"])]


class RefuseFilingForm(WithReason, ApproveFilingForm):
    """不批准立案: the reason is the opinion."""

    approval_act = ACTS.get("refuse_filing")
    opinion_label = "不批准的理由"
    approval_only = ("number",)


class ReturnFilingForm(RefuseFilingForm):
    """退回立案呈批."""

    approval_act = ACTS.get("return_filing")
    opinion_label = "需要补充的内容"


class ProposeFilingAgainForm(ActForm):
    """再次呈批立案: the facts as they stand now; all else is amended on the case's page."""

    facts = long_text("主要违法事实")
    remark = long_text("补充了什么", max_length=2000)
