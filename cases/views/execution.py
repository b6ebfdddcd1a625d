"""执行 and 结案."""

from django.urls import reverse

from cases import outcome_sections, sent_back, showing
from cases.forms.closing import ProposeClosingForm
from cases.forms.execution import CarryOutForm, CompletionCheckForm, PaymentForm
from cases.services import carrying_out, closing, completion, execution
from cases.views.acting import CHECKS, PROPOSALS, act_before_proposal, act_on_case


def beside_closing(case) -> dict:
    """The closing that is to be approved."""
    showing.load(case)
    rows = [
        *outcome_sections.closing_rows(case),
        *outcome_sections.execution_rows(case),
        *outcome_sections.thing_rows(case),
    ]
    return {"summary_title": "呈批内容", "summary": rows, "approval_form": "closing"}


def record_payment(request, public_id):
    """记录缴纳."""
    return act_before_proposal(
        request, "record_payment", PaymentForm, execution.record_payment, verb="登记缴纳"
    )


def carry_out_item(request, public_id):
    """记录没收拆除执行."""
    return act_before_proposal(
        request,
        "carry_out_item",
        CarryOutForm,
        carrying_out.carry_out_item,
        verb="登记执行",
        goes_on=(*CHECKS, *PROPOSALS),
        intro="没收的矿产品、工具、建筑物移交或者处理，或者拆除完毕的，按执行的日期登记。",
    )


def check_restoration(request, public_id):
    """验收恢复原状."""
    return act_before_proposal(
        request, "check_restoration", CompletionCheckForm, completion.check_restoration, verb="登记验收"
    )


def check_shutdown(request, public_id):
    """验收取缔."""
    return act_before_proposal(
        request, "check_shutdown", CompletionCheckForm, completion.check_shutdown, verb="登记验收"
    )


def propose_closing(request, public_id):
    """呈批结案; what was sent back or taken back stands in the fields."""
    case = showing.load(request.subject)
    again, why = sent_back.closing_of(case)
    return act_on_case(
        request,
        "propose_closing",
        ProposeClosingForm,
        closing.propose_closing,
        done="结案已呈批，等负责人批准。",
        initial=again or {"text": outcome_sections.result_words(case)},
        verb="呈批",
        warnings=[*why, *_left_over(case)],
    )


def _left_over(case) -> list[dict]:
    """What is confiscated and not handed over: said, with the way there, to who proposes all the same."""
    address = reverse("cases:carry_out_item", args=[case.public_id])
    words = outcome_sections.not_handed_over(case)
    return [{"text": words, "url": address, "label": "去登记"}] if words else []
