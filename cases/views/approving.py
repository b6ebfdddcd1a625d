"""What leaders answer: 立案, 处罚决定, 结案 and 移送, each on one page with the evidence beside.

Every answer has an address of its own; all of them show the same page. The button says which is done.
"""

from functools import partial

from accounts import answering, opinions
from accounts.acting import act_page
from accounts.pages import clock_rows
from accounts.paper_pages import section_of
from cases import evidence
from cases.acts import ACTS, REFERRAL_ACTS
from cases.forms import closing as closing_forms
from cases.forms import decision as decision_forms
from cases.forms import filing as filing_forms
from cases.forms import referral as referral_forms
from cases.forms import reviewing as reviewing_forms
from cases.services import closing, deciding, filing, filing_again, referral, referral_again, reviewing
from cases.views.acting import crumbs
from cases.views.decision import ITEM, beside_approval, beside_review
from cases.views.execution import beside_closing
from cases.views.filing import beside
from cases.views.referral import beside_referral

TEMPLATE = "cases/approving/page.html"
# What each answer asks, does, and says afterwards.
ANSWERS = {
    "approve_filing": (filing_forms.ApproveFilingForm, filing.approve_filing, "已批准立案。"),
    "return_filing": (filing_forms.ReturnFilingForm, filing_again.return_filing, "已退回呈批人补充。"),
    "refuse_filing": (filing_forms.RefuseFilingForm, filing.refuse_filing, "未批准立案，线索已退回。"),
    "approve_decision": (
        decision_forms.ApproveDecisionForm,
        deciding.approve_decision,
        "处罚决定已批准。",
    ),
    "return_decision": (decision_forms.ReturnDecisionForm, deciding.return_decision, "已退回承办人。"),
    "review_decision": (
        reviewing_forms.ReviewDecisionForm,
        reviewing.review_decision,
        "法制审核已通过。",
    ),
    "refuse_review": (
        reviewing_forms.RefuseReviewForm,
        reviewing.refuse_review,
        "审核不通过，已退回承办人。",
    ),
    "approve_closing": (closing_forms.ApproveClosingForm, closing.approve_closing, "已批准结案。"),
    "return_closing": (closing_forms.ReturnClosingForm, closing.return_closing, "已退回承办人。"),
    "approve_referral": (
        referral_forms.ApproveReferralForm,
        referral.approve_referral,
        "已批准移送，须在24小时内移送公安机关。",
    ),
    "return_referral": (
        referral_forms.ReturnReferralForm,
        referral_again.return_referral,
        "已退回呈批人补充，三日期限继续计算。",
    ),
    "refuse_referral": (
        referral_forms.RefuseReferralForm,
        referral.refuse_referral,
        "已记录不批准移送及理由。",
    ),
}


def approve_filing(request, public_id):
    """批准立案, or another answer."""
    return _answer(request, "approve_filing", ACTS, beside)


def return_filing(request, public_id):
    """退回立案呈批."""
    return _answer(request, "return_filing", ACTS, beside)


def refuse_filing(request, public_id):
    """不批准立案."""
    return _answer(request, "refuse_filing", ACTS, beside)


def approve_decision(request, public_id):
    """批准处罚决定, or send it back."""
    return _answer(request, "approve_decision", ACTS, beside_approval)


def review_decision(request, public_id):
    """法制审核, passed or refused."""
    return _answer(request, "review_decision", ACTS, beside_review)


def refuse_review(request, public_id):
    """法制审核不通过."""
    return _answer(request, "refuse_review", ACTS, beside_review)


def return_decision(request, public_id):
    """退回处罚决定."""
    return _answer(request, "return_decision", ACTS, beside_approval)


def approve_closing(request, public_id):
    """批准结案, or send it back."""
    return _answer(request, "approve_closing", ACTS, beside_closing)


def return_closing(request, public_id):
    """退回结案."""
    return _answer(request, "return_closing", ACTS, beside_closing)


def approve_referral(request, public_id):
    """批准移送, or another answer: by the head alone."""
    return _answer(request, "approve_referral", REFERRAL_ACTS, beside_referral)


def return_referral(request, public_id):
    """退回移送呈批."""
    return _answer(request, "return_referral", REFERRAL_ACTS, beside_referral)


def refuse_referral(request, public_id):
    """不批准移送."""
    return _answer(request, "refuse_referral", REFERRAL_ACTS, beside_referral)


def _answer(request, name, table, beside_form):
    """The page of an approval; `name` is the act of the address, another may be pressed."""
    thing, chosen = request.subject, answering.pressed(request, table, name)
    form_class, deed, done = ANSWERS[chosen]
    first = table.answers(name)[0]
    if request.method == "GET":
        form_class = ANSWERS[first.name][0]
    case = getattr(thing, "case", thing)
    beside_it, buttons = beside_form(thing), answering.buttons(table, name, request.user, thing)
    context = {
        **beside_it,
        **evidence.of_case(case),
        **buttons,
        "cancel_word": "回到案件" if thing is case else "回到移送",
        **section_of(request.user, case, *case.referrals.all()),
        "crumbs": crumbs(thing, first.label),
        "heading": first.label,
        "article": first.article,
        "grave": False,
        "opinions": opinions.proposals_of(thing, table, name) + opinions.answers_to(thing, table, name),
        # The items stand in a table of their own.
        "summary": [row for row in beside_it["summary"] if row["label"] != ITEM],
        "clocks": clock_rows(thing),
    }
    return act_page(
        request,
        act=table.get(chosen),
        thing=thing,
        form_class=form_class,
        deed=partial(deed, **{thing._meta.model_name: thing}),
        done=done,
        template=TEMPLATE,
        form_options={"answers": buttons["answers"]},
        context=context,
    )
