"""What a meeting agreed on: which clues and cases it is about, and that it was done."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from accounts.models import User
from accounts.services import deeds, trail
from campaigns.acts import ITEM_ACTS
from campaigns.models import MeetingItem
from cases.models import Case
from clues.models import Clue
from common.document_numbers import normalise_number
from common.errors import Refused

KINDS = {"clues": Clue, "cases": Case}


def find(user: User, number: str) -> Clue | Case | None:
    """The clue or case with this number, if this person sees it."""
    typed = normalise_number(number)
    rows = (model.objects.visible_to(user).filter(number=typed).order_by("pk") for model in KINDS.values())
    return next((found for each in rows if (found := each.first())), None) if typed else None


def link(by: User, item: MeetingItem, things: Iterable[Clue | Case]) -> None:
    """Make an item about exactly `things`; what `by` may not see stays. Part of the deed that writes it."""
    things = list(things)
    for name, model in KINDS.items():
        wanted = {thing.pk for thing in things if isinstance(thing, model)}
        seen = set(model.objects.visible_to(by).filter(pk__in=wanted).values_list("pk", flat=True))
        if wanted - seen:
            raise Refused("有的线索或者案件您看不到，不能关联。请核对线索号、案号。")
        linked = getattr(item, name)
        kept = linked.exclude(pk__in=linked.all() & model.objects.visible_to(by))
        linked.set([*kept, *model.objects.filter(pk__in=seen)])


def linked(user: User, item: MeetingItem) -> tuple[list[Clue | Case], int]:
    """What an item is about as this person sees it, and how many more they may not see."""
    seen, hidden = [], 0
    for name, model in KINDS.items():
        keys = {thing.pk for thing in getattr(item, name).all()}
        rows = list(model.objects.visible_to(user).filter(pk__in=keys).order_by("pk")) if keys else []
        seen += rows
        hidden += len(keys) - len(rows)
    return seen, hidden


@transaction.atomic
def settle_item(
    *, by: User, item: MeetingItem, done_on: date, result: str, version: int | None = None
) -> MeetingItem:
    """It was done, and how; nobody is reminded any more."""
    row = deeds.lock(item.row, version)
    item = MeetingItem.objects.select_related("row__agency").select_for_update(of=("self",)).get(pk=item.pk)
    posting = ITEM_ACTS.require("settle_item", by, item)
    if not result.strip():
        raise Refused("请写明落实情况。")
    if done_on < row.held_on:
        raise Refused("办结日期不能早于会议召开日期，请核对。")
    was = item.state
    item.done_on, item.result = done_on, result.strip()
    ITEM_ACTS.get("settle_item").check_landing(was, item.state)
    item.save()
    deeds.save(row)
    trail.record(
        by=by,
        posting=posting,
        act=ITEM_ACTS.get("settle_item"),
        thing=row,
        reason=item.result,
        changes={"办结的事项": ("", item.title), "办结日期": ("", done_on)},
        happened_on=done_on,
    )
    item.row = row
    return item
