"""The lists whose filters can be kept: registered by the apps that have them.

    register(SavedList("clues", "线索", "clues:list", clue_page))

stands in an app's receivers.py. `page(request)` builds the list as the person of the request sees it: so
what a kept filter finds, on the page and in the daily message, is always read with that person's rights.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from common.lists.page import ListPage


@dataclass(frozen=True)
class SavedList:
    """A list: its own name (of its Listing), its word on screen, its address, how to build it."""

    name: str
    label: str
    url_name: str
    page: Callable[[HttpRequest], ListPage]


LISTS: dict[str, SavedList] = {}


def register(*lists: SavedList) -> None:
    """Let filters of these lists be kept; a second time changes nothing."""
    for each in lists:
        LISTS[each.name] = each
