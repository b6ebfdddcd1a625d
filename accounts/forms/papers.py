"""Answering for what was typed from paper in one's name; settling a denial."""

from django import forms

from accounts.models import Answer, Approval
from accounts.services import paper_reading
from accounts.signables import act_of
from common.forms.acts import ActForm
from common.forms.fields import SeveralRows


class ApprovalsChoice(SeveralRows):
    """Approvals typed from one paper, by what was approved."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, approval):
        """批准立案 交自然资立字〔2026〕1号"""
        return f"{act_of(approval).label} {approval.thing}"


class ConfirmPaperForm(ActForm):
    """Which of them one signed; a reason where one said otherwise before."""

    approvals = ApprovalsChoice(label="我签的", queryset=Approval.objects.none())
    words = forms.CharField(
        label="说明",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="以前答复过“不是我签的”，现在改变的，写明原因。",
    )

    def prepare(self):
        """Only what bears the person's own name; what waits is chosen already."""
        rows = paper_reading.own(self.user).filter(signed_paper=self.thing).order_by("pk")
        waits = paper_reading.unanswered(self.user).filter(signed_paper=self.thing)
        self.fields["approvals"].queryset = rows
        self.fields["approvals"].initial = [row.pk for row in waits or rows]


class DenyPaperForm(ConfirmPaperForm):
    """Which of them one did not sign, and what one knows of it."""

    approvals = ApprovalsChoice(label="不是我签的", queryset=Approval.objects.none())
    words = forms.CharField(
        label="情况说明",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="例如：那天在外地开会，没有见过这张呈批表。写在办理记录里，本单位负责人和市级审核能看到。",
    )


class SettleDenialForm(ActForm):
    """How a leader settles it."""

    how = forms.ChoiceField(
        label="处理方式",
        widget=forms.RadioSelect,
        choices=[
            (Answer.SIGNED_ANEW, "重新签批：我已审阅，由我在系统里签批这件事"),
            (Answer.UNDONE, "已撤销或者改正：这件事不再按原签批办理"),
        ],
    )
    words = forms.CharField(
        label="处理情况",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="重新签批的，写签批意见；撤销或者改正的，写明怎样撤销、改正。",
    )
