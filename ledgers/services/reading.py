"""Everything a ledger is drawn from, read down in a constant number of queries.

However many entries there are, each kind of fact is one query over the entries as a subquery.
"""

from datetime import date

from django.db.models import Q, QuerySet

from campaigns.models import Campaign
from cases.models import (
    SENT_STATES,
    CaseParty,
    CompletionCheck,
    DecisionState,
    Detention,
    LandFinding,
    MineralFinding,
    PenaltyItem,
    PoliceMatter,
    Referral,
    Violation,
)
from ledgers.facts import Facts
from ledgers.models import (
    EntryLink,
    EntryState,
    ImportedValues,
    LedgerEntry,
    Submission,
    SubmissionRow,
)

FEW = 500


def load(
    campaign: Campaign,
    entries: QuerySet[LedgerEntry],
    as_of: date,
    *,
    reported: dict[int, Submission | None] | None = None,
) -> Facts:
    """Read all that stands behind `entries`. `reported` maps an agency to the submission against
    which lateness is told; by default its last effective one."""
    facts = load_reported(campaign, entries, as_of, reported)
    ids = entries.order_by().values("pk")
    cases = EntryLink.objects.filter(entry__in=ids, case__isnull=False).values("case_id")
    _load_links(facts, ids)
    _load_parties(facts, cases)
    _load_findings(facts, cases)
    _load_decisions(facts, cases)
    _load_imported(facts, cases)
    _load_police(facts, ids, cases)
    return facts


def load_reported(
    campaign: Campaign,
    entries: QuerySet[LedgerEntry],
    as_of: date,
    reported: dict[int, Submission | None] | None = None,
) -> Facts:
    """The entries and what was reported of them: all by which lateness is told."""
    facts = Facts(campaign, as_of)
    facts.entries = list(entries.select_related("agency__region", "campaign"))
    ids = entries.order_by().values("pk")
    facts.moved_from = dict(
        LedgerEntry.objects.filter(moved_to__in=ids).values_list("moved_to", "agency__region__name")
    )
    _load_reported(facts, ids, reported)
    return facts


def last_reports(campaign: Campaign, as_of: date) -> dict[int, Submission]:
    """The last effective report of each agency on a day, against which lateness is told."""
    done = Submission.objects.effective().filter(campaign=campaign, consolidated=False, data_as_of__lte=as_of)
    return {last.agency_id: last for last in done.order_by("sequence")}


def _load_links(facts: Facts, ids: QuerySet[LedgerEntry]) -> None:
    links = EntryLink.objects.filter(entry__in=ids).order_by("pk")
    for link in links.select_related("case__agency", "clue", "matter__agency"):
        if link.case_id:
            facts.cases[link.entry_id].append(link.case)
        elif link.clue_id:
            facts.clues[link.entry_id].append(link.clue)
        else:
            facts.matters[link.entry_id][link.matter_id] = link.matter


def _load_parties(facts: Facts, cases: QuerySet[EntryLink]) -> None:
    for link in CaseParty.objects.filter(case__in=cases).select_related("party"):
        facts.parties[link.case_id].append(link.party)
    for case_id, side in Violation.objects.filter(case__in=cases).values_list("case_id", "side"):
        facts.sides[case_id].add(side)


def _load_findings(facts: Facts, cases: QuerySet[EntryLink]) -> None:
    kinds = ((LandFinding, facts.land, "land"), (MineralFinding, facts.minerals, "mining"))
    for model, by_case, side in kinds:
        standing = model.objects.filter(case__in=cases, withdrawn_at=None, happened_on__lte=facts.as_of)
        for finding in standing.order_by("round", "pk"):
            rows = by_case.setdefault(finding.case_id, [])
            if rows and rows[0].round != finding.round:
                rows.clear()
            rows.append(finding)
            facts.sides[finding.case_id].add(side)


def _load_decisions(facts: Facts, cases: QuerySet[EntryLink]) -> None:
    items = PenaltyItem.objects.filter(
        decision__case__in=cases,
        decision__state__in=[DecisionState.MADE, DecisionState.REVOKED],
        decision__decided_on__lte=facts.as_of,
    )
    for item in items.select_related("decision").order_by("decision__decided_on", "pk"):
        facts.items[item.decision.case_id].append(item)
        facts.sides[item.decision.case_id].add(item.side)
    checks = CompletionCheck.objects.filter(case__in=cases, withdrawn_at=None, happened_on__lte=facts.as_of)
    for completion_check in checks.order_by("happened_on", "pk"):
        facts.completion_checks[completion_check.case_id, completion_check.kind].append(completion_check)


