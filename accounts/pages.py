"""The clocks of things, in the shape of templates/parts/clocks.html."""

from django.db.models import Q

from accounts.models import Clock


def clock_rows(*things) -> list[dict]:
    """Rows of 时限 of one or several things, in one query: the open ones first, by due time."""
    fits = Q(pk__in=[])
    for thing in things:
        fits |= Q(subject_kind=thing._meta.label_lower, subject_id=thing.pk)
    rows = sorted(Clock.objects.filter(fits), key=lambda clock: (clock.met_at is not None, clock.due_at))
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
