"""Everything a ledger is drawn from, read down in a constant number of queries.

However many entries there are, each kind of fact is one query over the entries as a subquery.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Q

from campaigns.models import Campaign
from cases.models import (
    SENT_STATES,
    CaseParty,
    CompletionCheck,
    DecisionState,
    Detention,
    ImportedFacts,
    LandFinding,
    MineralFinding,
    PenaltyItem,
    PoliceMatter,
    Referral,
    Violation,
)
from ledgers.models import EntryLink, EntryState, LedgerEntry, Submission, SubmissionRow
from ledgers.rows import Source
from registry import codes


@dataclass
class Facts:
    """The facts of a drawing, by what they belong to, as they stood on `as_of`."""

    campaign: Campaign
    as_of: date
    entries: list[LedgerEntry] = field(default_factory=list)
    cases: dict = field(default_factory=lambda: defaultdict(list))
    clues: dict = field(default_factory=lambda: defaultdict(list))
    matters: dict = field(default_factory=lambda: defaultdict(dict))
    parties: dict = field(default_factory=lambda: defaultdict(list))
    sides: dict = field(default_factory=lambda: defaultdict(set))
    land: dict = field(default_factory=dict)
    minerals: dict = field(default_factory=dict)
    items: dict = field(default_factory=lambda: defaultdict(list))
    completion_checks: dict = field(default_factory=lambda: defaultdict(list))
    imported: dict = field(default_factory=dict)
    referrals: dict = field(default_factory=lambda: defaultdict(list))
    measures: dict = field(default_factory=lambda: defaultdict(list))
    first_row: dict = field(default_factory=dict)
    reported: dict = field(default_factory=dict)
    known: set = field(default_factory=set)
    moved_from: dict = field(default_factory=dict)

    def counts(self, entry, day) -> bool:
        """Rule 3*: for a matter carried over, only what is dated within the campaign counts."""
        if not (entry.carried_over and self.campaign.counts_only_within):
            return True
        return self.campaign.covers(day)

    def source(self, entry, key, what, detail, day, thing) -> Source:
        """A fact behind a cell of `entry`, marked late and counted or not."""
        source = Source(key, what, detail, day, thing)
        source.late = self.is_late(entry, key, day)
        if not self.counts(entry, day):
            source.counted, source.note = False, "不在专项行动期间，不计入"
        return source

    def is_late(self, entry, key, day) -> bool:
        """Dated in a period that was already reported, and not in that report (rule 5)."""
        reported = self.reported.get(entry.agency_id)
        return bool(reported) and day <= reported.data_as_of and key not in self.known


def load(campaign, entries, as_of, *, reported=None) -> Facts:
    """Read all that stands behind `entries` (a queryset). `reported` maps an agency to the
    submission against which lateness is told; by default its last effective one."""
    facts = Facts(campaign, as_of)
    facts.entries = list(entries.select_related("agency__region", "campaign"))
    ids = entries.order_by().values("pk")
    cases = EntryLink.objects.filter(entry__in=ids, case__isnull=False).values("case_id")
    _load_links(facts, ids)
    facts.moved_from = dict(
        LedgerEntry.objects.filter(moved_to__in=ids).values_list("moved_to", "agency__region__name")
    )
    _load_parties(facts, cases)
    _load_findings(facts, cases)
    _load_decisions(facts, cases)
    _load_imported(facts, cases)
    _load_police(facts, ids, cases)
    _load_reported(facts, ids, reported)
    return facts


def _load_links(facts, ids):
    links = EntryLink.objects.filter(entry__in=ids).order_by("pk")
    for link in links.select_related("case__agency", "clue", "matter__agency"):
        if link.case_id:
            facts.cases[link.entry_id].append(link.case)
        elif link.clue_id:
            facts.clues[link.entry_id].append(link.clue)
        else:
            facts.matters[link.entry_id][link.matter_id] = link.matter


def _load_parties(facts, cases):
    for link in CaseParty.objects.filter(case__in=cases).select_related("party"):
        facts.parties[link.case_id].append(link.party)
    for case_id, side in Violation.objects.filter(case__in=cases).values_list("case_id", "side"):
        facts.sides[case_id].add(side)


def _load_findings(facts, cases):
    for model, found, side in ((LandFinding, facts.land, "land"), (MineralFinding, facts.minerals, "mining")):
        standing = model.objects.filter(case__in=cases, withdrawn_at=None, happened_on__lte=facts.as_of)
        for finding in standing.order_by("round", "pk"):
            rows = found.setdefault(finding.case_id, [])
            if rows and rows[0].round != finding.round:
                rows.clear()
            rows.append(finding)
            facts.sides[finding.case_id].add(side)


def _load_decisions(facts, cases):
    items = PenaltyItem.objects.filter(
        decision__case__in=cases,
        decision__state__in=[DecisionState.MADE, DecisionState.REVOKED],
        decision__decided_on__lte=facts.as_of,
    )
    for item in items.select_related("decision").order_by("decision__decided_on", "pk"):
        facts.items[item.decision.case_id].append(item)
        facts.sides[item.decision.case_id].add(item.side)
    accepted = CompletionCheck.objects.filter(case__in=cases, withdrawn_at=None, happened_on__lte=facts.as_of)
    for completion_check in accepted.order_by("happened_on", "pk"):
        facts.completion_checks[completion_check.case_id, completion_check.kind].append(completion_check)


def _load_imported(facts, cases):
    rows = ImportedFacts.objects.filter(case__in=cases, as_of__lte=facts.as_of)
    for row in rows.order_by("as_of", "pk"):
        facts.imported[row.case_id] = row


def _load_police(facts, ids, cases):
    sent = Referral.objects.filter(
        case__in=cases, state__in=SENT_STATES, sent_on__lte=facts.as_of
    ).select_related("to_agency")
    for referral in sent.order_by("sent_on", "pk"):
        facts.referrals[referral.case_id].append(referral)
    entry_of_case = {case.pk: entry_id for entry_id, linked in facts.cases.items() for case in linked}
    matters = PoliceMatter.objects.filter(referral__case__in=cases).select_related("agency", "referral")
    for matter in matters:
        entry_id = entry_of_case[matter.referral.case_id]
        facts.matters[entry_id][matter.pk] = matter
    direct = EntryLink.objects.filter(entry__in=ids, matter__isnull=False).values("matter_id")
    measures = Detention.objects.filter(
        Q(matter__in=direct) | Q(matter__referral__case__in=cases),
        withdrawn_at=None,
        happened_on__lte=facts.as_of,
    )
    for measure in measures.select_related("subject").order_by("happened_on", "pk"):
        facts.measures[measure.matter_id].append(measure)
    _load_first_rows(facts)


def _load_first_rows(facts):
    """Rule 7: in which row a person counts, by kind: that of the first measure in the campaign."""
    standing = EntryLink.objects.filter(entry__campaign=facts.campaign, entry__state=EntryState.IN).order_by(
        "entry_id"
    )
    entry_of = dict(standing.filter(matter__isnull=False).values_list("matter_id", "entry_id").reverse())
    entry_of |= dict(
        standing.filter(case__referrals__matter__isnull=False)
        .values_list("case__referrals__matter", "entry_id")
        .reverse()
    )
    named = Detention.objects.filter(
        Q(matter__entry_links__entry__campaign=facts.campaign)
        | Q(matter__referral__case__entry_links__entry__campaign=facts.campaign),
        subject__isnull=False,
        withdrawn_at=None,
        happened_on__lte=facts.as_of,
    ).order_by("happened_on", "pk")
    for kind, person, matter_id in named.values_list("kind", "subject__person_index", "matter_id"):
        if matter_id in entry_of:
            facts.first_row.setdefault((kind, person), entry_of[matter_id])


def _load_reported(facts, ids, reported):
    if reported is None:
        done = Submission.objects.effective().filter(
            campaign=facts.campaign, consolidated=False, data_as_of__lte=facts.as_of
        )
        reported = {one.agency_id: one for one in done.order_by("sequence")}
    facts.reported = {pk: one for pk, one in reported.items() if one is not None}
    origins = LedgerEntry.objects.filter(
        Q(moved_to__in=ids) | Q(merged_into__in=ids) | Q(split_off__in=ids)
    ).values("public_id")
    keys = LedgerEntry.objects.filter(pk__in=ids).values("public_id")
    # What another county reported of a row before it came here isn't late here.
    rows = SubmissionRow.objects.filter(
        Q(entry_key__in=keys, submission__in=[one.pk for one in facts.reported.values()])
        | Q(entry_key__in=origins, submission__consolidated=False)
    )
    for marks in rows.values_list("marks", flat=True):
        for kept in marks.get("behind", {}).values():
            facts.known.update(source[0] for source in kept)


def clue_sides(clue) -> set:
    """The sides of a clue's suspected violations."""
    known = codes.by_code("violations")
    return {known[code]["side"] for code in clue.violations if code in known}


def tonnes_of(finding) -> Decimal | None:
    """The tonnes of a finding; cubic metres are turned by the density found with them."""
    if finding.tonnes is not None:
        return finding.tonnes
    if finding.volume is None or finding.density is None:
        return None
    return (finding.volume * finding.density).quantize(Decimal("0.0001"))


def case_thing(case) -> tuple[str, str, str]:
    """How a source names its case."""
    return ("case", case.public_id, str(case))
