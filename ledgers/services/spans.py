"""On which days a row is drawn as it is today: since its latest fact, until the first one that is dated
later than today."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q

from campaigns.models import Campaign
from cases.models import Detention, PoliceSubject
from ledgers.models import EntryLink, LedgerEntry

# Every day that a row is drawn by, from its link on.
DAYS = (
    "case__land_findings__happened_on",
    "case__mineral_findings__happened_on",
    "case__decisions__decided_on",
    "case__decisions__revoked_on",
    "case__completion_checks__happened_on",
    "case__imported_values__as_of",
    "case__referrals__sent_on",
    "case__referrals__answered_on",
    "case__referrals__outcome_on",
    "case__referrals__matter__detentions__happened_on",
    "matter__detentions__happened_on",
)
Span = tuple[date, date | None]


def spans_of(campaign: Campaign, ids: list[int], today: date) -> dict[int, Span]:
    """{entry: (first day, first day on which it is another row or None)}."""
    days = defaultdict(set)
    for pk, day in LedgerEntry.objects.filter(pk__in=ids).values_list("pk", "opened_on"):
        days[pk].add(day)
    links = EntryLink.objects.filter(entry__in=ids).order_by()
    parts = [links.filter(**{f"{path}__isnull": False}).values_list("entry_id", path) for path in DAYS]
    for pk, day in [*parts[0].union(*parts[1:]), *_of_persons(ids)]:
        days[pk].add(day)
    return {pk: _span(several, today) for pk, several in days.items()}


def _span(days: set[date], today: date) -> Span:
    return max(day for day in days if day <= today), min((day for day in days if day > today), default=None)


def _of_persons(ids: Iterable[int]) -> Iterator[tuple[int, date]]:
    """The days on which persons of these entries were detained anywhere: who counts in which row
    follows from the first of them (rule 7)."""
    behind = Q(matter__entry_links__entry__in=ids) | Q(matter__referral__case__entry_links__entry__in=ids)
    own = defaultdict(set)
    held = PoliceSubject.objects.filter(behind).order_by()
    for path in ("matter__entry_links__entry", "matter__referral__case__entry_links__entry"):
        for person, pk in held.filter(**{f"{path}__in": ids}).values_list("person_index", path):
            own[person].add(pk)
    if not own:
        return
    days = Detention.objects.filter(subject__person_index__in=list(own)).order_by()
    for person, day in days.values_list("subject__person_index", "happened_on"):
        yield from ((pk, day) for pk in own[person])
