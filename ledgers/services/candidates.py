"""What waits to be taken into a ledger (rule 2): found true, taken up by the police, or filed.

Suggested by rule; taking in and leaving out are a person's acts.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import OuterRef, Prefetch, Subquery

from accounts.models import Agency, AgencyKind
from campaigns.models import Campaign
from cases.models import Case, CaseParty, PoliceMatter
from clues.models import Clue, ClueParty, ClueState, Verification
from ledgers.fields.mining import SHUTDOWN
from ledgers.fields.words import party_words
from ledgers.matching import is_near, match_key
from ledgers.models import EntryLink, EntryState, Exclusion, LedgerEntry
from ledgers.rows import Row
from ledgers.services.drawing import draw

TRUE = ("true", "partly_true")
UNKNOWN_PARTY = "当事人不明"


@dataclass
class Candidate:
    """A clue, case or police matter not yet in the ledger, with what is suggested: 结转, the row to
    join, near rows."""

    kind: str
    thing: Case | Clue | PoliceMatter
    party: str
    place: str
    mineral: str
    opened_on: date
    carried_over: bool = False
    joint: LedgerEntry | None = None
    near: list[LedgerEntry] = field(default_factory=list)

    @property
    def key(self) -> str:
        """How a form names it: case-Xy…"""
        return f"{self.kind}-{self.thing.public_id}"


def candidates(campaign: Campaign, agency: Agency) -> list[Candidate]:
    """What waits, each with what is suggested for it."""
    several = waiting(campaign, agency)
    if several:
        _suggest(several, draw(campaign, agency))
    return several


def waiting(campaign: Campaign, agency: Agency) -> list[Candidate]:
    """The candidates of one county that wait for 纳入 or 不纳入, the oldest first; cheap to count."""
    taken = _taken(campaign)
    several = [
        *_cases(campaign, agency, taken),
        *_clues(campaign, agency, taken),
        *_matters(campaign, agency, taken),
    ]
    several = [each for each in several if not campaign.to_day or each.opened_on <= campaign.to_day]
    for each in several:
        each.carried_over = each.opened_on < campaign.from_day
    return sorted(several, key=lambda each: (each.opened_on, each.key))


def _taken(campaign: Campaign) -> dict[str, set[int | None]]:
    """Ids of what is linked or left out already, by kind."""
    linked = EntryLink.objects.filter(entry__campaign=campaign, entry__state=EntryState.IN)
    left_out = Exclusion.objects.filter(campaign=campaign)
    taken = {"clue": set(), "case": set(), "matter": set()}
    for rows in (linked, left_out):
        for clue, case, matter in rows.values_list("clue_id", "case_id", "matter_id"):
            taken["clue"].add(clue)
            taken["case"].add(case)
            taken["matter"].add(matter)
    return taken


def looked_on(clue_ref: str = "pk") -> tuple[Subquery, Subquery]:
    """The day and the judgment of a clue's last look, as subqueries."""
    last = Verification.objects.filter(clue=OuterRef(clue_ref)).order_by("-looked_on", "-pk")
    return Subquery(last.values("looked_on")[:1]), Subquery(last.values("judgment")[:1])


def _cases(campaign: Campaign, agency: Agency, taken: dict[str, set[int | None]]) -> Iterator[Candidate]:
    day, judgment = looked_on("clue")
    rows = (
        Case.objects.filter(agency=agency, imported=False, filed_on__isnull=False)
        .filed()
        .annotate(looked=day, judged=judgment)
        .prefetch_related(Prefetch("parties", CaseParty.objects.select_related("party")))
    )
    for case in rows.order_by("filed_on", "pk"):
        over = case.closed_on and case.closed_on < campaign.from_day
        if case.pk in taken["case"] or over:
            continue
        looked = case.looked if case.judged in TRUE else None
        yield Candidate(
            "case",
            case,
            party_words(link.party for link in case.parties.all()) or UNKNOWN_PARTY,
            case.place,
            case.mineral,
            min(filter(None, (looked, case.filed_on))),
        )


def _clues(campaign: Campaign, agency: Agency, taken: dict[str, set[int | None]]) -> Iterator[Candidate]:
    day, judgment = looked_on()
    filed = Case.objects.filter(agency=agency, clue__isnull=False).filed()
    rows = (
        Clue.objects.filter(agency=agency)
        .exclude(state=ClueState.MERGED)
        .exclude(pk__in=filed.values("clue_id"))
        .annotate(looked=day, judged=judgment)
        .filter(judged__in=TRUE)
        .prefetch_related(Prefetch("suspects", ClueParty.objects.select_related("party")))
    )
    for clue in rows.order_by("looked", "pk"):
        over = clue.state == ClueState.SETTLED and clue.looked < campaign.from_day
        if clue.pk in taken["clue"] or over:
            continue
        yield Candidate(
            "clue",
            clue,
            party_words(link.party for link in clue.suspects.all()) or UNKNOWN_PARTY,
            clue.place,
            clue.mineral,
            clue.looked,
        )


def _matters(campaign: Campaign, agency: Agency, taken: dict[str, set[int | None]]) -> Iterator[Candidate]:
    rows = PoliceMatter.objects.filter(
        referral=None,
        agency__kind=AgencyKind.POLICE,
        agency__region_id=agency.region_id,
        agency__memberships__campaign=campaign,
    )
    for matter in rows.select_related("agency").order_by("taken_up_on", "pk"):
        if matter.pk not in taken["matter"]:
            yield Candidate("matter", matter, matter.title, matter.place, "", matter.taken_up_on)


def _suggest(several: list[Candidate], rows: list[Row]) -> None:
    """The row to join (same parties, same place), unless it was shut down before: 死灰复燃 makes
    a new one; and rows that are near enough for a person to look."""
    by_key = {match_key(row.value("party"), row.value("place")): row for row in rows}
    for each in several:
        row = by_key.get(match_key(each.party, each.place))
        if row is not None and not _shut_before(row, each.opened_on):
            each.joint = row.entry
        each.near = [
            other.entry
            for other in rows
            if other is not row
            and is_near(each.party, each.place, other.value("party"), other.value("place"))
        ]


def _shut_before(row: Row, day: date) -> bool:
    cell = row.cells.get(SHUTDOWN.key)
    return bool(cell) and cell.value is True and any(fact.happened_on < day for fact in cell.evidence)
