"""Forms that ask to see what is sealed: whose, why, and for which paper."""

from django import forms

from accounts.forms.again import PasswordAgain
from cases.forms.choices import Said
from cases.forms.parties import WhichParty
from cases.models import PoliceSubject
from common.forms.acts import ActForm

HELP = "事由和查看人记入全过程记录。"


class UnmaskPartyForm(PasswordAgain, ActForm):
    """查看当事人证件号码: on the page, or on a 呈批表 to be printed."""

    row = WhichParty("当事人", required=False)
    purpose = forms.ChoiceField(label="用途", widget=forms.RadioSelect, initial="")
    reason = forms.CharField(label="查看事由", max_length=200, help_text=f"如：核对证件。{HELP}")

    def prepare(self):
        """The parties of the case, and the papers that it has come to."""
        self.fields["row"].queryset = self.thing.parties.select_related("party")
        self.fields["row"].empty_label = "全部当事人"
        self.fields["purpose"].choices = purposes(self.thing)
        self.fields["purpose"].required = False


def purposes(case) -> list[tuple[str, str]]:
    """What the number may be opened for: to look, or a paper of a stage that the case has."""
    choices = [("", "在页面查看"), ("filing", "打印立案呈批表")]
    if case.decisions.exists():
        choices.append(("decision", "打印处理决定呈批表"))
    if case.closings.exists():
        choices.append(("closing", "打印结案呈批表"))
    for referral in case.referrals.all():
        words = f"打印移送呈批表（{referral.number or referral.get_state_display()}）"
        choices.append((referral.public_id, words))
    return choices


class UnmaskSubjectForm(PasswordAgain, ActForm):
    """查看人员姓名 of a referral or a police matter."""

    subject = Said("人员")
    reason = forms.CharField(label="查看事由", max_length=200, help_text=HELP)

    def prepare(self):
        """The people entered by name, told apart by their place and their last digits."""
        of_referral = hasattr(self.thing, "case")
        matter = getattr(self.thing, "matter", None) if of_referral else self.thing
        labels = matter.labels() if matter else {}
        field = self.fields["subject"]
        field.say = lambda subject: labels[subject.pk]
        field.queryset = PoliceSubject.objects.filter(pk__in=labels).select_related("matter")
