"""Forms of 调查: parties, handlers, findings, papers."""

from django import forms

from accounts import roles
from accounts.forms.people import People
from cases.forms.base import SIDES, at_position, refuse_only_tags
from cases.models import LandFinding, MineralFinding
from cases.services.investigation import tonnes_of
from common.fitting import TOO_LARGE, fits
from common.forms.acts import ActForm
from common.forms.fields import ManyFilesField, PastDay, long_text, yes_no
from common.forms.quantities import area_field, money_field, plain_field, tonnes_field, volume_field
from common.forms.rows import RowForm, WithRows
from common.identifiers import BadIdentifier
from registry import codes
from registry.forms.fields import RESTRICTED, PositionFields, ViolationFields
from registry.forms.parties import SECRET
from registry.models import PartyKind
from registry.services.sealing import read_identity

STAGES = [
    ("filing", "立案"),
    ("investigation", "调查取证"),
    ("decision", "处罚决定"),
    ("execution", "执行"),
    ("closing", "结案"),
    ("referral", "移送"),
]


class PartyFields(forms.Form):
    """A party: a person, a firm, or 当事人不明."""

    kind = forms.ChoiceField(label="当事人类型", choices=PartyKind.choices)
    name = forms.CharField(
        label="姓名或名称", max_length=120, required=False, widget=forms.TextInput(attrs=SECRET)
    )
    identity = forms.CharField(
        label="身份证号或统一社会信用代码",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs=SECRET),
    )
    representative = forms.CharField(label="法定代表人", max_length=60, required=False)
    address = forms.CharField(label="住址或住所", max_length=200, required=False)
    phone = forms.CharField(label="电话", max_length=30, required=False, widget=forms.TextInput(attrs=SECRET))

    def clean(self):
        """A name but for 当事人不明; a number that is one."""
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind and kind != PartyKind.UNKNOWN and not cleaned.get("name"):
            self.add_error("name", "请填写姓名或名称；还不知道是谁的，类型选“当事人不明”。")
        try:
            read_identity(kind, cleaned.get("identity") or "")
        except BadIdentifier as wrong:
            self.add_error("identity", str(wrong))
        return cleaned


class PartyForm(PartyFields, ActForm):
    """One more party."""


class NamePartyForm(PartyFields, ActForm):
    """Who the unknown party is."""

    row = forms.ModelChoiceField(label="原登记为", queryset=None, empty_label=None)
    kind = forms.ChoiceField(
        label="当事人类型", choices=[each for each in PartyKind.choices if each[0] != "unknown"]
    )
    field_order = ["row"]

    def prepare(self):
        """The unknown parties of the case."""
        self.fields["row"].queryset = self.thing.parties.filter(party__kind=PartyKind.UNKNOWN)


class HandlersForm(ActForm):
    """Two handlers of the office."""

    handler = People("承办人")
    second_handler = People("协办人")

    def prepare(self):
        """The office's 承办人."""
        for name in ("handler", "second_handler"):
            self.fields[name].of(self.thing.agency, roles.HANDLER)

    def clean(self):
        """Two, not one."""
        cleaned = super().clean()
        if cleaned.get("handler") and cleaned["handler"] == cleaned.get("second_handler"):
            self.add_error("second_handler", "须另选一人：执法人员不得少于两人。")
        return cleaned


class LandRow(RowForm):
    """One land class with its area."""

    land_class = forms.ChoiceField(
        label="地类", choices=[("", "—"), *codes.choices("land_classes")], required=False
    )
    area = area_field(holds=LandFinding.area, required=False)
    conforming = yes_no("符合国土空间规划")
    destroyed = yes_no("种植条件严重毁坏")
    black_soil = forms.BooleanField(label="黑土地", required=False)

    def clean(self):
        """Class and area belong together."""
        cleaned = super().clean()
        if not cleaned.get("land_class"):
            self.add_error("land_class", "请选择地类。")
        if cleaned.get("area") is None and "area" not in self.errors:
            self.add_error("area", "请填写面积。")
        return cleaned


class LandFindingForm(WithRows, ActForm):
    """One round of areas, several land classes."""

    row_class, rows_title = LandRow, "地类和面积"
    happened_on = PastDay(label="认定日期")
    basis = forms.CharField(
        label="认定依据", max_length=200, required=False, help_text="如 勘测定界报告及文号"
    )
    files = ManyFilesField(label="认定材料", required=False)


def _fits(volume, density) -> bool:
    return fits(tonnes_of(volume, density), MineralFinding.tonnes.field)


