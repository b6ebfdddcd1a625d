"""What moves a clue on in an app above: its act stands in 下一步 of the clue's page.

    onward.register("propose_filing", filing_of)

stands in the upper app's receivers.py.
"""

from collections.abc import Callable

from accounts.models import User
from accounts.next_acts import LEAD, NOW, PLACES
from clues.models import Clue

REGISTRY: dict[str, Callable[[User, Clue], dict | None]] = {}


def register(name: str, find: Callable[[User, Clue], dict | None]) -> None:
    """`find(user, clue)` gives {"label", "url", "article", "leads"} of an act that is open to the person
    now, or None; `leads` is whether it comes before the clue's own. A second time changes nothing."""
    REGISTRY[name] = find


def rows(user: User, clue: Clue) -> list[dict]:
    """The acts of the apps above that are open to this person, as rows of parts/next_acts.html."""
    found = [(name, find(user, clue)) for name, find in REGISTRY.items()]
    rows = [{"name": name, "open": True, **row} for name, row in found if row]
    return [{**row, "place": LEAD if row["leads"] else NOW} for row in rows]


def joined(above: list[dict], own: list[dict]) -> list[dict]:
    """下一步 of both: where an act above leads, the clue's own first act stands beside it."""
    if any(row["leads"] for row in above):
        own = [{**row, "place": NOW if row["place"] == LEAD else row["place"]} for row in own]
    return sorted([*own, *above], key=lambda row: PLACES.index(row["place"]))
