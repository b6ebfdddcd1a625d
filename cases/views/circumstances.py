"""情节 of a case, and the days of its violations."""

from cases.forms.circumstances import ANSWERS, CircumstancesForm, ViolationDaysForm
from cases.services import circumstances
from cases.services.findings import ASKED
from cases.views.acting import act_before_proposal, act_on_case
from cases.views.findings import as_rows
from clues.showing.verification import look_rows


def _stands(case) -> dict:
    """The round that holds, as the form's values: a new one takes its place."""
    row = case.circumstances_now()
    if row is None:
        return {}
    answers = {name: ANSWERS[getattr(row, name)] for name in ASKED}
    earlier = as_rows(row.earlier_acts.all(), ("acted_on", "value", "land_class", "area"))
    return {**answers, "mine_scale": row.mine_scale, "rows": earlier}


def _look(case) -> dict:
    """What the last look said of the clue: whether it went on and was stopped; nobody has found it yet."""
    looks = look_rows(case.clue) if case.clue else []
    rows = [row for row in looks[0]["rows"] if row["value"]] if looks else []
    return {"summary_title": "线索核查", "summary": rows} if rows else {}


def record_circumstances(request, public_id):
    """认定情节."""
    return act_before_proposal(
        request,
        "record_circumstances",
        CircumstancesForm,
        circumstances.record_circumstances,
        # Of what is posted every row counts, also one that stayed as it was.
        initial=_stands(request.subject) if request.method == "GET" else None,
        verb="登记认定",
        intro="只填查明的，没有查明的留“未填”。新的认定取代上一次认定，上一次的留在记录里。",
        **_look(request.subject),
    )


def date_violations(request, public_id):
    """登记行为起止."""
    return act_on_case(
        request,
        "date_violations",
        ViolationDaysForm,
        circumstances.date_violations,
        verb="保存",
        intro="没有查明的留空。起止相同的违法行为，可以只填“修改”里的违法行为终了日期。",
    )
