"""下一步: which of the acts open to a person stands first, which beside it, which under 更多.

One act is strong: the first of those that the state names which is open and has something to do; where
it lacks something, the act that brings what is lacking. What a leader signed on paper is typed by a
lesser button of its own. What has nothing to do now, takes back, or is not open, is folded away; where
nothing else is left, only what can be done is shown.
"""

from collections.abc import Callable, Iterable, Mapping

from django.db.models import Model
from django.urls import NoReverseMatch

from accounts.acts import Act, ActTable, Openness
from accounts.models import User

LEAD, NOW, PAPER, MORE = "lead", "now", "paper", "more"
PLACES = (LEAD, NOW, PAPER, MORE)


def next_acts(
    table: ActTable,
    user: User,
    thing: Model,
    address: Callable[[Act], str],
    grave: frozenset[str] = frozenset(),
    *,
    first: Iterable[str] | None = None,
    idle: Mapping[str, Callable] | None = None,
) -> list[dict]:
    """Rows for parts/next_acts.html: the acts of this state that the person's posts may do.

    `address(act)` gives the act's page; an act without an address isn't shown. `grave` names acts beside
    those whose own row says so. `first` are the acts that
    move the thing on, in order; with none named (None) every open act stands beside the others, the first
    strong. `idle` says for an act why it has nothing to do on the thing now ("" where it has).
    """
    openness = table.open_to(user, thing)
    rows = [row for each in openness if (row := _row(each, thing, address, idle or {}))]
    # Another answer stands on the page of the approval, where that is open.
    open_now = {row["name"] for row in rows if row["open"]}
    rows = [row for row in rows if row["instead_of"] not in open_now]
    for row in rows:
        row["grave"] = row["grave"] or row["name"] in grave
    if first is None:
        return _plainly(rows)
    return _led(rows, list(first), {row["name"]: row for row in rows})


def lead(
    table: ActTable,
    user: User,
    thing: Model,
    address: Callable[[Act], str],
    *,
    first: Iterable[str],
    idle: Mapping[str, Callable],
) -> dict | None:
    """The strong row of `next_acts` alone: no other act is asked about, which suits many things of a list."""

    def row_of(name: str) -> dict | None:
        openness = table.openness(name, user, thing)
        return _row(openness, thing, address, idle) if openness.posting else None

    return _lead(first, row_of)


def _row(openness: Openness, thing: Model, address: Callable, idle: Mapping) -> dict | None:
    act = openness.act
    try:
        url = address(act)
    except NoReverseMatch:
        url = ""
    if not url:
        return None
    page = thing.get_absolute_url()
    reason = idle[act.name](thing) if act.name in idle else ""
    return {
        "name": act.name,
        "label": act.label,
        "url": url,
        "open": openness.ok,
        "article": act.article,
        "missing": [(label, f"{page}#{anchor}") for label, anchor in openness.missing],
        "why": reason or ("" if openness.missing else openness.sentence),
        "grave": act.grave,
        "idle": bool(reason),
        "typed": openness.is_typed,
        "at": act.at,
        "instead_of": act.instead_of,
        "lacks": [need for need in act.needs if not need.met(thing)] if openness.missing else [],
        "place": NOW,
    }


def _plainly(rows: list[dict]) -> list[dict]:
    """Open ones beside each other, the first strong; what isn't open after them, with what it lacks."""
    strong = next((row for row in rows if row["open"] and not row["grave"]), None)
    if strong and strong is rows[0]:
        strong["place"] = LEAD
    return rows


def _led(rows: list[dict], first: list[str], by_name: dict[str, dict]) -> list[dict]:
    """One strong act, what else moves the thing on beside it, the rest folded."""
    for row in rows:
        row["place"] = _place(row, first)
    strong = _lead(first, by_name.get)
    if strong:
        strong["place"] = LEAD
    shown = [row for row in rows if _is_shown(row)]
    if all(row["place"] == MORE for row in shown):
        shown = [row for row in shown if row["open"] and not row["idle"]]
    order = {name: at for at, name in enumerate(first)}
    return sorted(
        shown,
        key=lambda row: (PLACES.index(row["place"]), not row["open"], order.get(row["name"], len(first))),
    )


def _place(row: dict, first: list[str]) -> str:
    if row["idle"] or not (row["open"] or row["missing"]):
        return MORE
    if row["typed"]:
        return PAPER
    return NOW if row["name"] in first and not row["grave"] else MORE


def _is_shown(row: dict) -> bool:
    """What stands at a section of the page stands here too while it is what moves the thing on."""
    return not row["at"] or row["place"] == LEAD or (row["place"] == NOW and row["open"])


def _lead(first: Iterable[str], row_of: Callable[[str], dict | None]) -> dict | None:
    """The act that moves the thing on: open itself, or one that brings what it lacks."""
    for name in first:
        row = row_of(name)
        if row is None or row["idle"] or row["typed"]:
            continue
        if row["open"]:
            return row
        for need in row["lacks"]:
            bringing = (row_of(each) for each in need.by)
            if found := next((each for each in bringing if each and each["open"] and not each["idle"]), None):
                return found
    return None
