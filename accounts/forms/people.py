"""People, their posts, their passwords, and reassigning their work."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from accounts import roles
from accounts.models import Agency, User, local_today
from accounts.services import certificates, passwords, reassigning
from accounts.services.people import holders
from common.errors import Refused
from common.forms.acts import ActForm
from common.forms.fields import Choice

USERNAME = RegexValidator(r"^[\w.-]{2,60}$", "登录名由 2 至 60 个字母、数字、汉字、点、横线组成，不含空格。")
TEMPORARY = "请抄给本人；首次登录时系统会要求改掉。离开本页后不再显示。"


def date_field(label, **options):
    """A day."""
    return forms.DateField(label=label, **options)


class AgencyChoice(Choice):
    """An agency of those the person manages, named with its place in the tree."""

    def label_from_instance(self, agency):
        """Deeper agencies stand further in."""
        return "　" * max(agency.path.count("/") - 2, 0) + agency.name


def managed(user):
    """Open agencies where the person manages people, in the order of the tree."""
    return Agency.objects.managed_by(user).filter(ended_on=None).order_by("path")


class People(Choice):
    """A choice of people of an office who hold one of some posts."""

    def __init__(self, label: str, **kwargs: Any):
        super().__init__(queryset=User.objects.none(), label=label, **kwargs)

    def of(self, agency: Agency, *codes: str) -> None:
        """Offer the holders of these posts at `agency`."""
        self.queryset = holders(agency, *codes)


class Officers(People):
    """The 承办人 of an office, with what is wrong with their 执法证 today."""

    def of(self, agency: Agency, *codes: str) -> None:
        """The holders, with what their certificates are asked for."""
        super().of(agency, *codes)
        self.queryset = self.queryset.prefetch_related("former_certificates")

    def label_from_instance(self, person):
        """A name, and why that person may not investigate now."""
        fault = person.certificate_fault(local_today())
        return f"{person.name}（{fault}）" if fault else person.name


class PersonForm(ActForm):
    """Who somebody is and how to reach them."""

    name = forms.CharField(label="姓名", max_length=60)
    phone = forms.CharField(label="联系电话", max_length=40, required=False)
    certificate_no = forms.CharField(label="执法证号", max_length=40, required=False)
    certificate_until = date_field("执法证有效期至", required=False)


class AddPersonForm(PersonForm):
    """A new person with a temporary password."""

    username = forms.CharField(label="登录名", max_length=60, validators=[USERNAME])
    password = forms.CharField(
        label="临时密码",
        max_length=128,
        help_text=TEMPORARY,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ["name", "username", "password", "phone", "certificate_no", "certificate_until"]

    def prepare(self):
        """Propose a password that can be read out."""
        self.fields["password"].initial = passwords.temporary


class CertificatesForm(ActForm):
    """执法证 of many, a person a line."""

    lines = forms.CharField(
        label="执法证名单",
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 12, "placeholder": "李承办\t14031100002\t2028-12-31"}),
        help_text=f"{certificates.SHAPE}可以从表格中整块粘贴；名单上没有的人不变。",
    )

    def clean_lines(self):
        """The lines as they are understood."""
        try:
            return certificates.read(self.cleaned_data["lines"])
        except Refused as refusal:
            raise forms.ValidationError(refusal.sentence) from None


class AmendPersonForm(PersonForm):
    """The same for somebody known, and where they belong."""

    certificate_since = date_field(
        "执法证有效期自", required=False, help_text="换发的填写新证的起日，不填的从今天起算；原证留作记录"
    )
    agency = AgencyChoice(label="所属单位", queryset=Agency.objects.none())
    field_order = ["name", "phone", "certificate_no", "certificate_since", "certificate_until", "agency"]

    def prepare(self):
        """Agencies the person may give people to."""
        self.fields["agency"].queryset = managed(self.user)


class AppointForm(ActForm):
    """A post at an agency from one day to another."""

    agency = AgencyChoice(label="任职机构", queryset=Agency.objects.none())
    role = forms.ChoiceField(label="岗位", choices=[("", "请选择"), *roles.ROLE_CHOICES])
    since = date_field("任职自", initial=local_today)
    until = date_field("任职至", required=False, help_text="长期任职的不填")
    note = forms.CharField(label="说明", max_length=100, required=False, help_text="如：主持工作、代理至某日")

    def prepare(self):
        """Agencies the person manages."""
        self.fields["agency"].queryset = managed(self.user)


class EndPostingForm(ActForm):
    """The last day of a post."""

    on = date_field("任职到哪一天为止", required=False, help_text="不填则从今天起不再任职")
    reason = forms.CharField(label="原因", max_length=200, required=False)


class PasswordForm(ActForm):
    """A temporary password for somebody who forgot theirs."""

    password = forms.CharField(
        label="临时密码",
        max_length=128,
        help_text=TEMPORARY,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def prepare(self):
        """Propose a password that can be read out."""
        self.fields["password"].initial = passwords.temporary


class PersonChoice(Choice):
    """A person, named with the agency."""

    def label_from_instance(self, person):
        """Two people may have one name."""
        return f"{person.name}（{person.agency}）" if person.agency else person.name


class ReassignForm(ActForm):
    """Who takes over everything."""

    to = PersonChoice(label="接手人", queryset=User.objects.none())
    reason = forms.CharField(label="交接原因", max_length=200, help_text="如：调离、退休、停职")

    def prepare(self):
        """People with a business post beside the one who leaves."""
        people = reassigning.successors(self.thing).select_related("agency")
        self.fields["to"].queryset = people.order_by("name")
