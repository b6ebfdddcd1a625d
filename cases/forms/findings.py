"""Forms of 认定: areas by land class, quantities by mineral, and taking the last round back."""

from django import forms

from accounts.models import local_today
from cases.models import LandFinding, MineralFinding
from cases.services.investigation import tonnes_of
from common.fitting import TOO_LARGE, fits
from common.forms.acts import ActForm
from common.forms.fields import ManyFilesField, PastDay, long_text, yes_no
from common.forms.quantities import area_field, money_field, plain_field, tonnes_field, volume_field
from common.forms.rows import RowForm, WithRows
from registry import codes


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
    special = forms.BooleanField(label="禁采区、国家规划矿区或保护性开采矿种", required=False)
    field_order = ["mineral", "tonnes", "value", "illegal_income"]
    later = ("volume", "density", "destroyed_value", "special")
    later_title = "以立方米认定的体积和密度，资源破坏价值，特殊矿区或矿种"

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
        sides = [("land", "占地面积", self.thing.land_now())]
        sides.append(("mining", "开采数量", self.thing.minerals_now()))
        self.fields["side"].choices = [(key, label) for key, label, rows in sides if rows]
