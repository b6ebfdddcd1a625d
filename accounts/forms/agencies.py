"""Offices: opening, amending, moving, merging; and leave to sign for somebody."""

from django import forms

from accounts.forms.people import AgencyChoice, PersonChoice, date_field, managed
from accounts.models import Agency, AgencyKind, Region, User, local_today
from common.forms.acts import ActForm
from common.forms.fields import Choice


class RegionChoice(Choice):
    """A division, named with its prefecture."""

    def label_from_instance(self, region):
        """市中区 exists in several prefectures."""
        return region.full_name


class OpenAgencyForm(ActForm):
    """A new agency under the one whose page this is."""

    kind = forms.ChoiceField(label="类别", choices=AgencyKind.choices)
    region = RegionChoice(label="行政区划", queryset=Region.objects.none())
    name = forms.CharField(
        label="名称", max_length=100, required=False, help_text="不填则按惯例取名，以后可改"
    )
    document_prefix = forms.CharField(
        label="文号代字", max_length=30, required=False, help_text="如 交自然资；不填则按惯例取"
    )
    code = forms.CharField(
        label="代码",
        max_length=40,
        required=False,
        help_text="不填则为区划代码加类别；同一区域再设同类机构时才填",
    )

    def prepare(self):
        """Divisions at or under that of the upper agency."""
        own = self.thing.region
        codes = Region.objects.filter(code__startswith=own.code.rstrip("0") or own.code)
        self.fields["region"].queryset = codes.select_related("parent").order_by("code")


class AmendAgencyForm(ActForm):
    """What an agency is called and how it numbers its papers."""

    name = forms.CharField(label="名称", max_length=100)
    short_name = forms.CharField(label="简称", max_length=40, required=False)
    document_prefix = forms.CharField(
        label="文号代字", max_length=30, help_text="改后新编的文号用新的代字，已编的不变"
    )
    phone = forms.CharField(
        label="联系电话", max_length=40, required=False, help_text="上级催报时打这个电话，如 0358-3522000"
    )
    uses_system = forms.BooleanField(
        label="使用本系统", required=False, help_text="不使用的单位，由下级登记线下报送和线下接收"
    )


class MoveAgencyForm(ActForm):
    """Another agency above."""

    parent = AgencyChoice(label="新的上级机构", queryset=Agency.objects.none())

    def prepare(self):
        """Anything but itself and what hangs below it."""
        others = managed(self.user).exclude(path__startswith=self.thing.path)
        self.fields["parent"].queryset = others


class MergeAgencyForm(ActForm):
    """Which agency takes its place, from which day."""

    into = AgencyChoice(label="并入", queryset=Agency.objects.none())
    on = date_field("自何日起", initial=local_today)

    def prepare(self):
        """Agencies of the same line."""
        others = managed(self.user).filter(kind=self.thing.kind)
        self.fields["into"].queryset = others.exclude(path__startswith=self.thing.path)


class AuthorityForm(ActForm):
    """Who signs for whom, from when to when, and the paper."""

    principal = PersonChoice(label="授权人", queryset=User.objects.none())
    delegate = PersonChoice(label="代签人", queryset=User.objects.none())
    since = date_field("自", initial=local_today)
    until = date_field("至", help_text="最长一年")
    scan = forms.FileField(label="授权书扫描件", required=False, help_text="登记他人的授权时必须上传")

    def prepare(self):
        """People with a post at the agency."""
        people = User.objects.filter(postings__agency=self.thing, is_active=True).distinct()
        for name in ("principal", "delegate"):
            self.fields[name].queryset = people.select_related("agency").order_by("name")
