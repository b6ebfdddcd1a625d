"""Forms of 涉嫌犯罪移送: reported, decided, sent, no longer shared."""

from django import forms

from accounts.forms.answering import AnswerFields, WithReason
from accounts.models import Agency, AgencyKind, local_today
from cases.acts import REFERRAL_ACTS
from cases.forms.filing import NumberFields
from cases.models import CaseFile
from cases.services.referral import ReferralProposal
from common.forms.acts import ActForm
from common.forms.fields import ManyFilesField, PastDay, SeveralRows, long_text

MINING, FARMLAND = "非法采矿罪", "非法占用农用地罪"
CRIMES = [
    (name, name)
    for name in (
        MINING,
        "破坏性采矿罪",
        FARMLAND,
        "非法转让、倒卖土地使用权罪",
        "掩饰、隐瞒犯罪所得罪",
        "妨害公务罪",
        "其他",
    )
]


class Package(SeveralRows):
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

    def label_from_instance(self, paper):
        """Its name and what it is."""
        return f"{paper.kind} {paper.file.name}".strip()

    def of(self, case):
        """The case's papers, but never a signed 呈批表."""
        self.queryset = case.files.exclude(kind__contains="签批").select_related("file")
        self.initial = [violation.pk for violation in self.queryset if violation.for_police]


class ProposeReferralForm(ActForm):
    """呈批移送公安."""

    crime = forms.ChoiceField(label="涉嫌罪名", choices=CRIMES)
    to_agency = forms.ModelChoiceField(label="移送单位", queryset=None, empty_label=None)
    copied_to = forms.ModelChoiceField(label="抄送检察院", queryset=None, empty_label=None)
    proposed_on = PastDay(label="报告日期", required=False, initial=local_today)
    report = long_text("涉嫌犯罪情况")
    package = Package()

    @property
    def case(self):
        """The case that is to be referred."""
        return self.thing

    def prepare(self):
        """Police and procuratorate of the same prefecture, the own region first."""
        region = self.thing.agency.region_id
        near = Agency.objects.filter(region__code__startswith=region[:4], ended_on=None)
        for name, kind in (("to_agency", AgencyKind.POLICE), ("copied_to", AgencyKind.PROCURATORATE)):
            self.fields[name].queryset = near.filter(kind=kind)
            own = near.filter(kind=kind, region_id=region).first()
            self.fields[name].initial = own.pk if own else None
        self.fields["package"].of(self.case)

    def clean(self):
        """All of it as one proposal."""
        cleaned = super().clean()
        return cleaned if self.errors else {"proposal": ReferralProposal(**cleaned)}


class ProposeReferralAgainForm(ProposeReferralForm):
    """再次呈批移送: what was reported stands in the fields; the day of the report stays."""

    proposed_on = None

    @property
    def case(self):
        """The case of the referral."""
        return self.thing.case


class ApproveReferralForm(AnswerFields):
    """批准移送: by the head alone."""

    approval_act = REFERRAL_ACTS.get("approve_referral")


class RefuseReferralForm(WithReason, ApproveReferralForm):
    """不批准移送: the reason goes on record."""

    approval_act = REFERRAL_ACTS.get("refuse_referral")
    opinion_label = "不批准移送的理由"


class ReturnReferralForm(RefuseReferralForm):
    """退回移送呈批."""

    approval_act = REFERRAL_ACTS.get("return_referral")
    opinion_label = "需要补充的内容"


class SendReferralForm(NumberFields, ActForm):
    """移送公安机关."""

    sent_on = PastDay(label="移送日期", initial=local_today)
    receiver = forms.CharField(label="公安接收人", max_length=60, required=False)
    package = Package()
    files = ManyFilesField(label="移送书、回执", required=False)

    def prepare(self):
        """The case's papers."""
        self.fields["package"].of(self.thing.case)


class StopSharingForm(ActForm):
    """停止查阅移送材料."""

    reason = long_text("停止查阅的理由", max_length=200)
