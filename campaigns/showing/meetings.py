"""What a meeting agreed on, as people see it: what it is about, and the way to say it is done."""

from django.urls import reverse

from accounts.policy import may_open
from campaigns.acts import ITEM_ACTS
from campaigns.models import MeetingItem
from campaigns.services.meeting_items import linked
from cases.models import Case

ITEM_HEADS = ["有关线索、案件", "办理"]


def item_cells(user, item: MeetingItem) -> list[dict]:
    """The cells of one item beside its own fields."""
    about, hidden = linked(user, item)
    links = [{"label": str(thing), "url": _page_of(user, thing)} for thing in about]
    text = f"另有{hidden}件您无权查看" if hidden else "" if links else "无"
    settle = settle_url(user, item)
    return [
        {"label": ITEM_HEADS[0], "links": links, "text": text},
        {"label": ITEM_HEADS[1], "links": [], "text": "" if settle else state_words(item), "act_url": settle},
    ]


def settle_url(user, item: MeetingItem) -> str:
    """The form that says it is done, for who may."""
    may = ITEM_ACTS.openness("settle_item", user, item).ok
    return reverse("campaigns:settle_item", args=[item.row.public_id, item.position]) if may else ""


def state_words(item: MeetingItem) -> str:
    """未办结, 已办结."""
    return ITEM_ACTS.states[item.state]


def _page_of(user, thing) -> str:
    name = "cases:detail" if isinstance(thing, Case) else "clues:detail"
    return thing.get_absolute_url() if may_open(user, name) else ""
