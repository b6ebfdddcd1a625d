"""排查: a place found with trouble becomes a clue, once."""

from django.db import transaction

from accounts.models import Region, RegionLevel, User, local_today
from accounts.services import deeds, trail
from campaigns.acts import BOOK_ACTS
from campaigns.models import ScreeningTarget
from clues.models import Clue
from clues.services.intake import register_clue
from clues.services.reports import Report

PATROL = "patrol"


@transaction.atomic
def register_found(*, by: User, row: ScreeningTarget, version: int | str | None = None) -> Clue:
    """Register the clue that a place with trouble is; a second time leads to the same clue.

    Place, day and words are the row's; a township's clue goes to its county bureau. `version` is
    taken and left aside: whoever presses the button means what the row says now.
    """
    row = deeds.lock(row)
    posting = BOOK_ACTS.require("register_found", by, row)
    if row.clue is not None:
        return row.clue
    clue = register_clue(by=by, report=_report(row), posting=posting)
    deeds.save(row, clue=clue)
    trail.record(
        by=by,
        posting=posting,
        act=BOOK_ACTS.get("register_found"),
        thing=row,
        changes={"线索": ("", clue.number)},
        happened_on=row.done_on,
    )
    return clue


def _report(row: ScreeningTarget) -> Report:
    township = _township(row)
    found = (
        f"{row.campaign.name}排查发现（{row.done_on}，{row.get_kind_display()}“{row.name}”）：{row.result}"
    )
    return Report(
        source=PATROL,
        received_on=local_today(),
        summary=found,
        place=row.name if township else f"{row.township}{row.name}",
        township=township,
    )


def _township(row: ScreeningTarget) -> Region | None:
    """The township of the row, where the divisions know its name."""
    region = row.agency.region
    if region.level == RegionLevel.TOWNSHIP:
        return region
    named = Region.objects.filter(level=RegionLevel.TOWNSHIP, parent=region, name=row.township)
    return named.first()
