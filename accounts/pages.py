"""The clocks of things, in the shape of templates/parts/clocks.html."""

from collections.abc import Iterable

from accounts.models import Clock
from accounts.services.paper_reading import about


def clock_rows(*things) -> list[dict]:
    """Rows of 时限 of one or several things, in one query."""
    return rows_of(Clock.objects.filter(about(things)))


def rows_of(clocks: Iterable[Clock]) -> list[dict]:
    """The open ones first, by due time."""
    rows = sorted(clocks, key=lambda clock: (clock.met_at is not None, clock.due_at))
    return [
        {
            "label": f"{clock.label}：{clock.whose}" if clock.whose else clock.label,
            "due": clock.due_at,
            "state": "met" if clock.met_at else "suspended" if clock.suspended_on else "open",
            "met_on": clock.met_at,
            "article": clock.article,
            "since": clock.counted_from,
            "why": [sentence + "。" for sentence in clock.explanation.split("。") if sentence],
        }
        for clock in rows
    ]
