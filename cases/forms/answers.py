"""Forms of what public security answers, of whom it detained or arrested, and of its own matters."""

from django import forms
from django.core.exceptions import ValidationError

from accounts import roles
from accounts.models import local_today
from cases.forms.choices import reason_field
from cases.models import CrimeOutcome, Detention, DetentionKind
from cases.services.detentions import DetentionEntry
from common.forms.acts import ActForm
from common.forms.fields import PastDay, long_text
from common.identifiers import BadIdentifier, check_id_card
from registry.forms.parties import SECRET


class AnswerFields(ActForm):
    """What came back on paper is kept as a scan."""

    scan = forms.FileField(
        label="公安机关书面材料扫描件", required=False, help_text="由办案单位根据书面材料录入的必须上传"
    )
    today = ("received_on", "answered_on", "outcome_on")

    def prepare(self):
        """The police answer today and took it in themselves; what is typed from paper has its own day."""
        if not self.user.holds(roles.POLICE):
            return
        for name in self.today:
            if name in self.fields:
                self.fields[name].initial = local_today
        if "receiver" in self.fields:
            self.fields["receiver"].initial = self.user.name


class ReceiveReferralForm(AnswerFields):
    """接收移送."""

    received_on = PastDay(label="接收日期")
    receiver = forms.CharField(label="接收人", max_length=60)
    field_order = ["received_on", "receiver", "scan"]


class PoliceFilingForm(AnswerFields):
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


class OutcomeForm(AnswerFields):
    """撤案、不起诉、无罪、免予刑事处罚."""

    outcome = forms.ChoiceField(label="结果", choices=CrimeOutcome.choices, widget=forms.RadioSelect)
    outcome_on = PastDay(label="作出日期", help_text="撤销案件决定书、不起诉决定书、判决书的日期")
    outcome_number = forms.CharField(label="法律文书文号", max_length=80, required=False)
    field_order = ["outcome", "outcome_on", "outcome_number", "scan"]


class WithdrawOutcomeForm(ActForm):
    """撤回刑事结果登记."""

    reason = reason_field()


class DetentionForm(AnswerFields):
    """登记拘留逮捕: one person, or a count from paper."""

    kind = forms.ChoiceField(label="措施", choices=DetentionKind.choices, widget=forms.RadioSelect)
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
        """A person or a count, not both; then all of it as one entry."""
        cleaned = super().clean()
        named, counted = cleaned.get("name"), cleaned.get("persons")
        if bool(named) == bool(counted) and "persons" not in self.errors:
            self.add_error("name", "请填写人员姓名；只有人数的，填写人数并上传书面材料。")
        if counted and not cleaned.get("scan") and "scan" not in self.errors:
            self.add_error("scan", "只登记人数的，请上传公安机关书面材料扫描件。")
        return cleaned if self.errors else {"entry": DetentionEntry(**cleaned)}


class DetentionChoice(forms.ModelChoiceField):
    """DetentionChoice by who, what and when."""

    def label_from_instance(self, detention):
        """张**（人员2） 刑事拘留 2026-11-20."""
        who = self.labels[detention.subject_id] if detention.subject_id else f"{detention.persons}人"
        return f"{who} {detention.get_kind_display()} {detention.happened_on}"


class WithdrawDetentionForm(ActForm):
    """撤回措施登记."""

    detention = DetentionChoice(label="撤回哪一项", queryset=None, empty_label=None)
    reason = long_text("撤回理由", max_length=200)

    def prepare(self):
        """What stands of this referral or matter."""
        standing = Detention.objects.filter(withdrawn_at=None).select_related("subject")
        if hasattr(self.thing, "case"):
            standing = standing.filter(matter__referral=self.thing)
            matter = getattr(self.thing, "matter", None)
        else:
            standing = standing.filter(matter=self.thing)
            matter = self.thing
        self.fields["detention"].labels = matter.labels() if matter else {}
        self.fields["detention"].queryset = standing


class MatterForm(ActForm):
    """登记公安办理事项."""

    title = forms.CharField(label="事项", max_length=200, help_text="如 某沟非法采矿案")
    place = forms.CharField(label="位置", max_length=200, required=False)
    taken_up_on = PastDay(label="受理日期")
