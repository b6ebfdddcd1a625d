"""Forms of 认定: areas by land class, quantities by mineral, and taking the last round back."""

from django import forms

from accounts.models import local_today
from cases.models import UNSPECIFIED, LandFinding, MineralFinding
from cases.services.investigation import FINDINGS, tonnes_of
from common.fitting import TOO_LARGE, fits
from common.forms.acts import ActForm
from common.forms.fields import ManyFilesField, PastDay, long_text, yes_no
from common.forms.quantities import area_field, money_field, plain_field, tonnes_field, volume_field
from common.forms.rows import RowForm, WithRows
from registry import codes

ARABLE = frozenset(item["code"] for item in codes.items("land_classes") if item["arable"])
NOWHERE = "none"


class SpecialAreas(forms.MultipleChoiceField):
    """Where ore was mined, of the areas of 法释〔2016〕25号 art 3①(二); cleans to codes, an empty list for
    none of them, None where nothing was said."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self):
        own = [(UNSPECIFIED, "属于上述之一，还没有查明是哪一类"), (NOWHERE, "都不是")]
        listed = [*codes.choices("special_areas"), *own]
        super().__init__(
            label="特殊区域或者矿种",
            choices=listed,
            required=False,
            help_text="在这些区域开采的，移送标准减半；查明不在的选“都不是”",
        )

    def clean(self, value):
        """None of them goes with no other."""
        chosen = super().clean(value)
        if NOWHERE in chosen and len(chosen) > 1:
            raise forms.ValidationError("选了“都不是”，不能再选其他项，请核对。")
        return None if not chosen else [code for code in chosen if code != NOWHERE]


class LandRow(RowForm):
    """One land class with its area."""

    land_class = forms.ChoiceField(
        label="地类", choices=[("", "—"), *codes.choices("land_classes")], required=False
    )
    area = area_field(holds=LandFinding.area, required=False)
    conforming = yes_no("符合国土空间规划")
    destroyed = yes_no("种植条件严重毁坏", help_text="林地、草地指毁坏林木、草原植被")
    forest = forms.ChoiceField(
        label="林地种类",
        choices=[("", "未填"), *codes.choices("forest_kinds")],
        required=False,
        help_text="公益林地五亩、商品林地十亩应当移送",
    )
    black_soil = yes_no("黑土地", help_text="黑土地的移送标准低于其他耕地")
    black_volume = volume_field("采挖黑土", holds=LandFinding.black_volume, required=False)
    later = ("forest", "black_soil", "black_volume")
    later_title = "林地种类，黑土地和采挖量"

    def clean(self):
        """Class and area belong together; kinds of forest and black soil fit the class."""
        cleaned = super().clean()
        chosen = cleaned.get("land_class")
        if cleaned.get("forest") and chosen != "forest":
            self.add_error("forest", "只有林地才分公益林地和商品林地。")
        if (cleaned.get("black_soil") or cleaned.get("black_volume")) and chosen and chosen not in ARABLE:
            self.add_error("black_soil", "只有耕地（含永久基本农田）才登记黑土地。")
        if cleaned.get("black_volume") and not cleaned.get("black_soil"):
            self.add_error("black_soil", "填写采挖量的，请选是黑土地。")
        if not cleaned.get("land_class"):
            self.add_error("land_class", "请选择地类。")
        if cleaned.get("area") is None and "area" not in self.errors:
            self.add_error("area", "请填写面积。")
        return cleaned


class LandFindingForm(WithRows, ActForm):
    """One round of areas, several land classes."""

    row_class, rows_title = LandRow, "地类和面积"
    happened_on = PastDay(label="认定日期", initial=local_today)
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
    estimated = forms.BooleanField(
        label="价值是估算，还没有认定", required=False, help_text="估算达到移送标准的，提示先认定"
    )
    price = plain_field(
        "单价",
        "元/吨",
        holds=MineralFinding.price,
        required=False,
        help_text="没有填价值的，按单价乘数量计算",
    )
    sold_on = PastDay(label="销售日期", required=False, help_text="分批销售的，一批一项")
    valuer = forms.CharField(
        label="价值认定机构", max_length=100, required=False, help_text="价格认证机构，或者省级以上主管部门"
    )
    value_document = forms.CharField(label="价值认定文号", max_length=80, required=False)
    valued_on = PastDay(label="价值认定日期", required=False)
    special_areas = SpecialAreas()
    field_order = ["mineral", "tonnes", "value", "estimated", "illegal_income"]
    later = (
        *("volume", "density", "price", "sold_on", "destroyed_value"),
        *("valuer", "value_document", "valued_on", "special_areas"),
    )
    later_title = "体积和密度，单价和销售日期，资源破坏价值，价值认定文书，特殊区域"

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
        self._refuse_found_estimate(cleaned)
        return cleaned

    def _refuse_found_estimate(self, cleaned):
        """A value is estimated or found by a paper, not both."""
        papers = [cleaned.get(name) for name in ("valuer", "value_document", "valued_on")]
        if cleaned.get("estimated") and any(papers):
            self.add_error("estimated", "已经有价值认定文书的，不是估算，请去掉勾选。")


class MineralFindingForm(WithRows, ActForm):
    """One round of quantities, several minerals."""

    row_class, rows_title = MineralRow, "矿种和数量"
    happened_on = PastDay(label="认定日期", initial=local_today)
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
        thing = self.thing
        found = {
            "land": thing.land_now(),
            "mining": thing.minerals_now(),
            "circumstances": thing.circumstances_now(),
        }
        self.fields["side"].choices = [(key, label) for key, label in FINDINGS.items() if found[key]]
