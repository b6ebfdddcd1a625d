"""The form of each book, where it differs from what its model says."""

from django import forms

from campaigns.forms.books import BookForm, BookFormWithParts
from campaigns.models import (
    CampaignDocument,
    CampaignViolation,
    GroupMember,
    Honour,
    Liaison,
    Phase,
    ScreeningTarget,
    TaskForce,
    TownshipInspection,
)
from campaigns.services.organising import MOST
from registry import codes
from registry.forms.fields import ViolationFields
from reminders.services.roster import staff


class GroupMemberForm(BookForm):
    """One of 领导小组 or its 办公室."""

    model = GroupMember


class LiaisonForm(BookForm):
    """联络人."""

    model = Liaison

    def prepare(self):
        """Only people of the own agency."""
        super().prepare()
        self.fields["person"].queryset = staff(self.thing.agency)
        self.fields["person"].empty_label = "不在本系统"


class PhaseForm(BookForm):
    """阶段."""

    model = Phase


class ViolationForm(ViolationFields, BookForm):
    """打击重点 and which violations of the code list it stands for."""

    model = CampaignViolation
    left_out = ("codes",)

    def __init__(self, *args, initial=None, **kwargs):
        given = (initial or {}).get("codes", ())
        sides = {
            f"{side}_violations": [code for code, _ in codes.violations_of(side) if code in given]
            for side in ("mining", "land")
        }
        super().__init__(*args, initial={**(initial or {}), **sides}, **kwargs)

    def prepare(self):
        """Words of the notice first, then what they stand for."""
        super().prepare()
        if self.adding:
            rows = self.model.objects.filter(
                campaign_id=self.thing.campaign_id, agency_id=self.thing.agency_id
            )
            self.fields["position"].initial = rows.standing().count() + 1
        for side, label in (("mining", "采矿"), ("land", "占地")):
            self.fields[f"{side}_violations"].label = f"对应的违法类型（{label}）"
        self.often_first(self.thing.agency if self.thing else None)
        self.sections = [
            ("方案", ["position", "text"]),
            ("采矿", ["mining_violations"]),
            ("占地", ["land_violations"]),
        ]

    def clean(self):
        """At least one code; `codes` instead of the two lists."""
        cleaned = super().clean()
        cleaned["codes"] = cleaned.pop("violations", [])
        if not cleaned["codes"]:
            self.add_error("mining_violations", "请至少选一项对应的违法类型。")
        return cleaned


class ScreeningForm(BookForm):
    """排查对象."""

    model = ScreeningTarget


class ScreeningPlanForm(BookForm):
    """Many places of one township at once, a name a line; results come later."""

    model = ScreeningTarget
    left_out = ("name", "done_on", "found", "result")
    names = forms.CharField(
        label="名称",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "placeholder": "东坡底村"}),
        help_text="一行一个，可以从表格中整列粘贴。",
    )

    def clean_names(self):
        """Each once, blank lines left out."""
        lines = self.cleaned_data["names"].splitlines()
        names = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
        if len(names) > MOST:
            raise forms.ValidationError(f"一次最多登记{MOST}个，现在有{len(names)}个，请分几次登记。")
        long = next((name for name in names if len(name) > 100), None)
        if long:
            raise forms.ValidationError(f"“{long[:20]}…”太长，一行只填一个名称，不超过100字。")
        return names

    @staticmethod
    def rows_of(cleaned):
        """One row for each name."""
        common = {name: value for name, value in cleaned.items() if name != "names"}
        return [{**common, "name": name} for name in cleaned["names"]]


class DocumentForm(BookForm):
    """A paper of the campaign."""

    model = CampaignDocument


class HonourForm(BookForm):
    """表彰 or 追责."""

    model = Honour


class TaskForceForm(BookFormWithParts):
    """专班 with its people."""

    model = TaskForce
    rows_shown = 10


class InspectionForm(BookFormWithParts):
    """检查验收 with its score table."""

    model = TownshipInspection
    rows_shown = 5
    USUAL = ("排查到位", "查处到位", "取缔到位")

    def __init__(self, *args, initial=None, **kwargs):
        usual = [{"item": item} for item in self.USUAL]
        super().__init__(*args, initial={"parts": usual, **(initial or {})}, **kwargs)
