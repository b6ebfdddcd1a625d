"""What was typed wrongly is set right or taken back, each with its reason."""

from functools import partial

from django.http import Http404

from accounts.acting import act_page
from cases.acts import ACTS
from cases.forms import corrections as forms
from cases.models import DecisionState
from cases.services import carrying_out, corrections, execution, parties
from cases.views.acting import TEMPLATE, crumbs, on_case

remove_party = on_case("remove_party", forms.RemovePartyForm, parties.remove_party, verb="去掉", grave=True)
correct_case_number = on_case(
    "correct_case_number",
    forms.CorrectCaseNumberForm,
    corrections.correct_case_number,
    initial=lambda case: {"number": case.number},
    verb="更正",
    intro="原来手工填错的编号放回，可以给真正使用它的案件；系统编的号列为作废。",
)
withdraw_payment = on_case(
    "withdraw_payment", forms.WithdrawPaymentForm, execution.withdraw_payment, verb="撤回", grave=True
)
withdraw_acceptance = on_case(
    "withdraw_acceptance",
    forms.WithdrawAcceptanceForm,
    execution.withdraw_acceptance,
    verb="撤回",
    grave=True,
)
withdraw_carrying_out = on_case(
    "withdraw_carrying_out",
    forms.WithdrawCarryingOutForm,
    carrying_out.withdraw_carrying_out,
    verb="撤回",
    grave=True,
)


def _chosen(request, name, rows):
    """Which of the rows the form is about: as posted, as the link says, or the first."""
    typed = request.POST.get(name) or request.GET.get(name) or ""
    rows = list(rows)
    return next((one for one in rows if str(one.pk) == typed), rows[0] if rows else None)


def correct_party(request, public_id):
    """更正当事人, one at a time, with what stands in the fields."""
    case = request.subject
    known = case.parties.exclude(party__kind="unknown").select_related("party")
    row = _chosen(request, "row", known)
    if row is None:
        raise Http404
    party = row.party
    initial = {
        "row": row.pk,
        "kind": party.kind,
        "name": party.name,
        "address": party.address,
        "representative": party.representative,
    }
    return _page(
        request,
        "correct_party",
        forms.CorrectPartyForm,
        parties.correct_party,
        initial,
        summary_title="现在登记为",
        summary=[
            {"label": "姓名或名称", "value": party.name},
            {"label": "证件号码", "value": party.identity_masked},
            {"label": "电话", "value": party.phone_masked},
        ],
    )


def correct_decision(request, public_id):
    """更正处罚决定: all of one that was 补录, number and day of one approved in the system."""
    case = request.subject
    made = case.decisions.filter(state=DecisionState.MADE).prefetch_related("items")
    one = _chosen(request, "decision", made)
    issued = one is not None and one.issued
    return _page(
        request,
        "correct_decision",
        forms.CorrectDecisionForm if issued else forms.CorrectNumberForm,
        corrections.correct_decision,
        forms.stands(one) if one else None,
        scans=[one.scan] if one and one.scan else [],
        intro="照决定书更正录入的错误，阶段不变；更正前后都留在记录里。"
        + ("" if issued else "经呈批作出的决定，内容有误的，撤销后重新呈批。"),
    )


def _page(request, name, form_class, deed, initial, **context):
    case, act = request.subject, ACTS.get(name)
    return act_page(
        request,
        act=act,
        thing=case,
        form_class=form_class,
        deed=partial(deed, case=case),
        initial=initial,
        template=TEMPLATE,
        context={"crumbs": crumbs(case, act.label), "verb": "更正", **context},
    )
