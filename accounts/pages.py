"""What the page of any thing shows beside its own sections: next acts, clocks, the record.

Reads only; the shapes are those of templates/parts (next_acts, clocks, timeline).
"""

from django.urls import reverse
from django.utils import timezone

from accounts import roles
from accounts.acts import ActTable
from accounts.models import TrailEntry
from accounts.services import clocks, trail

SHOWN = 200


def next_acts(table: ActTable, user, thing, addresses: dict, *, leave_out=(), grave=()) -> list:
    """Rows of 下一步: open acts as addresses, closed ones with what they lack.

    `addresses` maps an act's name to a URL name taking the thing's public id; an act without an
    address is not shown.
    """
    rows = []
    for one in table.open_to(user, thing):
        act = one.act
        if act.name in leave_out or act.name not in addresses:
            continue
        rows.append(
            {
                "name": act.name,
                "label": act.label,
                "url": reverse(addresses[act.name], args=[thing.public_id]),
                "open": one.ok,
                "article": act.article,
                "missing": [
                    (label, f"{thing.get_absolute_url()}#{anchor}") for label, anchor in one.missing
                ],
                "why": "" if one.missing else one.sentence,
                "grave": act.name in grave,
            }
        )
    return rows


def clock_rows(thing) -> list:
    """Rows of 时限: the open ones by due time, then those met."""
    rows = sorted(clocks.of(thing), key=lambda clock: (clock.met_at is not None, clock.due_at))
    return [
        {
            "label": clock.label,
            "due": clock.due_at,
            "state": "met" if clock.met_at else "suspended" if clock.suspended_on else "open",
            "met_on": clock.met_at,
            "article": clock.article,
            "why": [one + "。" for one in clock.explanation.split("。") if one],
        }
        for clock in rows
    ]


def timeline(thing, *, limit: int = SHOWN) -> list:
    """Rows of 全过程记录 of a thing's whole chain, newest first."""
    entries = (
        TrailEntry.objects.filter(chain=trail.chain_of(thing))
        .select_related("actor", "agency")
        .order_by("-seq")[:limit]
    )
    return [entry_row(entry) for entry in entries]


def entry_row(entry) -> dict:
    """One entry as the timeline shows it."""
    post = roles.ROLES.get(entry.role)
    happened = entry.happened_on
    return {
        "at": entry.at,
        "person": entry.actor.name,
        "post": post.label if post else "",
        "agency": entry.agency.name if entry.agency else "",
        "act": entry.label,
        "note": entry.reason,
        "late": bool(happened and (timezone.localdate(entry.at) - happened).days > 1),
        "changes": [
            {"label": label, "old": _words(pair[0]), "new": _words(pair[1])}
            for label, pair in entry.changes.items()
        ],
    }


def _words(value):
    """A recorded value as the screen says it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(str(_words(one)) for one in value)
    return value
