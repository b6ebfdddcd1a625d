"""The clocks of a thing, in the shape of templates/parts/clocks.html."""

from accounts.services import clocks


def clock_rows(thing) -> list[dict]:
    """Rows of 时限: the open ones by due time, then those met."""
    rows = sorted(clocks.of(thing), key=lambda clock: (clock.met_at is not None, clock.due_at))
    return [
        {
            "label": clock.label,
            "due": clock.due_at,
            "state": "met" if clock.met_at else "suspended" if clock.suspended_on else "open",
            "met_on": clock.met_at,
            "article": clock.article,
            "why": [sentence + "。" for sentence in clock.explanation.split("。") if sentence],
        }
        for clock in rows
    ]
