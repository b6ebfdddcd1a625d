"""What waits to be taken into a ledger (rule 2): found true, taken up by the police, or filed.

Suggested by rule; taking in and leaving out are a person's acts.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, Exists, F, OuterRef, Prefetch, QuerySet, Subquery, When
from django.db.models.functions import Least

from accounts.models import Agency, AgencyKind
from campaigns.models import Campaign
from cases.models import Case as FiledCase
from cases.models import CaseParty, PoliceMatter
from clues.models import Clue, ClueParty, ClueState, Verification
from ledgers.fields.mining import SHUTDOWN
from ledgers.fields.words import party_words
from ledgers.matching import Shelf
from ledgers.models import EntryLink, EntryState, Exclusion, LedgerEntry
from ledgers.rows import Row
from ledgers.services.kept import LedgerRows, rows_of

# So many are shown at once; when they are in or left out, the next ones come.
SHOWN = 200
TRUE = ("true", "partly_true")
UNKNOWN_PARTY = "当事人不明"


@dataclass
class Candidate:
    """A clue, case or police matter not yet in the ledger, with what is suggested: 结转, the row to
    join, near rows."""

    kind: str
    thing: FiledCase | Clue | PoliceMatter
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


def candidates(campaign: Campaign, agency: Agency, picks: Collection[str] | None = None) -> list[Candidate]:
    """What waits, the oldest first and at most `SHOWN`, each with what is suggested for it; with `picks`
    those alone (by their keys)."""
    several = waiting(campaign, agency, picks)
    if several:
        _suggest(several, rows_of(campaign, agency))
    return several


def waiting(campaign: Campaign, agency: Agency, picks: Collection[str] | None = None) -> list[Candidate]:
    """The candidates of one county that wait for 纳入 or 不纳入, the oldest first, at most `SHOWN`."""
    asked = None if picks is None else {pick.partition("-")[::2] for pick in picks}
    several = []
    for kind, rows, make in _kinds(campaign, agency):
        if asked is not None:
            rows = rows.filter(public_id__in=[public_id for each, public_id in asked if each == kind])
        several += map(make, rows if asked is not None else rows[:SHOWN])
    for each in several:
        each.carried_over = each.opened_on < campaign.from_day
    return sorted(several, key=lambda each: (each.opened_on, each.key))[: SHOWN if picks is None else None]


def count_waiting(campaign: Campaign, agency: Agency) -> int:
    """How many wait."""
    return sum(rows.order_by().count() for _, rows, _ in _kinds(campaign, agency))


def _kinds(campaign: Campaign, agency: Agency) -> tuple[tuple[str, QuerySet, Callable], ...]:
    """(kind, the rows that wait in order, what makes a candidate of one) of each kind."""
    return (
        ("case", _untaken(campaign, _cases(campaign, agency), "case"), _of_case),
        ("clue", _untaken(campaign, _clues(campaign, agency), "clue"), _of_clue),
        ("matter", _untaken(campaign, _matters(campaign, agency), "matter"), _of_matter),
    )


def _untaken(campaign: Campaign, rows: QuerySet, kind: str) -> QuerySet:
    """Those that are neither linked nor left out already, and opened before the campaign's end."""
    own = {kind: OuterRef("pk")}
    linked = EntryLink.objects.filter(entry__campaign=campaign, entry__state=EntryState.IN, **own)
    left_out = Exclusion.objects.filter(campaign=campaign, **own)
    rows = rows.filter(~Exists(linked), ~Exists(left_out))
    return rows.filter(opened__lte=campaign.to_day) if campaign.to_day else rows


def looked_on(clue_ref: str = "pk") -> tuple[Subquery, Subquery]:
    """The day and the judgment of a clue's last look, as subqueries."""
    last = Verification.objects.filter(clue=OuterRef(clue_ref)).order_by("-looked_on", "-pk")
    return Subquery(last.values("looked_on")[:1]), Subquery(last.values("judgment")[:1])


def _cases(campaign: Campaign, agency: Agency) -> QuerySet[Case]:
    day, judgment = looked_on("clue")
    found = Case(When(judged__in=TRUE, then=Least("looked", "filed_on")), default="filed_on")
    return (
        FiledCase.objects.filter(agency=agency, imported=False, filed_on__isnull=False)
        .filed()
        .exclude(closed_on__lt=campaign.from_day)
        .annotate(looked=day, judged=judgment)
        .annotate(opened=found)
        .prefetch_related(Prefetch("parties", CaseParty.objects.select_related("party")))
        .order_by("opened", "pk")
    )


def _of_case(case: FiledCase) -> Candidate:
    parties = party_words(link.party for link in case.parties.all()) or UNKNOWN_PARTY
    return Candidate("case", case, parties, case.place, case.mineral, case.opened)


def _clues(campaign: Campaign, agency: Agency) -> QuerySet[Clue]:
    day, judgment = looked_on()
    filed = FiledCase.objects.filter(agency=agency, clue=OuterRef("pk")).filed()
    return (
        Clue.objects.filter(agency=agency)
        .exclude(state=ClueState.MERGED)
        .filter(~Exists(filed))
        .annotate(opened=day, judged=judgment)
        .filter(judged__in=TRUE)
        .exclude(state=ClueState.SETTLED, opened__lt=campaign.from_day)
        .prefetch_related(Prefetch("suspects", ClueParty.objects.select_related("party")))
        .order_by("opened", "pk")
    )


def _of_clue(clue: Clue) -> Candidate:
    suspects = party_words(link.party for link in clue.suspects.all()) or UNKNOWN_PARTY
    return Candidate("clue", clue, suspects, clue.place, clue.mineral, clue.opened)


def _matters(campaign: Campaign, agency: Agency) -> QuerySet[PoliceMatter]:
    return (
        PoliceMatter.objects.filter(
            referral=None,
            agency__kind=AgencyKind.POLICE,
            agency__region_id=agency.region_id,
            agency__memberships__campaign=campaign,
        )
        .annotate(opened=F("taken_up_on"))
        .select_related("agency")
        .order_by("opened", "pk")
    )


def _of_matter(matter: PoliceMatter) -> Candidate:
    return Candidate("matter", matter, matter.title, matter.place, "", matter.opened)


def _suggest(several: list[Candidate], rows: LedgerRows) -> None:
    """The row to join (same parties, same place), unless it was shut down before: 死灰复燃 makes
    a new one; and rows that are near enough for a person to look."""
    shelf = Shelf(rows.words("party", "place"))
    found = {each.key: shelf.near(each.party, each.place) for each in several}
    same = {each.key: shelf.same(each.party, each.place) for each in several}
    ids = {pk for near in found.values() for pk in near} | {pk for pk in same.values() if pk}
    entries = LedgerEntry.objects.in_bulk(ids)
    joint = {head.key for head in rows.heads if head.entry_id in set(same.values())}
    shut = {row.entry_id: row for row in rows.of(joint, behind=True)}
    for each in several:
        own = same[each.key]
        if own and not _shut_before(shut[own], each.opened_on):
            each.joint = entries[own]
        each.near = [entries[pk] for pk in found[each.key] if pk != own]


def _shut_before(row: Row, day: date) -> bool:
    cell = row.cells.get(SHUTDOWN.key)
    return bool(cell) and cell.value is True and any(fact.happened_on < day for fact in cell.evidence)
