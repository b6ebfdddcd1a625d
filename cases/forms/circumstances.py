"""Forms of 情节 and of the days of violations."""

from django import forms

from accounts.models import local_today
from cases.models import Circumstances, EarlierAct
from cases.services.circumstances import Days, Found, days_of
from common.forms.acts import ActForm
from common.forms.fields import ManyFilesField, PastDay, yes_no
from common.forms.quantities import area_field, money_field
from common.forms.rows import RowForm, WithRows
from registry import codes

MINE = ("mine_scale", "right_exists", "destructive")
MINING_ONLY = (*MINE, "eco_damage")
ANSWERS = {True: "yes", False: "no", None: ""}


def _label(name: str) -> str:
    return str(Circumstances._meta.get_field(name).verbose_name)


def _asked(name: str, why: str) -> forms.TypedChoiceField:
    return yes_no(_label(name), help_text=why)


def _sides(case) -> set[str]:
    return {each.side for each in case.violations.all()}


class EarlierRow(RowForm):
    """One earlier act that nobody punished: its day, and its ore or the land it destroyed."""

    acted_on = PastDay(label="行为日期", required=False)
    value = money_field("矿产品价值", holds=EarlierAct.value, required=False)
    land_class = forms.ChoiceField(
        label="毁坏土地的地类", choices=[("", "—"), *codes.choices("land_classes")], required=False
    )
    area = area_field("毁坏面积", holds=EarlierAct.area, required=False)

    def prepare(self):
        """Ore of mining, land of land."""
        sides = _sides(self.owner.thing)
        for side, names in (("mining", ("value",)), ("land", ("land_class", "area"))):
            if sides and side not in sides:
                for name in names:
                    del self.fields[name]

    def clean(self):
        """A day, and what is added up."""
        cleaned = super().clean()
        if cleaned.get("acted_on") is None and "acted_on" not in self.errors:
            self.add_error("acted_on", "请填写行为日期。")
        if cleaned.get("area") is not None and not cleaned.get("land_class"):
            self.add_error("land_class", "填写面积的，请选择地类。")
        return cleaned


class CircumstancesForm(WithRows, ActForm):
    """One round of circumstances: only what is known is answered."""

    row_class, rows_title = EarlierRow, "未经处理的同类行为"
    mine_scale = forms.ChoiceField(
        label=_label("mine_scale"),
        choices=[("", "未填"), *codes.choices("mine_scales")],
        required=False,
        help_text="有市级须参与规定的，中型以上要报请参与；无证开采的选“不适用”",
    )
    right_exists = _asked("right_exists", "许可证过期、没有领取，采矿权或者探矿权还在的，罚则不同")
    destructive = _asked("destructive", "由省级以上主管部门认定，决定是否属于破坏性采矿罪")
    eco_damage = _asked("eco_damage", "以司法鉴定意见为准；造成的应当移送，不论数额")
    refused_correct = _asked("refused_correct", "有的条款拒不改正才能没收、罚款")
    life_health = _asked("life_health", "追责时效由二年延长到五年")
    unpunished = _asked("unpunished", "同一当事人以前没有处罚过的，数额累计；查过没有的选“否”")
    happened_on = PastDay(label="认定日期", initial=local_today)
    basis = forms.CharField(
        label="认定依据", max_length=200, required=False, help_text="如 鉴定意见、责令改正的送达和复查记录"
    )
    files = ManyFilesField(label="认定材料", required=False)
    upfront = (*MINING_ONLY, "refused_correct", "life_health", "unpunished", "basis", "files")
    sections = [
        ("矿山和开采", list(MINE)),
        ("情节", ["refused_correct", "eco_damage", "life_health", "unpunished"]),
        ("未经处理的同类行为", "rows"),
        ("认定", ["happened_on", "basis", "files"]),
    ]

    def prepare(self):
        """What is of mining alone isn't asked of land."""
        sides = _sides(self.thing)
        if sides and "mining" not in sides:
            for name in MINING_ONLY:
                del self.fields[name]

    def clean(self):
        """What was found, as one."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        earlier = tuple(cleaned.pop("rows"))
        asked = {name: cleaned.pop(name) for name in Found().values() if name in cleaned}
        return {**cleaned, "found": Found(**asked, earlier=earlier)}


class ViolationDaysForm(ActForm):
    """When each violation began and ended: a section for each."""

    def prepare(self):
        """Three fields a violation, with what stands already."""
        self.rows, self.sections, self.upfront = list(self.thing.violations.all()), [], []
        for row in self.rows:
            stands = days_of(row)
            fields = {
                f"from_{row.code}": PastDay(label="开始日期", required=False, initial=stands.from_day),
                f"until_{row.code}": PastDay(label="终了日期", required=False, initial=stands.until_day),
                f"continuing_{row.code}": yes_no(
                    "仍在继续",
                    initial=ANSWERS[stands.continuing],
                    help_text="如非法占地没有恢复原状；在继续的不计算追责时效",
                ),
            }
            self.fields |= fields
            self.sections.append((str(row), list(fields)))
            self.upfront += fields

    def clean(self):
        """Days by code; an end before its beginning is said at its field."""
        cleaned, days = super().clean(), {}
        for row in self.rows:
            given = Days(*(cleaned.get(f"{part}_{row.code}") for part in ("from", "until", "continuing")))
            if given.from_day and given.until_day and given.until_day < given.from_day:
                self.add_error(f"until_{row.code}", "终了日期早于开始日期，请核对。")
            days[row.code] = given
        return cleaned if self.errors else {"days": days}
