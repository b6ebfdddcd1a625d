"""Amend, strike, merge, split and move a row; join a case; take candidates in or leave them out."""

from django import forms

from accounts.models import Agency
from cases.models import Case
from common.forms.acts import ActForm
from common.forms.fields import SeveralRows
from ledgers.matching import is_near
from ledgers.models import CountyLedger, EntryLink, EntryState, LedgerEntry


class Words(ActForm):
    """企业名称（个人）, 位置, 开采矿种 as the row shows them."""

    party = forms.CharField(
        label="企业名称（个人）",
        max_length=300,
        help_text="几人共同违法的用顿号隔开；还不清楚的填“当事人不明”。",
    )
    place = forms.CharField(label="位置", max_length=300, required=False)
    mineral = forms.CharField(label="开采矿种", max_length=60, required=False)


class AmendForm(Words):
    """修改条目: the words of the row and 备注; figures are changed at the case."""

    carried_over = forms.BooleanField(
        label="结转：专项行动开始以前的案件",
        required=False,
        help_text="结转的条目只计专项行动期间作出的认定和处罚。",
    )
    composed = forms.BooleanField(
        label="备注由系统按案件情况生成", required=False, help_text="要自己写备注的，去掉勾再改下面的文字。"
    )
    remark = forms.CharField(
        label="备注", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    sections = [("条目", ["party", "place", "mineral", "carried_over"]), ("备注", ["composed", "remark"])]

    def clean(self):
        """None composes 备注 again; a changed text under the tick would be lost, so it is asked."""
        cleaned = super().clean()
        if cleaned.pop("composed", False):
            if "remark" in self.changed_data and cleaned.get("remark"):
                self.add_error("composed", "备注已经改过，要用自己写的备注，请去掉这里的勾。")
            cleaned["remark"] = None
        return cleaned


class StrikeForm(ActForm):
    """剔除."""

    reason = forms.CharField(
        label="剔除理由",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="结案、销号的条目不用剔除，仍留在台账中。确属误录、重复的才剔除。",
    )


class EntryChoice(forms.ModelChoiceField):
    """A row by its number, party and place."""

    def label_from_instance(self, entry):
        """第3行 张某 东沟口."""
        return f"第{entry.position}行　{entry.party}　{entry.place}"


class MergeForm(ActForm):
    """归并: into which row; those that look alike stand first."""

    into = EntryChoice(label="并入哪一条目", queryset=None, empty_label="请选择")
    reason = forms.CharField(label="归并说明", max_length=200, required=False)

    def prepare(self):
        """Other rows of the same county's ledger."""
        entry = self.thing
        rows = (
            LedgerEntry.objects.visible_to(self.user)
            .filter(campaign_id=entry.campaign_id, agency_id=entry.agency_id)
            .exclude(pk=entry.pk)
            .standing()
        )
        field = self.fields["into"]
        field.queryset = rows
        rows = sorted(rows, key=lambda row: (not _alike(entry, row), row.position))
        field.choices = [("", field.empty_label), *((row.pk, field.label_from_instance(row)) for row in rows)]


def _alike(entry, row) -> bool:
    return is_near(entry.party, entry.place, row.party, row.place)


class LinkChoices(SeveralRows):
    """What stands behind a row, by kind and number."""

    def label_from_instance(self, link):
        """案件 交自然资立字〔2026〕12号."""
        kind = "案件" if link.case_id else "线索" if link.clue_id else "公安事项"
        return f"{kind}　{link}"


class SplitForm(Words):
    """拆分: what goes into the new row, and its words."""

    links = LinkChoices(
        label="拆出的线索、案件、公安事项",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请选择要拆出的线索、案件或公安事项。"},
    )
    reason = forms.CharField(label="拆分说明", max_length=200, required=False)
    sections = [("拆出什么", ["links", "reason"]), ("新条目", ["party", "place", "mineral"])]

    def prepare(self):
        """The links of this row."""
        self.fields["links"].queryset = EntryLink.objects.filter(entry=self.thing).select_related(
            "case", "clue", "matter"
        )


class MoveForm(ActForm):
    """移出: to which county, and why."""

    to_agency = forms.ModelChoiceField(label="移入的县", queryset=None, empty_label="请选择")
    reason = forms.CharField(label="移出理由", max_length=200, widget=forms.Textarea(attrs={"rows": 3}))

    def prepare(self):
        """Other counties of the campaign within reach."""
        entry = self.thing
        seats = CountyLedger.objects.visible_to(self.user).counties()
        seats = seats.filter(campaign_id=entry.campaign_id).exclude(agency_id=entry.agency_id)
        self.fields["to_agency"].queryset = Agency.objects.filter(pk__in=seats.values("agency_id"))


class CaseChoice(forms.ModelChoiceField):
    """A case by number, cause and place."""

    def label_from_instance(self, case):
        """交自然资立字〔2026〕12号 张某无证采煤案 东沟口."""
        return "　".join(dict.fromkeys(word for word in (str(case), case.cause, case.place) if word))


class JoinForm(ActForm):
    """关联案件: one that stands in no row of this campaign yet."""

    case = CaseChoice(
        label="案件",
        queryset=None,
        empty_label="请选择",
        help_text="联合办理的案件，或者这一行在本系统中的原案件。",
    )

    def prepare(self):
        """Cases within reach that no standing row of the campaign holds."""
        entry = self.thing
        linked = EntryLink.objects.filter(
            entry__campaign_id=entry.campaign_id, entry__state=EntryState.IN, case__isnull=False
        )
        self.fields["case"].queryset = (
            Case.objects.visible_to(self.user)
            .exclude(pk__in=linked.values("case_id"))
            .filed()
            .order_by("-filed_on", "-pk")
        )
