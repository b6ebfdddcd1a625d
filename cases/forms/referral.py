"""Forms of 涉嫌犯罪移送: ours, and what public security answers."""

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms.signing import ApprovalFields
from accounts.models import Agency, AgencyKind
from cases.acts import REFERRAL_ACTS
from cases.forms.filing import NumberFields
from cases.models import CaseFile, MeasureKind, PoliceMeasure
from common.forms.acts import ActForm
from common.forms.fields import ManyFilesField, PastDay, long_text
from common.identifiers import BadIdentifier, check_id_card
from registry.forms.parties import SECRET

CRIMES = [
    (name, name)
    for name in (
        "非法采矿罪",
        "破坏性采矿罪",
        "非法占用农用地罪",
        "非法转让、倒卖土地使用权罪",
        "掩饰、隐瞒犯罪所得罪",
        "妨害公务罪",
        "其他",
    )
]


class Package(forms.ModelMultipleChoiceField):
    """Which papers of the file go with the referral."""

    def __init__(self, **kwargs):
        super().__init__(
            queryset=CaseFile.objects.none(),
            required=False,
            label="随移送卷的材料",
            widget=forms.CheckboxSelectMultiple,
            help_text="只有勾选的材料在移送后可由公安、检察机关查阅",
            **kwargs,
        )

    def label_from_instance(self, one):
        """Its name and what it is."""
        return f"{one.kind} {one.file.name}".strip()

    def of(self, case):
        """The case's papers, but never a signed 呈批表."""
        self.queryset = case.files.exclude(kind__contains="签批").select_related("file")
        self.initial = [one.pk for one in self.queryset if one.for_police]


class ProposeReferralForm(ActForm):
    """呈批移送公安."""

    crime = forms.ChoiceField(label="涉嫌罪名", choices=CRIMES)
    to_agency = forms.ModelChoiceField(label="移送单位", queryset=None, empty_label=None)
    copied_to = forms.ModelChoiceField(label="抄送检察院", queryset=None, empty_label=None)
    proposed_on = PastDay(label="报告日期", required=False, help_text="留空即今天")
    report = long_text("涉嫌犯罪情况")
    package = Package()

    def prepare(self):
        """Police and procuratorate of the same prefecture, the own region first."""
        region = self.thing.agency.region_id
        near = Agency.objects.filter(region__code__startswith=region[:4], ended_on=None)
        for name, kind in (("to_agency", AgencyKind.POLICE), ("copied_to", AgencyKind.PROCURATORATE)):
            self.fields[name].queryset = near.filter(kind=kind)
            own = near.filter(kind=kind, region_id=region).first()
            self.fields[name].initial = own.pk if own else None
        self.fields["package"].of(self.thing)


class ApproveReferralForm(ApprovalFields):
    """批准移送: by the head alone."""

    approval_act = REFERRAL_ACTS.get("approve_referral")


class RefuseReferralForm(ApprovalFields):
    """不批准移送: the reason goes on record."""

    approval_act = REFERRAL_ACTS.get("refuse_referral")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["opinion"].required = True
        self.fields["opinion"].label = "不批准移送的理由"


class SendReferralForm(NumberFields, ActForm):
    """移送公安机关."""

    sent_on = PastDay(label="移送日期")
    receiver = forms.CharField(label="公安接收人", max_length=60, required=False)
    package = Package()
    files = ManyFilesField(label="移送书、回执", required=False)

    def prepare(self):
        """The case's papers."""
        self.fields["package"].of(self.thing.case)


class AnswerFields(ActForm):
    """What came back on paper is kept as a scan."""

    scan = forms.FileField(
        label="公安机关书面材料扫描件", required=False, help_text="由办案单位根据书面材料录入的必须上传"
    )


class ReceiveReferralForm(AnswerFields):
    """接收移送."""

    received_on = PastDay(label="接收日期")
    receiver = forms.CharField(label="接收人", max_length=60)
    field_order = ["received_on", "receiver", "scan"]


