"""What was typed wrongly is set right or taken back, each with its reason."""

from django.http import Http404

from cases.forms import corrections as forms
from cases.forms.closing import CorrectClosingForm
from cases.forms.parties import CorrectPartyForm, RemovePartyForm
from cases.models import DecisionState
from cases.services import carrying_out, closing, completion, corrections, execution, parties
from cases.services.weighed import NEITHER, weighed_of
from cases.views.acting import act_on_case


def remove_party(request, public_id):
    """去掉当事人."""
    return act_on_case(request, "remove_party", RemovePartyForm, parties.remove_party, verb="去掉")


def correct_case_number(request, public_id):
    """更正案号."""
    return act_on_case(
        request,
        "correct_case_number",
        forms.CorrectCaseNumberForm,
        corrections.correct_case_number,
        initial={"number": request.subject.number},
        verb="更正",
        intro="原来手工填错的编号放回，可以给真正使用它的案件；系统编的号列为作废。",
    )


def correct_closing(request, public_id):
    """更正结案 of an old case that nobody closed in the system."""
    case = request.subject
    stands = case.closings.filter(approved=True).first()
    said = {"ground": stands.ground, "text": stands.text} if stands else {}
    return act_on_case(
        request,
        "correct_closing",
        CorrectClosingForm,
        closing.correct_closing,
        initial={"closed_on": case.closed_on, **said},
        verb="更正",
        intro="照案卷录入结案理由和日期，阶段不变；更正前后都留在记录里。",
    )


def withdraw_payment(request, public_id):
    """撤回缴款登记."""
    return act_on_case(
        request, "withdraw_payment", forms.WithdrawPaymentForm, execution.withdraw_payment, verb="撤回"
    )


def withdraw_completion_check(request, public_id):
    """撤回验收."""
    return act_on_case(
        request,
        "withdraw_completion_check",
        forms.WithdrawCompletionCheckForm,
        completion.withdraw_completion_check,
        verb="撤回",
    )


def withdraw_carrying_out(request, public_id):
    """撤回执行登记."""
    return act_on_case(
        request,
        "withdraw_carrying_out",
        forms.WithdrawCarryingOutForm,
        carrying_out.withdraw_carrying_out,
        verb="撤回",
    )


def _chosen(request, name, rows):
    """Which of the rows the form is about: as posted, as the link says, or the first."""
    typed = request.POST.get(name) or request.GET.get(name) or ""
    rows = list(rows)
    return next((row for row in rows if str(row.pk) == typed), rows[0] if rows else None)


def correct_party(request, public_id):
    """更正当事人, one at a time, with what stands in the fields."""
    identified = request.subject.parties.exclude(party__kind="unknown").select_related("party")
    row = _chosen(request, "row", identified)
    if row is None:
        raise Http404
    party = row.party
    names = ("kind", "name", "address", "representative")
    return act_on_case(
        request,
        "correct_party",
        CorrectPartyForm,
        parties.correct_party,
        initial={"row": row.pk, **{name: getattr(party, name) for name in names}},
        verb="更正",
        summary_title="现在登记为",
        summary=[
            {"label": "姓名或名称", "value": party.name},
            {"label": "证件号码", "value": party.identity_masked},
            {"label": "电话", "value": party.phone_masked},
        ],
    )


def _form_for(decision):
    """All of it where it was 补录; else its head, and what came before it where none of that is on record."""
    if decision is not None and decision.issued:
        return forms.CorrectDecisionForm
    unweighed = decision is not None and weighed_of(decision) == NEITHER
    return forms.CorrectUnweighedForm if unweighed else forms.CorrectNumberForm


def correct_decision(request, public_id):
    """更正处罚决定: all of one that was 补录, number and day of one approved in the system."""
    made = request.subject.decisions.filter(state=DecisionState.MADE).prefetch_related("items")
    decision = _chosen(request, "decision", made)
    issued = decision is not None and decision.issued
    return act_on_case(
        request,
        "correct_decision",
        _form_for(decision),
        corrections.correct_decision,
        initial=forms.entered(decision) if decision else None,
        verb="更正",
        scans=[decision.scan] if decision and decision.scan else [],
        intro="照决定书更正录入的错误，阶段不变；更正前后都留在记录里。"
        + ("" if issued else "经呈批作出的决定，内容有误的，撤销后重新呈批。"),
    )
