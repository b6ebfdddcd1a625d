"""Forms of 法制审核 and 集体讨论."""

from django import forms

from accounts.forms.answering import AnswerFields, InSystemOnly
from cases.acts import ACTS
from cases.forms.choices import Said, reason_field
from cases.models import DecisionState, Discussion, LegalReview
from cases.services.reviewing import DiscussionEntry
from common.forms.acts import ActForm
from common.forms.fields import ManyFilesField, PastDay, long_text


class ReviewDecisionForm(AnswerFields):
    """法制审核: passed, with who reviewed."""

    approval_act = ACTS.get("review_decision")
    qualification = forms.CharField(
        label="审核人的法律职业资格",
        max_length=100,
        help_text="法律职业资格证书号；不是初次从事法制审核、没有证书的，照实写明",
    )
    own_sections = [("审核人", ["qualification"])]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["opinion"].label = "审核意见"
        self.fields["opinion"].help_text = "不通过的，须写明理由"
        self.upfront = (*self.upfront, "qualification")
        if not self.must_be_paper:
            self.fields["qualification"].initial = _last_named(self.user, self.thing)


def _last_named(user, case) -> str:
    """What this person's last review in this office said of it."""
    rows = LegalReview.objects.filter(approval__signer=user, decision__case__agency=case.agency)
    last = rows.exclude(qualification="").order_by("-pk").first()
    return last.qualification if last else ""


class RefuseReviewForm(InSystemOnly, ReviewDecisionForm):
    """法制审核不通过, with the reason."""

    opinion_label = "审核意见"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["qualification"].required = False


class RecordDiscussionForm(ActForm):
    """记录集体讨论."""

    happened_on = PastDay(label="讨论日期")
    attendees = forms.CharField(
        label="参加人员", max_length=300, help_text="参加讨论的负责人，用顿号隔开，两名以上"
    )
    agreed = forms.TypedChoiceField(
        label="结论",
        choices=[("yes", "同意处罚意见"), ("no", "不同意，须修改")],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    conclusion = long_text("讨论意见")
    minutes_number = forms.CharField(label="会议纪要文号", max_length=80, required=False)
    files = ManyFilesField(
        label="集体讨论记录", required=False, help_text="记录扫描件和会议纪要文号至少有一样"
    )

    def clean(self):
        """As one entry."""
        cleaned = super().clean()
        if not self.errors and not cleaned["minutes_number"] and not cleaned["files"]:
            self.add_error("files", "请上传集体讨论记录，或者填写会议纪要文号。")
        return cleaned if self.errors else {"entry": DiscussionEntry(**cleaned)}


class WithdrawDiscussionForm(ActForm):
    """撤回集体讨论记录."""

    discussion = Said(label="撤回哪一次讨论")
    reason = reason_field()

    def prepare(self):
        """Those of the decision that waits, which stand."""
        self.fields["discussion"].queryset = Discussion.objects.filter(
            decision__case=self.thing, decision__state=DecisionState.PROPOSED, withdrawn_at=None
        )