class AcceptReferralForm(AnswerFields):
    """公安立案."""

    answered_on = PastDay(label="公安立案日期")
    answer_number = forms.CharField(label="立案决定书文号", max_length=80, required=False)
    field_order = ["answered_on", "answer_number", "scan"]


class DeclineReferralForm(AnswerFields):
    """公安不予立案."""

    answered_on = PastDay(label="公安决定日期")
    answer_number = forms.CharField(label="不予立案通知书文号", max_length=80, required=False)
    answer_reason = long_text("不予立案理由", max_length=2000)
    field_order = ["answered_on", "answer_number", "answer_reason", "scan"]


class MeasureForm(AnswerFields):
    """登记拘留逮捕: one person, or a count from paper."""

    kind = forms.ChoiceField(label="措施", choices=MeasureKind.choices, widget=forms.RadioSelect)
    happened_on = PastDay(label="执行日期")
    name = forms.CharField(
        label="人员姓名",
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs=SECRET),
        help_text="加密保存，页面只显示姓氏；同一人只计一次",
    )
    identity = forms.CharField(
        label="身份证号", max_length=30, required=False, widget=forms.TextInput(attrs=SECRET)
    )
    persons = forms.IntegerField(
        label="人数（只有人数的填写）",
        min_value=1,
        max_value=999,
        required=False,
        widget=forms.NumberInput(attrs={"data-unit": "人"}),
    )
    sections = [
        ("措施", ["kind", "happened_on"]),
        ("逐人登记", ["name", "identity"]),
        ("按书面材料登记人数", ["persons", "scan"]),
    ]

    def clean_identity(self):
        """A number that is one."""
        typed = self.cleaned_data["identity"]
        try:
            return check_id_card(typed).normalised if typed.strip() else ""
        except BadIdentifier as wrong:
            raise ValidationError(str(wrong)) from None

    def clean(self):
        """A person or a count, not both."""
        cleaned = super().clean()
        named, counted = cleaned.get("name"), cleaned.get("persons")
        if bool(named) == bool(counted) and "persons" not in self.errors:
            self.add_error("name", "请填写人员姓名；只有人数的，填写人数并上传书面材料。")
        if counted and not cleaned.get("scan") and "scan" not in self.errors:
            self.add_error("scan", "只登记人数的，请上传公安机关书面材料扫描件。")
        return cleaned


class Measures(forms.ModelChoiceField):
    """Measures by who, what and when."""

    def label_from_instance(self, one):
        """张**（人员2） 刑事拘留 2026-11-20."""
        who = self.labels[one.subject_id] if one.subject_id else f"{one.persons}人"
        return f"{who} {one.get_kind_display()} {one.happened_on}"


class WithdrawMeasureForm(ActForm):
    """撤回措施登记."""

    measure = Measures(label="撤回哪一项", queryset=None, empty_label=None)
    reason = long_text("撤回理由", max_length=200)

    def prepare(self):
        """What stands of this referral or matter."""
        standing = PoliceMeasure.objects.filter(withdrawn_at=None).select_related("subject")
        if hasattr(self.thing, "case"):
            standing = standing.filter(matter__referral=self.thing)
            matter = getattr(self.thing, "matter", None)
        else:
            standing = standing.filter(matter=self.thing)
            matter = self.thing
        self.fields["measure"].labels = matter.labels() if matter else {}
        self.fields["measure"].queryset = standing


class StopSharingForm(ActForm):
    """停止查阅移送材料."""

    reason = long_text("停止查阅的理由", max_length=200)


class MatterForm(ActForm):
    """登记公安办理事项."""

    title = forms.CharField(label="事项", max_length=200, help_text="如 某沟非法采矿案")
    place = forms.CharField(label="位置", max_length=200, required=False)
    taken_up_on = PastDay(label="受理日期")