class MineralRow(RowForm):
    """One mineral with its quantity, value and proceeds."""

    mineral = forms.CharField(label="矿种", max_length=60, required=False)
    tonnes = tonnes_field(holds=MineralFinding.tonnes, required=False)
    volume = volume_field(holds=MineralFinding.volume, required=False)
    density = plain_field("密度", "吨/立方米", holds=MineralFinding.density, required=False)
    value = money_field("价值", holds=MineralFinding.value, required=False)
    illegal_income = money_field("违法所得", holds=MineralFinding.illegal_income, required=False)
    destroyed_value = money_field("造成资源破坏的价值", holds=MineralFinding.destroyed_value, required=False)
    special = forms.BooleanField(label="禁采区、国家规划矿区或保护性开采矿种", required=False)

    def clean(self):
        """A quantity in tonnes, or in cubic metres with the density."""
        cleaned = super().clean()
        if not cleaned.get("mineral"):
            self.add_error("mineral", "请填写矿种。")
        volume, density = cleaned.get("volume"), cleaned.get("density")
        if volume is not None and not density:
            self.add_error("density", "以立方米填写的，请一并填写密度。")
        elif volume is not None and not _fits(volume, density):
            self.add_error("volume", f"折算为吨后{TOO_LARGE}")
        if volume is None and cleaned.get("tonnes") is None and "tonnes" not in self.errors:
            self.add_error("tonnes", "请填写吨数，或者填写体积和密度。")
        if volume is not None and cleaned.get("tonnes") is not None:
            self.add_error("tonnes", "吨数和体积只填一种，填体积的由系统按密度折算。")
        return cleaned


class MineralFindingForm(WithRows, ActForm):
    """One round of quantities, several minerals."""

    row_class, rows_title, rows_shown = MineralRow, "矿种和数量", 3
    happened_on = PastDay(label="认定日期")
    basis = forms.CharField(
        label="认定依据", max_length=200, required=False, help_text="如 测量报告、价格认定书及文号"
    )
    files = ManyFilesField(label="认定材料", required=False)


class WithdrawFindingForm(ActForm):
    """Which side's finding to withdraw, and why."""

    side = forms.ChoiceField(label="撤回哪一方面的认定")
    reason = long_text("撤回理由", max_length=200)

    def prepare(self):
        """Only sides that have a finding."""
        sides = [("land", "占地面积", self.thing.land_now())]
        sides.append(("mining", "开采数量", self.thing.minerals_now()))
        self.fields["side"].choices = [(key, label) for key, label, rows in sides if rows]


class CaseFilesForm(ActForm):
    """Papers for the case's file."""

    files = ManyFilesField(label="文件")
    kind = forms.CharField(label="材料名称", max_length=60, help_text="如 现场勘验笔录")
    stage = forms.ChoiceField(label="阶段", choices=STAGES, initial="investigation")
    for_police = forms.BooleanField(label="随移送卷（移送后公安、检察机关可以查阅）", required=False)
    note = forms.CharField(label="说明", max_length=200, required=False)


class AmendCaseForm(ViolationFields, PositionFields, ActForm):
    """What was typed at filing; a position left empty stays as it is."""

    cause = forms.CharField(label="案由", max_length=200)
    place = forms.CharField(label="位置", max_length=200)
    mineral = forms.CharField(label="矿种", max_length=60, required=False)
    found_on = PastDay(label="发现日期", required=False)
    act_ended_on = PastDay(label="违法行为终了日期", required=False, help_text="决定适用的法律版本和追责时效")
    facts = long_text("主要违法事实")
    no_position = forms.BooleanField(label="删去现有坐标", required=False)
    sections = [
        ("案件", ["cause", "found_on", "act_ended_on", "facts"]),
        ("位置", ["place", *PositionFields.POSITION, "no_position"]),
        ("矿种和违法类型", ["mineral", *SIDES]),
    ]

    def prepare(self):
        """Whether there is a position to take away."""
        if self.thing.longitude is None:
            del self.fields["no_position"]
        else:
            shown = f"现有：{self.thing.position}。留空不改"
            self.fields["position_first"].help_text = shown

    def clean(self):
        """At least one violation; those of narrower circles that stand already stay."""
        cleaned = at_position(super().clean())
        kept = self.thing.violations.filter(code__in=RESTRICTED).values_list("code", flat=True)
        cleaned["violations"] = [*cleaned["violations"], *kept]
        refuse_only_tags(self, cleaned)
        return cleaned
