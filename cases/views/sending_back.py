"""What waits for a leader and is sent back, mended and proposed again, or taken back by who proposed it."""

from cases import sent_back
from cases.forms.filing import ProposeFilingAgainForm
from cases.forms.referral import ProposeReferralAgainForm
from cases.services import closing, deciding, filing_again, referral_again
from cases.views.acting import act_on_case, act_on_referral
from cases.views.decision import beside_approval
from cases.views.execution import beside_closing
from cases.views.filing import DONE, beside
from cases.views.referral import beside_referral
from common.forms.acts import Reason

TAKEN_BACK = "已撤回，可以修改后再次呈批。"


def propose_filing_again(request, public_id):
    """再次呈批立案."""
    case = request.subject
    return act_on_case(
        request,
        "propose_filing_again",
        ProposeFilingAgainForm,
        filing_again.propose_filing_again,
        done=DONE,
        initial={"facts": case.facts},
        verb="呈批",
        intro="当事人、违法类型、位置等在案件页面修改后，再在这里呈批。",
        **{**beside(case), "warnings": sent_back.warnings_of(case, "return_filing")},
    )


def drop_filing(request, public_id):
    """不再呈批立案."""
    done = "已不再呈批，线索退回待处理。" if request.subject.clue_id else "已不再呈批。"
    return act_on_case(request, "drop_filing", Reason, filing_again.drop_filing, done=done)


def withdraw_decision(request, public_id):
    """撤回处罚决定呈批."""
    return act_on_case(
        request,
        "withdraw_decision",
        Reason,
        deciding.withdraw_decision,
        done=TAKEN_BACK,
        **beside_approval(request.subject),
    )


def withdraw_closing(request, public_id):
    """撤回结案呈批."""
    return act_on_case(
        request,
        "withdraw_closing",
        Reason,
        closing.withdraw_closing,
        done=TAKEN_BACK,
        **beside_closing(request.subject),
    )


def propose_referral_again(request, public_id):
    """再次呈批移送."""
    referral = request.subject
    return act_on_referral(
        request,
        "propose_referral_again",
        ProposeReferralAgainForm,
        referral_again.propose_referral_again,
        done="已再次呈批移送，等主要负责人决定。",
        initial=sent_back.reported(referral),
        verb="呈批",
        warnings=sent_back.warnings_of(referral, "return_referral"),
    )


def withdraw_referral(request, public_id):
    """撤回移送呈批."""
    return act_on_referral(
        request,
        "withdraw_referral",
        Reason,
        referral_again.withdraw_referral,
        done="已撤回。应移送的，仍须再次呈批移送。",
        **beside_referral(request.subject),
    )