def _load_imported(facts: Facts, cases: QuerySet[EntryLink]) -> None:
    rows = ImportedValues.objects.filter(case__in=cases, as_of__lte=facts.as_of)
    for row in rows.order_by("as_of", "pk"):
        facts.imported[row.case_id] = row


def _load_police(facts: Facts, ids: QuerySet[LedgerEntry], cases: QuerySet[EntryLink]) -> None:
    sent = Referral.objects.filter(
        case__in=cases, state__in=SENT_STATES, sent_on__lte=facts.as_of
    ).select_related("to_agency")
    for referral in sent.order_by("sent_on", "pk"):
        facts.referrals[referral.case_id].append(referral)
    _load_matters(facts, cases)
    _load_detentions(facts, ids, cases)
    _load_first_rows(facts)


def _load_matters(facts: Facts, cases: QuerySet[EntryLink]) -> None:
    entry_of_case = {case.pk: entry_id for entry_id, linked in facts.cases.items() for case in linked}
    matters = PoliceMatter.objects.filter(referral__case__in=cases).select_related("agency", "referral")
    for matter in matters:
        entry_id = entry_of_case[matter.referral.case_id]
        facts.matters[entry_id][matter.pk] = matter


def _load_detentions(facts: Facts, ids: QuerySet[LedgerEntry], cases: QuerySet[EntryLink]) -> None:
    direct = EntryLink.objects.filter(entry__in=ids, matter__isnull=False).values("matter_id")
    detentions = Detention.objects.filter(
        Q(matter__in=direct) | Q(matter__referral__case__in=cases),
        withdrawn_at=None,
        happened_on__lte=facts.as_of,
    )
    for detention in detentions.select_related("subject").order_by("happened_on", "pk"):
        facts.detentions[detention.matter_id].append(detention)


def _load_first_rows(facts: Facts) -> None:
    """Rule 7: in which row a person counts, by kind: that of the first detention in the campaign."""
    several = (each for rows in facts.detentions.values() for each in rows)
    persons = {each.subject.person_index for each in several if each.subject}
    if not persons:
        return
    named = Detention.objects.filter(
        Q(matter__entry_links__entry__campaign=facts.campaign)
        | Q(matter__referral__case__entry_links__entry__campaign=facts.campaign),
        subject__isnull=False,
        withdrawn_at=None,
        happened_on__lte=facts.as_of,
    ).order_by("happened_on", "pk")
    few = len(persons) <= FEW
    if few:  # of a few entries; of a whole prefecture every name is asked for
        named = named.filter(subject__person_index__in=persons)
    named = list(named.values_list("kind", "subject__person_index", "matter_id"))
    entry_of = _entries_of_matters(facts.campaign, {matter for _, _, matter in named} if few else None)
    for kind, person, matter_id in named:
        if matter_id in entry_of:
            facts.first_row.setdefault((kind, person), entry_of[matter_id])


def _entries_of_matters(campaign: Campaign, matters: set[int] | None) -> dict[int, int]:
    """police matter id → the first standing entry that holds it, itself or through its referral's case;
    of these matters, of all for None."""
    standing = EntryLink.objects.filter(entry__campaign=campaign, entry__state=EntryState.IN).order_by(
        "entry_id"
    )
    own, referred = Q(matter__isnull=False), Q(case__referrals__matter__isnull=False)
    if matters is not None:
        own, referred = Q(matter__in=matters), Q(case__referrals__matter__in=matters)
    entry_of = dict(standing.filter(own).values_list("matter_id", "entry_id").reverse())
    entry_of |= dict(standing.filter(referred).values_list("case__referrals__matter", "entry_id").reverse())
    return entry_of


def _load_reported(
    facts: Facts, ids: QuerySet[LedgerEntry], reported: dict[int, Submission | None] | None
) -> None:
    if reported is None:
        reported = last_reports(facts.campaign, facts.as_of)
    facts.reported = {agency: last for agency, last in reported.items() if last is not None}
    origins = LedgerEntry.objects.filter(
        Q(moved_to__in=ids) | Q(merged_into__in=ids) | Q(split_off__in=ids)
    ).values("public_id")
    keys = LedgerEntry.objects.filter(pk__in=ids).values("public_id")
    # What another county reported of a row before it came here isn't late here.
    rows = SubmissionRow.objects.filter(
        Q(entry_key__in=keys, submission__in=[last.pk for last in facts.reported.values()])
        | Q(entry_key__in=origins, submission__consolidated=False)
    )
    for marks in rows.values_list("marks", flat=True):
        for facts_behind in marks.get("behind", {}).values():
            facts.reported_facts.update(fact[0] for fact in facts_behind)
