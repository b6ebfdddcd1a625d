"""Clues that may be about the same thing: same party, near point, like words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from math import cos, radians

from django.db.models import F, FloatField, Q, QuerySet
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Cast

from accounts.models import Region, User, local_today
from clues.models import Clue, ClueState
from common.words import fold
from registry.services.parties import UNKNOWN_NAME

NEAR_METRES = 500
METRES_PER_DEGREE = 111_320
RECENT = timedelta(days=365)
READ_AT_MOST = 400
SHOWN = 5
PLACE_LIKENESS, SUMMARY_LIKENESS = 0.75, 0.5
SHORTEST_PLACE, SHORTEST_SUMMARY = 5, 12
PIECE = 3


@dataclass
class Likeness:
    """One clue that is like the asked one, and why in words."""

    clue: Clue
    reasons: list[str] = field(default_factory=list)
    weight: float = 0

    @property
    def who(self) -> str:
        """Who brought the other clue in."""
        return reporter_of(self.clue)


@dataclass(frozen=True)
class Traits:
    """By what one clue is likened to others; what isn't there isn't compared.

    `identity_indexes` are blind indexes (registry.services.sealing.read_identity), the position is in
    degrees.
    """

    names: Sequence[str] = ()
    identity_indexes: Sequence[str] = ()
    longitude: Decimal | str | None = None
    latitude: Decimal | str | None = None
    place: str = ""
    summary: str = ""
    county: Region | None = None


def traits_of(clue: Clue) -> Traits:
    """Those of a clue that is registered already; one query."""
    parties = [link.party for link in clue.suspects.select_related("party")]
    return Traits(
        names=[party.name for party in parties],
        identity_indexes=[party.identity_index for party in parties],
        longitude=clue.longitude,
        latitude=clue.latitude,
        place=clue.place,
        summary=clue.summary,
        county=clue.county,
    )


def reporter_of(clue: Clue) -> str:
    """The office a report came in from or was taken in at, and who of it typed it."""
    return f"{clue.origin_agency or clue.agency} {clue.registered_by.name}"


REPORTER = ("origin_agency", "agency", "registered_by")
Likenesses = dict[int, Likeness]


def find_similar(
    user: User, traits: Traits, *, exclude: Clue | None = None, today: date | None = None
) -> list[Likeness]:
    """The likest clues among those `user` sees, likest first; a constant number of queries."""
    rows = Clue.objects.visible_to(user).exclude(state=ClueState.MERGED).select_related(*REPORTER)
    if exclude is not None:
        rows = rows.exclude(pk=exclude.pk)
    likenesses: Likenesses = {}
    _same_party(likenesses, rows, traits)
    if traits.longitude is not None and traits.latitude is not None:
        _near(likenesses, rows, Decimal(traits.longitude), Decimal(traits.latitude))
    _like_words(likenesses, rows, traits, today or local_today())
    likest = sorted(likenesses.values(), key=lambda like: (-like.weight, -like.clue.pk))
    return likest[:SHOWN]


def _note(likenesses: Likenesses, clue: Clue, reason: str, weight: float) -> None:
    like = likenesses.setdefault(clue.pk, Likeness(clue))
    like.reasons.append(reason)
    like.weight += weight


def _same_party(likenesses: Likenesses, rows: QuerySet[Clue], traits: Traits) -> None:
    folds = {fold(name) for name in traits.names} - {"", fold(UNKNOWN_NAME)}
    indexes = {index for index in traits.identity_indexes if index}
    if not folds and not indexes:
        return
    fits = Q(suspects__party__name_fold__in=folds) | Q(suspects__party__identity_index__in=indexes)
    for clue in rows.filter(fits).distinct()[:READ_AT_MOST]:
        _note(likenesses, clue, "当事人相同", 3)


def _near(likenesses: Likenesses, rows: QuerySet[Clue], longitude: Decimal, latitude: Decimal) -> None:
    """A box first, which the index clue_place answers, then the circle; the nearest first, so that
    where many lie close together none nearer is left out."""
    high = Decimal(NEAR_METRES) / METRES_PER_DEGREE
    wide = high / Decimal(cos(radians(float(latitude))))
    box = rows.filter(
        longitude__range=(longitude - wide, longitude + wide),
        latitude__range=(latitude - high, latitude + high),
    )
    for clue in box.order_by(_nearness(longitude, latitude))[:READ_AT_MOST]:
        metres = metres_between(longitude, latitude, clue.longitude, clue.latitude)
        if metres <= NEAR_METRES:
            _note(likenesses, clue, f"相距{metres:.0f}米", 2 + (NEAR_METRES - metres) / NEAR_METRES)


def _nearness(longitude: Decimal, latitude: Decimal) -> CombinedExpression:
    """The square of the distance, in degrees of latitude: only to sort by."""
    narrow = cos(radians(float(latitude)))
    north = Cast(F("latitude"), FloatField()) - float(latitude)
    east = (Cast(F("longitude"), FloatField()) - float(longitude)) * narrow
    return north * north + east * east


def metres_between(lon1: Decimal, lat1: Decimal, lon2: Decimal, lat2: Decimal) -> float:
    """Flat distance in metres; exact to a metre within a kilometre."""
    north = float(lat1 - lat2) * METRES_PER_DEGREE
    east = float(lon1 - lon2) * METRES_PER_DEGREE * cos(radians(float(lat1)))
    return (north**2 + east**2) ** 0.5


def _like_words(likenesses: Likenesses, rows: QuerySet[Clue], traits: Traits, today: date) -> None:
    """Recent clues of the same county compared word by word, no more than READ_AT_MOST."""
    place, summary = fold(traits.place), fold(traits.summary)
    if len(place) < SHORTEST_PLACE and len(summary) < SHORTEST_SUMMARY:
        return
    recent = rows.filter(received_on__gte=today - RECENT)
    if traits.county is not None:
        recent = recent.filter(county=traits.county)
    # Their words alone: a county has hundreds of recent clues, of which none or a few are alike.
    words = recent.order_by("-received_on", "-pk").values_list("pk", "place", "summary")
    alike = {pk: found for pk, *other in words[:READ_AT_MOST] if (found := _alike(place, summary, *other))}
    clues = {pk: like.clue for pk, like in likenesses.items()}
    if unread := alike.keys() - clues:
        clues |= rows.in_bulk(unread)
    for pk, found in alike.items():
        for reason, weight in found:
            _note(likenesses, clues[pk], reason, weight)


def _alike(place: str, summary: str, other_place: str, other_summary: str) -> list[tuple[str, float]]:
    """Why the words of a clue are like folded ones, and what each reason weighs."""
    found = []
    if len(place) >= SHORTEST_PLACE:
        alike = likeness(place, fold(other_place))
        if alike >= PLACE_LIKENESS:
            found.append(("位置相近", 1 + alike))
    if len(summary) >= SHORTEST_SUMMARY:
        alike = likeness(summary, fold(other_summary))
        if alike >= SUMMARY_LIKENESS:
            found.append(("内容相近", 1 + alike))
    return found


def likeness(text: str, other: str) -> float:
    """How much of the shorter folded text's pieces of three stand in the other, 0 to 1."""
    mine, theirs = pieces(text), pieces(other)
    if not mine or not theirs:
        return 0.0
    return len(mine & theirs) / min(len(mine), len(theirs))


def pieces(text: str) -> set[str]:
    """All runs of three characters; a shorter text is one piece."""
    return {text[start : start + PIECE] for start in range(max(len(text) - PIECE + 1, 1))} - {""}
