"""调查: facts of a case, each act one form."""

from cases.forms.base import of_sides
from cases.forms.investigation import (
    AmendCaseForm,
    CaseFilesForm,
    HandlersForm,
    LandFindingForm,
    MineralFindingForm,
    NamePartyForm,
    PartyForm,
    WithdrawFindingForm,
)
from cases.services import investigation
from cases.views.acting import on_case


def _stands(case) -> dict:
    names = ("cause", "place", "mineral", "found_on", "act_ended_on", "facts")
    chosen = [each.code for each in case.violations.all()]
    return {**{name: getattr(case, name) for name in names}, **of_sides(chosen)}


def _handlers(case) -> dict:
    return {"handler": case.handler_id, "second_handler": case.second_handler_id}


def _minerals(case) -> dict:
    return {"rows": [{"mineral": case.mineral}]} if case.mineral else {}


amend_case = on_case("amend_case", AmendCaseForm, investigation.amend_case, initial=_stands, verb="保存修改")
record_party = on_case("record_party", PartyForm, investigation.record_party, verb="登记")
name_party = on_case("name_party", NamePartyForm, investigation.name_party, verb="登记")
assign_handlers = on_case(
    "assign_handlers", HandlersForm, investigation.assign_handlers, initial=_handlers, verb="指定"
)
record_land_finding = on_case(
    "record_land_finding",
    LandFindingForm,
    investigation.record_land_finding,
    verb="登记认定",
    intro="新的认定取代上一次认定，上一次的留在记录里。",
)
record_mineral_finding = on_case(
    "record_mineral_finding",
    MineralFindingForm,
    investigation.record_mineral_finding,
    initial=_minerals,
    verb="登记认定",
    intro="以立方米认定的填写密度，由系统折算为吨。新的认定取代上一次认定。",
)
withdraw_finding = on_case(
    "withdraw_finding", WithdrawFindingForm, investigation.withdraw_finding, grave=True
)
add_case_files = on_case("add_case_files", CaseFilesForm, investigation.add_case_files, verb="上传")
