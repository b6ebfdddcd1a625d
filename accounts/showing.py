"""Turning trail entries into what parts of a page take (办理记录); 下一步 comes from next_acts.py."""

import re
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from accounts import roles
from accounts.kept import Kept
from accounts.models import TrailEntry
from accounts.next_acts import lead as lead
from accounts.next_acts import next_acts as next_acts
from common.quantities import show_area

LATE = timedelta(days=3)
# Moments and figures as the trail keeps them (services/trail_hashing.py), and labels that name a measure.
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
FIGURE = re.compile(r"\d+(\.\d+)?")
MEASURED = re.compile(r"金额|价值|违法所得|[（(](元|吨|亩|平方米|立方米)[）)]")


def certificate_rows(person, flags=()) -> list[dict]:
    """Rows of parts/summary.html: a person's 执法证, and those held before."""
    former = [{"label": "以前的执法证", "value": str(each)} for each in person.former_certificates.all()]
    return [
        {"label": "执法证号", "value": person.certificate_no},
        {"label": "执法证有效期自", "value": person.certificate_since},
        {"label": "执法证有效期至", "value": person.certificate_until, "flags": list(flags)},
        *former,
    ]


def trail_of(*things, limit: int = 100) -> list[dict]:
    """Rows for parts/timeline.html: what was done to these things, newest first."""
    entries = TrailEntry.objects.none()
    for thing in things:
        entries |= TrailEntry.objects.filter(subject_kind=thing._meta.label_lower, subject_id=thing.pk)
    return lines(entries.select_related("actor", "agency").order_by("-at", "-pk")[:limit])


def record_rows(kept: Kept, chosen: str = "") -> dict:
    """办理记录 of a page: its newest entries, and the way to those before them; `chosen` is the filter's part
    of the address."""

    def leading(*parts: str) -> str:
        return f"?{'&'.join(filter(None, parts))}#trail"

    return {
        "trail": lines(kept.trail),
        "more_url": leading(chosen, kept.earlier) if kept.earlier else "",
        "newest_url": leading(chosen) if kept.older else "",
    }


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
                {"label": label, "old": in_words(old, label), "new": in_words(new, label)}
                for label, (old, new) in pairs(entry.changes).items()
            ],
        }
        for entry in entries
    ]


def in_words(value, label=""):
    """A recorded value as the screen says it: 是, 否, a list with 、 between, 2026-11-30 08:35, and 84,000
    where its `label` names a measure."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(str(in_words(item, label)) for item in value)
    if not isinstance(value, str):
        return value
    if MOMENT.fullmatch(value):
        return f"{value[:10]} {value[11:16]}"
    return show_area(Decimal(value)) if MEASURED.search(label) and FIGURE.fullmatch(value) else value


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
