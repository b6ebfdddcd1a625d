"""调查: facts of a case, each act one form."""

from cases.forms.base import of_sides
from cases.forms.findings import LandFindingForm, MineralFindingForm, WithdrawFindingForm
from cases.forms.investigation import AmendCaseForm, CaseFilesForm, HandlersForm
from cases.forms.parties import NamePartyForm, PartyForm
from cases.services import investigation
from cases.views.acting import act_before_proposal, act_on_case
from cases.views.findings import land_rows, ore_rows


def _stands(case) -> dict:
    names = ("cause", "place", "mineral", "found_on", "act_ended_on", "facts")
    chosen = [each.code for each in case.violations.all()]
    return {**{name: getattr(case, name) for name in names}, **of_sides(chosen)}


def _handlers(case) -> dict:
    return {"handler": case.handler_id, "second_handler": case.second_handler_id}


def _land(case) -> dict:
    """What a new round begins with: the one that holds."""
    return {"rows": land_rows(case.land_now())}


def _minerals(case) -> dict:
    found = ore_rows(case.minerals_now())
    return {"rows": found or ([{"mineral": case.mineral}] if case.mineral else [])}


def amend_case(request, public_id):
    """修改案件信息."""
    return act_on_case(
        request,
        "amend_case",
        AmendCaseForm,
        investigation.amend_case,
        initial=_stands(request.subject),
        verb="保存修改",
    )


def record_party(request, public_id):
    """登记当事人."""
    return act_on_case(request, "record_party", PartyForm, investigation.record_party, verb="登记")


def name_party(request, public_id):
    """查明当事人."""
    return act_on_case(request, "name_party", NamePartyForm, investigation.name_party, verb="登记")


def assign_handlers(request, public_id):
    """指定承办人."""
    return act_on_case(
        request,
        "assign_handlers",
        HandlersForm,
        investigation.assign_handlers,
        initial=_handlers(request.subject),
        verb="指定",
    )


def record_land_finding(request, public_id):
    """认定占地面积."""
    return act_before_proposal(
        request,
        "record_land_finding",
        LandFindingForm,
        investigation.record_land_finding,
        # Of what is posted every row counts, also one that stayed as it was.
        initial=_land(request.subject) if request.method == "GET" else None,
        verb="登记认定",
        intro="新的认定取代上一次认定，上一次的留在记录里。",
    )


def record_mineral_finding(request, public_id):
    """认定开采数量."""
    return act_before_proposal(
        request,
        "record_mineral_finding",
        MineralFindingForm,
        investigation.record_mineral_finding,
        initial=_minerals(request.subject) if request.method == "GET" else None,
        verb="登记认定",
        intro="以立方米认定的填写体积和密度，由系统折算为吨。新的认定取代上一次认定。",
    )


def withdraw_finding(request, public_id):
    """撤回认定."""
    return act_on_case(request, "withdraw_finding", WithdrawFindingForm, investigation.withdraw_finding)


def add_case_files(request, public_id):
    """上传材料."""
    return act_on_case(request, "add_case_files", CaseFilesForm, investigation.add_case_files, verb="上传")
