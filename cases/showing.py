"""The page of a case: how far it has come, what comes next, its sections, its record."""

from django.db.models import QuerySet
from django.urls import reverse

from accounts import showing
from accounts.kept import kept_of
from accounts.models import TrailEntry, User
from accounts.pages import rows_of
from accounts.paper_pages import section_of
from accounts.services import labels, trail
from cases import (
    assessing,
    chairs,
    finding_sections,
    outcome_sections,
    referral_sections,
    sections,
    sent_back,
)
from cases.acts import ACTS, PROPOSE_FILING, REFERRAL_ACTS
from cases.idle import IDLE
from cases.models import CaseState, DecisionState
from cases.services import flags
from cases.stages import CASE_STAGES, record_filters, steps_of
from clues.acts import HAND_TO_FILING
from clues.models import Clue, ClueState
from common import at_once
from common.paths import path_of


def is_own(user, case) -> bool:
    """Within the person's reach, and not merely sent to their agency."""
    return any(case.agency.path.startswith(path) for path in user.reach_paths())


# What the page reads of a case, each with the rows that it points at, in one query.
READ = {
    "parties": ("party",),
    "violations": (),
    "land_findings": ("recorded_by",),
    "mineral_findings": ("recorded_by",),
    "circumstances": (),
    "circumstances__earlier_acts": (),
    "files": ("file__stored_by",),
    "completion_checks": ("checked_by",),
    "closings": ("proposed_by",),
    "decisions": ("scan", "proposed_by"),
    "decisions__items": ("party",),
    **dict.fromkeys(("decisions__items__payments", "decisions__items__carried_out"), ()),
    "decisions__served": ("party",),
    "joinings": ("to_agency",),
    **dict.fromkeys(("decisions__opt_outs", "decisions__reviews", "decisions__discussions"), ()),
    "period_changes": (),
    "referrals": ("to_agency", "matter"),
    "referrals__matter__detentions": ("subject",),
    "flag_rows": (),
    "handler__former_certificates": (),
    "second_handler__former_certificates": (),
}


# What gates and idle.py ask of a case before an act that moves it on.
ASKED = {
    "parties": ("party",),
    **dict.fromkeys(("violations", "flag_rows", "land_findings", "mineral_findings", "referrals"), ()),
    **dict.fromkeys(("circumstances", "completion_checks", "decisions", "decisions__items"), ()),
    **dict.fromkeys(("decisions__items__payments", "decisions__items__carried_out"), ()),
    **dict.fromkeys(("decisions__reviews", "decisions__discussions"), ()),
    "handler__former_certificates": (),
    "second_handler__former_certificates": (),
}


def load(case):
    """Read everything the page shows, in a constant number of queries."""
    at_once.prefetch([case], READ)
    return case


def steps(case) -> list[dict]:
    """The stages as far as the case has come."""
    labels, here = steps_of(CASE_STAGES), CASE_STAGES[case.state].step
    at = labels.index(here) if here else len(labels)
    days = {"立案": case.filed_on, "结案": case.closed_on, "决定": _decided_on(case)}
    return [
        {
            "label": label,
            "state": "done" if place < at else "current" if place == at else "todo",
            "on": days.get(label),
        }
        for place, label in enumerate(labels)
    ]


def _decided_on(case):
    made = [decision.decided_on for decision in case.decisions.all() if decision.state == DecisionState.MADE]
    return max((day for day in made if day), default=None)


def _order(case) -> tuple[str, ...]:
    """The acts that move the case on: what must be referred comes before all else."""
    first = CASE_STAGES[case.state].first
    return ("propose_referral", *first) if "must_refer" in case.flags else first


def _address(case):
    return lambda act: path_of(f"cases:{act.name}", case.public_id)


def next_acts(user, case) -> list[dict]:
    """下一步: what moves the case on; facts are entered at their own section, unless they come first."""
    return showing.next_acts(ACTS, user, case, _address(case), first=_order(case), idle=IDLE)


