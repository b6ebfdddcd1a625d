"""立案: from a clue, on the office's own motion, or registered and proposed in one form."""

from functools import partial

from accounts.acting import act_page
from cases import showing
from cases.acts import PROPOSE_FILING
from cases.forms.filing import ProposeFilingForm, from_clue
from cases.forms.registering import RegisterAndProposeForm
from cases.gates import handlers_of
from cases.services import filing, officers
from cases.views.acting import TEMPLATE, crumbs

DONE = "已呈批立案，等负责人批准。"


def propose_from_clue(request, public_id):
    """呈批立案 of a verified clue, with the clue's data in the fields."""
    clue = request.subject
    return act_page(
        request,
        act=PROPOSE_FILING,
        thing=clue,
        form_class=ProposeFilingForm,
        deed=partial(filing.propose_filing, clue=clue),
        initial=from_clue(clue, request.user),
        done=DONE,
        template=TEMPLATE,
        context={
            "crumbs": crumbs(None, PROPOSE_FILING.label),
            "summary_title": "来源线索",
            "summary": [
                {"label": "线索号", "value": str(clue), "url": clue.get_absolute_url()},
                {"label": "当事人", "value": _names(clue)},
                {"label": "线索摘要", "value": clue.summary},
            ],
        },
    )


def _names(clue) -> str:
    return "、".join(each.party.name for each in clue.suspects.select_related("party"))


def propose_own(request):
    """呈批立案 on the office's own motion, without a clue."""
    return act_page(
        request,
        act=PROPOSE_FILING,
        form_class=ProposeFilingForm,
        deed=filing.propose_filing,
        done=DONE,
        template=TEMPLATE,
        cancel_url=crumbs()[0]["url"],
        context={"crumbs": crumbs(None, PROPOSE_FILING.label)},
    )


def register_and_propose(request):
    """登记并呈批立案: clue, verification and proposal in one form."""
    return act_page(
        request,
        act=PROPOSE_FILING,
        form_class=RegisterAndProposeForm,
        deed=filing.register_and_propose,
        done=DONE,
        template=TEMPLATE,
        cancel_url=crumbs()[0]["url"],
        context={"crumbs": crumbs(None, "登记并呈批立案"), "heading": "登记并呈批立案"},
    )


def beside(case) -> dict:
    """What is to be approved, beside the form."""
    showing.load(case)
    missing = officers.asked_for(case)
    parties = "、".join(each.party.name for each in case.parties.all())
    return {
        "summary_title": "呈批内容",
        "summary": [
            {"label": "案由", "value": case.cause},
            {"label": "当事人", "value": parties},
            {"label": "违法类型", "value": "、".join(str(v) for v in case.violations.all())},
            {"label": "位置", "value": case.place},
            {"label": "主要违法事实", "value": case.facts},
            {"label": "承办人员", "value": "、".join(each.name for each in handlers_of(case))},
            {"label": "呈批人", "value": case.proposed_by.name if case.proposed_by else ""},
        ],
        "approval_form": "filing",
        "warnings": [{"text": missing}] if missing else [],
    }
