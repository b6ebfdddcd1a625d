"""What public security answers to a referral, and whom it detained or arrested."""

from cases.forms import answers as forms
from cases.services import answers, detentions, outcomes
from cases.views.acting import act_on_referral


def receive_referral(request, public_id):
    """接收移送."""
    return act_on_referral(
        request, "receive_referral", forms.ReceiveReferralForm, answers.receive_referral, verb="登记接收"
    )


def record_police_filing(request, public_id):
    """公安立案."""
    return act_on_referral(
        request,
        "record_police_filing",
        forms.PoliceFilingForm,
        answers.record_police_filing,
        done="已登记公安立案。",
        verb="登记立案",
    )


def decline_referral(request, public_id):
    """公安不予立案."""
    return act_on_referral(
        request,
        "decline_referral",
        forms.DeclineReferralForm,
        answers.decline_referral,
        done="已登记公安不予立案。",
        verb="登记不予立案",
    )


def record_outcome(request, public_id):
    """撤案、不起诉、无罪、免予刑事处罚."""
    return act_on_referral(
        request,
        "record_outcome",
        forms.OutcomeForm,
        outcomes.record_outcome,
        done="已登记，本案可以依法作出行政处罚。",
        verb="登记结果",
        grave=True,
        intro="登记后本案不再等待公安、检察机关和法院，办案期限恢复计算。",
    )


def withdraw_outcome(request, public_id):
    """撤回刑事结果登记."""
    return act_on_referral(
        request,
        "withdraw_outcome",
        forms.WithdrawOutcomeForm,
        outcomes.withdraw_outcome,
        verb="撤回",
        grave=True,
    )


def record_detention(request, public_id):
    """登记拘留逮捕."""
    return act_on_referral(
        request, "record_detention", forms.DetentionForm, detentions.record_detention, verb="登记"
    )


def withdraw_detention(request, public_id):
    """撤回措施登记."""
    return act_on_referral(
        request,
        "withdraw_detention",
        forms.WithdrawDetentionForm,
        detentions.withdraw_detention,
        verb="撤回",
        grave=True,
    )
