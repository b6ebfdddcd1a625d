"""建立, 复制, and who takes part."""

from datetime import date

from django import forms

from accounts.models import Agency, Region
from accounts.roles import LIAISON
from campaigns import forms_offered
from campaigns.services.members import eligible
from common.forms.acts import ActForm
from common.forms.fields import SeveralRows

CODE_HELP = "只用小写字母、数字和短横线，出现在网址中，例如 jiaocheng-2026。定下后不能改。"


class NamedDays(ActForm):
    """What every campaign has: a name, a code, a first day."""

    name = forms.CharField(label="名称", max_length=120, help_text="照方案标题填写，写明年份。")
    code = forms.CharField(label="代码", max_length=40, help_text=CODE_HELP)


class OpenCampaignForm(NamedDays):
    """建立专项行动 in the person's own region."""

    region = forms.ModelChoiceField(label="区域", queryset=Region.objects.none(), empty_label=None)
    from_day = forms.DateField(label="自")
    to_day = forms.DateField(label="至", required=False, help_text="常态化行动没有结束日期的，先空着。")
    form = forms.ChoiceField(label="台账表式", choices=forms_offered.choices)
    field_order = ["region", "name", "code"]

    def prepare(self):
        """Regions where the person is liaison."""
        held = [post.agency.region_id for post in self.user.current_postings if post.role == LIAISON]
        regions = Region.objects.filter(pk__in=held)
        self.fields["region"].queryset = regions
        if len(regions) == 1:
            self.fields["region"].initial = regions[0]

    def clean_form(self):
        """(code, version) as the service takes it."""
        code, version = self.cleaned_data["form"].rsplit("-", 1)
        return code, int(version)

    def clean(self):
        """Ends after it began."""
        cleaned = super().clean()
        start, end = cleaned.get("from_day"), cleaned.get("to_day")
        if start and end and end < start:
            self.add_error("to_day", "结束日期不能早于开始日期，请核对。")
        return cleaned


class AmendCampaignForm(ActForm):
    """修改名称和起止; its code and region stay."""

    name = forms.CharField(label="名称", max_length=120)
    from_day = forms.DateField(label="自")
    to_day = forms.DateField(label="至", required=False, help_text="没有结束日期的，空着。")

    def prepare(self):
        """As it stands."""
        for name, field in self.fields.items():
            field.initial = getattr(self.thing, name)


class CopyCampaignForm(NamedDays):
    """复制上一次专项行动: what is new about it."""

    from_day = forms.DateField(
        label="自", help_text="结束日期、各阶段和排查计划的日期都顺延同样的天数，建立后可以逐个修改。"
    )
    screening = forms.BooleanField(label="连同排查计划，不带排查结果", required=False, initial=True)

    def prepare(self):
        """A year later, if nothing else is typed."""
        day = self.thing.from_day
        self.fields["from_day"].initial = (
            date(day.year + 1, 2, 28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)
        )
        this, following = str(day.year), str(day.year + 1)
        old = self.thing.code
        self.fields["name"].initial = self.thing.name.replace(this, following)
        self.fields["code"].initial = (
            old.replace(this, following) if this in old else f"{old}-{following}"[:40]
        )


class AgencyBoxes(SeveralRows):
    """Agencies of one county as boxes."""

    widget = forms.CheckboxSelectMultiple


class MembersForm(ActForm):
    """修改成员单位: all agencies of the region, county by county, those taking part ticked."""

    def prepare(self):
        """One field for each county."""
        taking_part = set(self.thing.members.values_list("agency_id", flat=True))
        by_county = {}
        for agency in eligible(self.thing).order_by("region_id", "-kind", "code"):
            by_county.setdefault(agency.region_id[:6], []).append(agency)
        names = dict(Region.objects.filter(pk__in=by_county).values_list("pk", "name"))
        self.sections = []
        for code, agencies in by_county.items():
            name = f"in_{code}"
            self.fields[name] = AgencyBoxes(
                label="参加的单位",
                required=False,
                queryset=Agency.objects.filter(pk__in=[agency.pk for agency in agencies]),
                initial=[agency.pk for agency in agencies if agency.pk in taking_part],
            )
            self.sections.append((names.get(code, code), [name]))

    def clean(self):
        """`members`: everybody ticked."""
        cleaned = super().clean()
        members = [agency for ticked in cleaned.values() for agency in ticked]
        if not members and not self.errors:
            raise forms.ValidationError("请至少勾选一个成员单位。")
        return {"members": members}
