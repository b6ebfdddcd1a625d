"""Which part of a campaign's ledger a person looks at: county, day, page."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from accounts.models import Agency
from accounts.roles import POLICE
from campaigns.models import Campaign
from ledgers.filters import LedgerQuery
from ledgers.layouts import Layout
from ledgers.models import CountyLedger, LedgerEntry
from ledgers.services.kept import LedgerRows
from ledgers.services.ledger_forms import form_of
from ledgers.services.proxy_words import live_proxy_words
from ledgers.services.refreshing import Part


@dataclass
class Scope:
    """What the address of a live ledger asks for, cut to what the person may see."""

    user: object
    campaign: Campaign
    ledgers: list[CountyLedger]
    ledger: CountyLedger | None = None
    as_of: date | None = None
    page: int = 1
    whole: bool = False
    region: str = ""
    faults: list[str] = field(default_factory=list)

    @cached_property
    def form(self) -> Layout:
        """The campaign's form."""
        return form_of(self.campaign)

    @property
    def several(self) -> bool:
        """Whether rows of several counties are shown."""
        return self.ledger is None and len(self.ledgers) > 1

    def entries(self):
        """The entries within it."""
        rows = LedgerEntry.objects.visible_to(self.user)
        return rows.filter(agency_id=self.ledger.agency_id) if self.ledger else rows

    def seat(self) -> CountyLedger | None:
        """The ledger of one of the person's own offices, such as the prefecture's."""
        offices = [post.agency_id for post in self.user.current_postings]
        rows = CountyLedger.objects.visible_to(self.user).filter(campaign=self.campaign)
        return rows.filter(agency_id__in=offices).select_related("agency", "campaign").first()

    def counted(self, rows) -> list[tuple[CountyLedger, int]]:
        """How many of `rows` are of each county shown, those with none left out."""
        counts = rows.counts if rows else {}
        return [(ledger, counts[ledger.agency_id]) for ledger in self.ledgers if ledger.agency_id in counts]

    def part(self) -> Part:
        """Whose entries they are. Who sees one entry of an office in a campaign sees them all."""
        rows = self.entries().filter(campaign=self.campaign, agency=OuterRef("pk")).order_by()
        offices = Agency.objects.filter(Exists(rows)).order_by()
        return Part(self.campaign, frozenset(offices.values_list("pk", flat=True)))

    def rows(self, at_most=None) -> LedgerRows:
        """The rows as of its day; with `at_most`, no more stale ones than these are drawn anew first."""
        return LedgerRows(self.part(), self.as_of, form=self.form, at_most=at_most)

    def proxy_words(self) -> str:
        """Which of the counties shown are entered by the office above; "" of a day that is past."""
        shown = [self.ledger] if self.ledger else self.ledgers
        return "" if self.as_of else live_proxy_words(self.campaign, [each.agency for each in shown])


def readable_ledgers(user, campaign) -> list[CountyLedger]:
    """County ledgers of the campaign within reach, and for public security that of its county."""
    rows = CountyLedger.objects.filter(campaign=campaign).counties()
    regions = [post.agency.region_id for post in user.current_postings if post.role == POLICE]
    if regions:
        mine = campaign.members.filter(agency_id__in=user.granted_agency_ids())
        regions = mine.values("agency__region_id")
    visible = CountyLedger.objects.visible_to(user).values("pk")
    rows = rows.filter(Q(pk__in=visible) | Q(agency__region_id__in=regions))
    return list(rows.select_related("agency__region", "campaign").order_by("agency__region_id"))


def scope_of(request, campaign) -> Scope:
    """Read the address; 404 for a county that isn't the person's, a sentence for a bad day."""
    query = LedgerQuery(request.GET)
    query.is_valid()
    asked = query.cleaned_data
    scope = Scope(request.user, campaign, readable_ledgers(request.user, campaign))
    if asked.get("county"):
        chosen = [ledger for ledger in scope.ledgers if ledger.agency.code == asked["county"]]
        if not chosen:
            raise Http404
        scope.ledger = chosen[0]
    elif len(scope.ledgers) == 1:
        scope.ledger = scope.ledgers[0]
    scope.as_of, scope.page = asked.get("as_of"), asked.get("page") or 1
    scope.whole, scope.region = bool(asked.get("all")), asked.get("region") or ""
    scope.faults = [str(fault) for fault in query.errors.get("as_of", [])]
    return scope