def leads_of(user, cases) -> dict[int, dict | None]:
    """Of each case (by its key) the one strong row of 下一步, if any: on its page, behind 办理 and on the
    desk's line the same. A constant number of queries, where agency and handlers are read with the cases."""
    at_once.prefetch(cases, ASKED)
    return {
        case.pk: showing.lead(ACTS, user, case, _address(case), first=_order(case), idle=IDLE)
        for case in cases
    }


def filing_of(user: User, clue: Clue) -> dict | None:
    """呈批立案, where this person may propose it of this clue now (clues/onward.py).

    It leads once the clue was found to be true; one that waits (待查) is looked at again first."""
    posts = user.current_postings if clue.state in HAND_TO_FILING.before else ()
    if not any(post.role in PROPOSE_FILING.roles and post.agency_id == clue.agency_id for post in posts):
        return None
    return {
        "label": PROPOSE_FILING.label,
        "url": reverse("cases:propose_filing", args=[clue.public_id]),
        "article": PROPOSE_FILING.article,
        "leads": clue.state == ClueState.VERIFIED,
    }


def edits(user, case) -> dict:
    """{act's name: address} of what this person may enter at the sections now."""
    return {
        row.act.name: path_of(f"cases:{row.act.name}", case.public_id)
        for row in ACTS.open_to(user, case)
        if row.ok and row.act.at
    }


def record_of(case, chosen: str) -> QuerySet[TrailEntry]:
    """全过程记录 of the whole chain, or of the stages of a filter."""
    entries = TrailEntry.objects.filter(chain=trail.chain_of(case))
    if stages := next((stages for key, _, stages in record_filters() if key == chosen), None):
        entries = entries.filter(act__in=_acts_of(stages))
    return entries


def record_choices(chosen: str) -> list[dict]:
    """The filter of the record."""
    parts = [("", "全部"), *((key, label) for key, label, _ in record_filters())]
    return [
        {"label": label, "url": f"?record={key}#trail" if key else "?#trail", "current": key == chosen}
        for key, label in parts
    ]


def _acts_of(stages: frozenset[str]) -> list[str]:
    """Names of the acts of these stages."""
    acts = [act for table in (ACTS, REFERRAL_ACTS) for act in (*table.others, *table.acts)]
    return [act.name for act in acts if act.stage in stages]


def page_of(user, case, chosen: str = "", before: str = "") -> dict:
    """Everything the page of a case shows this person, who sees the whole file; of the record the entries
    of one filter, and those before an entry."""
    load(case)
    things = (case, *case.referrals.all())
    kept = kept_of(*things, entries=record_of(case, chosen), before=before)
    parties, offered = sections.party_rows(case), edits(user, case)
    named = any(row["identified"] for row in parties)
    return {
        "case": case,
        "steps": steps(case),
        "flags": flags.words(case),
        "act_day": assessing.act_day(case),
        "acts": next_acts(user, case),
        "sent_back": sent_back.warnings_of(case, "return_filing") if case.state == CaseState.DRAFTED else [],
        "edits": offered,
        "base_rows": [*sections.base_rows(case), labels.row(user, case)],
        "parties": parties,
        "correct_url": offered.get("correct_party", "") if named else "",
        "party_pages": True,
        "violations": sections.violation_rows(case),
        "land": sections.land_rows(case),
        "minerals": sections.mineral_rows(case),
        "circumstances": finding_sections.circumstance_rows(case),
        "imported_rows": chairs.rows("imported", case),
        "decisions": outcome_sections.decision_rows(case),
        "execution_rows": outcome_sections.execution_rows(case),
        "completion_checks": outcome_sections.completion_check_rows(case),
        "joining_rows": sections.joining_rows(case),
        "closing_rows": outcome_sections.closing_rows(case),
        "referrals": referral_sections.referral_rows(case),
        "reasons": referral_sections.reason_rows(case),
        "files": sections.file_rows(case.files.all()),
        "clocks": rows_of(kept.clocks),
        "period_rows": sections.period_rows(case),
        "people": sections.people_rows(case, kept.approvals),
        **section_of(user, *things, approvals=kept.approvals),
        **showing.record_rows(kept, f"record={chosen}"),
        "trail_filters": record_choices(chosen),
    }
