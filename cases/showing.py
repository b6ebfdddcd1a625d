"""The page of a case: how far it has come, what comes next, its sections, its record."""

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import NoReverseMatch, reverse

from accounts import showing
from accounts.models import TrailEntry
from accounts.pages import clock_rows
from accounts.services import trail
from cases import chairs, sections
from cases.acts import ACTS, REFERRAL_ACTS
from cases.models import Case, DecisionState
from cases.models import CaseState as S
from cases.services import flags

STEPS = ("登记", "立案", "调查", "审理", "告知", "决定", "执行", "结案", "归档")
NOT_BUILT = {"审理", "告知", "归档"}
AT = {
    S.PROPOSED: 1,
    S.REFUSED: 1,
    S.INVESTIGATION: 2,
    S.DECISION: 5,
    S.EXECUTION: 6,
    S.CLOSING: 7,
    S.CLOSED: 8,
}
# Facts are entered at their own section; 下一步 keeps to what moves the case on.
AT_SECTIONS = {
    "amend_case", "record_party", "name_party", "assign_handlers", "record_land_finding",
    "record_mineral_finding", "withdraw_finding", "add_case_files", "revoke_decision",
    "correct_party", "remove_party", "unmask_party", "correct_case_number", "correct_decision",
    "carry_out_item", "withdraw_payment", "withdraw_carrying_out", "withdraw_acceptance",
}  # fmt: skip
GRAVE = frozenset({"refuse_filing", "return_decision", "return_closing", "revoke_decision"})
# What comes first at a stage; the rest follows in the order of the acts table.
FIRST = {
    S.INVESTIGATION: ("呈批处罚决定", "呈批移送公安"),
    S.EXECUTION: ("记录送达", "记录缴纳", "验收恢复原状", "验收取缔", "呈批结案"),
}
RECORDS = (
    ("", "全部", None),
    ("filing", "立案", {"filing"}),
    ("investigation", "调查", {"investigation"}),
    ("decision", "决定", {"decision"}),
    ("execution", "执行和结案", {"execution", "closing"}),
    ("referral", "移送", {"referral"}),
)
RECORD_LIMIT = 100


def is_own(user, case) -> bool:
    """Within the person's reach, and not merely sent to their agency."""
    return any(case.agency.path.startswith(path) for path in user.reach_paths())


# What the page reads of a case, each with the rows that it points at, in one query.
READ = {
    "parties": ("party",),
    "violations": (),
    "land_findings": ("recorded_by",),
    "mineral_findings": ("recorded_by",),
    "files": ("file__stored_by",),
    "acceptances": ("accepted_by",),
    "closings": ("proposed_by",),
    "decisions": ("scan", "proposed_by"),
    "decisions__items": ("party",),
    "decisions__items__payments": (),
    "decisions__items__carried_out": (),
    "referrals": ("to_agency", "matter"),
    "referrals__matter__measures": ("subject",),
}


def _with(name, *whose) -> Prefetch:
    """The rows of a relation together with what they point at."""
    model = Case
    for step in name.split("__"):
        model = model._meta.get_field(step).related_model
    rows = model._base_manager.all()
    return Prefetch(name, rows.select_related(*whose) if whose else rows)


def load(case):
    """Read everything the page shows, in a constant number of queries."""
    prefetch_related_objects([case], *(_with(name, *whose) for name, whose in READ.items()))
    return case


def steps(case) -> list[dict]:
    """The stages as far as the case has come; those not kept here stay plain."""
    at = AT[case.state]
    days = {"立案": case.filed_on, "结案": case.closed_on, "决定": _decided_on(case)}
    rows = []
    for place, label in enumerate(STEPS):
        state = "done" if place < at else "current" if place == at else "todo"
        if label in NOT_BUILT:
            state = "todo"
        if case.state == S.CLOSED and label == "结案":
            state = "done"
        rows.append({"label": label, "state": state, "on": days.get(label)})
    return rows


def _decided_on(case):
    made = [one.decided_on for one in case.decisions.all() if one.state == DecisionState.MADE]
    return max((day for day in made if day), default=None)


def next_acts(user, case) -> list[dict]:
    """下一步."""

    def address(act):
        if act.name in AT_SECTIONS:
            raise NoReverseMatch
        return reverse(f"cases:{act.name}", args=[case.public_id])

    rows = showing.next_acts(ACTS, user, case, address, GRAVE)
    first = FIRST.get(case.state, ())
    if "must_refer" in case.flags:
        first = ("呈批移送公安", *first)
    return sorted(rows, key=lambda row: (not row["open"], _place_of(row["label"], first)))


def _place_of(label, first) -> int:
    return first.index(label) if label in first else len(first)


def edits(user, case) -> dict:
    """{act's name: address} of what this person may enter at the sections now."""
    return {
        row.act.name: reverse(f"cases:{row.act.name}", args=[case.public_id])
        for row in ACTS.open_to(user, case)
        if row.ok and row.act.name in AT_SECTIONS
    }


def clocks_of(case) -> list[dict]:
    """时限 of the case and of its referrals."""
    return clock_rows(case, *case.referrals.all())


def record(case, chosen: str) -> tuple[list, list]:
    """全过程记录 of the whole chain, newest first, and its filter."""
    stages = {key: stages for key, _, stages in RECORDS}.get(chosen)
    entries = TrailEntry.objects.filter(chain=trail.chain_of(case))
    if stages:
        entries = entries.filter(act__in=_acts_of(stages))
    entries = entries.select_related("actor", "agency").order_by("-seq")[:RECORD_LIMIT]
    filters = [
        {"label": label, "url": f"?record={key}#trail" if key else "?#trail", "current": key == chosen}
        for key, label, _ in RECORDS
    ]
    return showing.lines(entries), filters


def _acts_of(stages) -> list[str]:
    """Names of the acts of these stages; 呈批立案 stands outside the tables."""
    acts = [act for table in (ACTS, REFERRAL_ACTS) for act in table.acts]
    names = [act.name for act in acts if act.stage in stages]
    return [*names, "propose_filing"] if "filing" in stages else names


def page_of(user, case, chosen: str = "") -> dict:
    """Everything the page of a case shows this person, who sees the whole file."""
    load(case)
    entries, filters = record(case, chosen)
    return {
        "case": case,
        "steps": steps(case),
        "flags": flags.words(case.flags),
        "acts": next_acts(user, case),
        "edits": edits(user, case),
        "base_rows": sections.base_rows(case),
        "parties": sections.party_rows(case),
        "violations": sections.violation_rows(case),
        "land": sections.land_rows(case),
        "minerals": sections.mineral_rows(case),
        "imported_rows": chairs.rows("imported", case),
        "decisions": sections.decision_rows(case),
        "execution_rows": sections.execution_rows(case),
        "acceptances": sections.acceptance_rows(case),
        "closing_rows": sections.closing_rows(case),
        "referrals": sections.referral_rows(case),
        "reasons": sections.reason_rows(case),
        "files": sections.file_rows(case.files.all()),
        "clocks": clocks_of(case),
        "people": sections.people_rows(case),
        "trail": entries,
        "trail_filters": filters,
    }
