"""Calendar, standards, numbers."""

from django import forms
from django.db.models import Q

from accounts import series, standards
from accounts.forms.agencies import RegionChoice
from accounts.forms.people import date_field
from accounts.models import DayKind, Region, local_today
from accounts.services import calendar
from common.errors import Refused
from common.forms.acts import ActForm


class DayForm(ActForm):
    """One day closed, opened, or neither any more."""

    day = date_field("日期")
    kind = forms.ChoiceField(
        label="安排",
        required=False,
        choices=[(DayKind.OFF, "放假"), (DayKind.WORK, "调休上班"), ("", "取消已有安排")],
    )
    note = forms.CharField(label="说明", max_length=60, required=False, help_text="如：国庆节")

    def __init__(self, *args, year, **kwargs):
        self.year = year
        super().__init__(*args, **kwargs)

    def clean_day(self):
        """A day of the year whose page this is: its version is what was read."""
        if self.cleaned_data["day"].year != self.year:
            raise forms.ValidationError(f"这里只能填{self.year}年的日子，请核对年份。")
        return self.cleaned_data["day"]


class YearForm(ActForm):
    """All days of a year's notice at once."""

    days = forms.CharField(
        label="全年安排",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": "14", "placeholder": "2027-01-01 休 元旦"}),
        help_text="每行一天：日期、休或班、说明。提交后替换这一年已有的全部安排。",
    )

    def __init__(self, *args, year, **kwargs):
        self.year = year
        super().__init__(*args, **kwargs)

    def clean_days(self):
        """{day: (kind, note)} of this year only."""
        try:
            years = calendar.read(self.cleaned_data["days"])
        except Refused as refusal:
            raise forms.ValidationError(refusal.sentence) from None
        if set(years) != {self.year}:
            raise forms.ValidationError(f"这里只能填{self.year}年的日子，请核对年份。")
        return years[self.year]


class StandardForm(ActForm):
    """A value, where and from when it holds, and by which document."""

    key = forms.ChoiceField(label="标准", choices=())
    value = forms.DecimalField(label="数值", max_digits=18, decimal_places=4)
    region = RegionChoice(label="适用区域", queryset=Region.objects.none(), empty_label=None)
    valid_from = date_field("自何日起", initial=local_today)
    valid_until = date_field("至何日止", required=False, help_text="没有废止的不填")
    document = forms.CharField(label="依据", max_length=200, help_text="文件名称、文号和条款")
    sure = forms.BooleanField(label="已核实", required=False, help_text="已与文件原文核对过的才勾选")

    def prepare(self):
        """The standards that the apps compute with, the agency's own region and what lies in it:
        nobody speaks for the whole country here."""
        self.fields["key"].choices = [
            (part, [(kind.key, kind.choice) for kind in kinds if not kind.fixed])
            for part, kinds in standards.parts().items()
        ]
        own = self.thing.region
        inside = Q(pk=own.pk) | Q(parent=own) | Q(parent__parent=own)
        regions = Region.objects.filter(inside).exclude(level="township")
        self.fields["region"].queryset = regions.select_related("parent").order_by("code")
        self.fields["region"].initial = own


class AmendStandardForm(ActForm):
    """Correcting a value or saying that it has been checked."""

    value = forms.DecimalField(label="数值", max_digits=18, decimal_places=4)
    valid_until = date_field("至何日止", required=False, help_text="没有废止的不填")
    document = forms.CharField(label="依据", max_length=200, help_text="文件名称、文号和条款")
    sure = forms.BooleanField(label="已核实", required=False, help_text="已与文件原文核对过的才勾选")


def kinds():
    """The series that the apps number by."""
    return [(registered.kind, registered.label) for registered in series.REGISTRY.values()]


class StartForm(ActForm):
    """The last number that was given on paper."""

    kind = forms.ChoiceField(label="编号种类", choices=kinds)
    year = forms.IntegerField(label="年", min_value=1990, max_value=2099)
    last = forms.IntegerField(label="已经编到第几号", min_value=0, help_text="系统从下一号开始编，只能往大改")

    def prepare(self):
        """This year first."""
        self.fields["year"].initial = local_today().year


class VoidForm(ActForm):
    """A number that must never be used."""

    kind = forms.ChoiceField(label="编号种类", choices=kinds)
    text = forms.CharField(label="编号", max_length=80, help_text="如 交自然资罚字〔2026〕12号")
    reason = forms.CharField(label="作废原因", max_length=200)
