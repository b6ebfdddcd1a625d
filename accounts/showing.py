"""Turning acts and trail entries into what the parts of a page take (下一步, 办理记录)."""

from collections.abc import Callable
from datetime import timedelta

from django.urls import NoReverseMatch
from django.utils import timezone

from accounts import roles
from accounts.models import TrailEntry

LATE = timedelta(days=3)


def next_acts(table, user, thing, address: Callable, grave: frozenset = frozenset()) -> list[dict]:
    """Rows for parts/next_acts.html: the acts of this state that the person's posts may do.

    `address(act)` gives the act's page; an act without an address isn't shown. `grave` names acts
    beside those whose own row says so.
    """
    page = thing.get_absolute_url()
    rows = []
    for row in table.open_to(user, thing):
        try:
            url = address(row.act)
        except NoReverseMatch:
            url = ""
        if not url:
            continue
        rows.append(
            {
                "label": row.act.label,
                "url": url,
                "open": row.ok,
                "article": row.act.article,
                "missing": [(label, f"{page}#{anchor}") for label, anchor in row.missing],
                "why": "" if row.missing else row.sentence,
                "grave": row.act.grave or row.act.name in grave,
            }
        )
    return rows


def trail_of(*things, limit: int = 100) -> list[dict]:
    """Rows for parts/timeline.html: what was done to these things, newest first."""
    entries = TrailEntry.objects.none()
    for thing in things:
        entries |= TrailEntry.objects.filter(subject_kind=thing._meta.label_lower, subject_id=thing.pk)
    return lines(entries.select_related("actor", "agency").order_by("-at", "-pk")[:limit])


def lines(entries) -> list[dict]:
    """Trail entries as parts/timeline.html takes them."""
    return [
        {
            "at": entry.at,
            "person": entry.actor.name,
            "post": roles.ROLES[entry.role].label if entry.role in roles.ROLES else "",
            "agency": entry.agency,
            "act": entry.label,
            "note": entry.reason,
            "late": _is_late(entry),
            "changes": [
                {"label": label, "old": in_words(old), "new": in_words(new)}
                for label, (old, new) in pairs(entry.changes).items()
            ],
        }
        for entry in entries
    ]


def in_words(value):
    """A recorded value as the screen says it: 是, 否, a list with 、 between."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(str(in_words(item)) for item in value)
    return value


def _is_late(entry) -> bool:
    """Typed more than three days after it happened: 补录."""
    if entry.happened_on is None:
        return False
    return timezone.localtime(entry.at).date() - entry.happened_on > LATE


def pairs(changes: dict) -> dict:
    """{label: (old, new)} of an entry; a value written alone is new."""
    return {
        label: tuple(value) if isinstance(value, list) and len(value) == 2 else ("", value)
        for label, value in changes.items()
    }
