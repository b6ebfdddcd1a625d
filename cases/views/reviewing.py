"""集体讨论, and what is taken back of it and of 法制审核: the review is an answer (views/approving.py)."""

from cases.forms import reviewing as forms
from cases.services import reviewing
from cases.views.acting import act_on_case
from cases.views.decision import beside_review
from common.forms.acts import Reason


def withdraw_review(request, public_id):
    """撤回法制审核."""
    return act_on_case(request, "withdraw_review", Reason, reviewing.withdraw_review, verb="撤回")


def record_discussion(request, public_id):
    """记录集体讨论."""
    return act_on_case(
        request,
        "record_discussion",
        forms.RecordDiscussionForm,
        reviewing.record_discussion,
        verb="登记",
        **beside_review(request.subject),
    )


def withdraw_discussion(request, public_id):
    """撤回集体讨论记录."""
    return act_on_case(
        request,
        "withdraw_discussion",
        forms.WithdrawDiscussionForm,
        reviewing.withdraw_discussion,
        verb="撤回",
        grave=True,
    )
