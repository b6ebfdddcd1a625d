"""重点区域 and 重点人员 counted by the notice's three kinds."""

from django.db.models import Count, Q

from accounts.models import local_today
from campaigns.models import Focus, KeyArea, KeyPerson

WATCHED = (KeyArea, KeyPerson)


def counts(rows) -> dict:
    """How many stand on a list today, by kind; one query."""
    now = Q(until=None) | Q(until__gte=local_today())
    return dict(rows.order_by().filter(now).values_list("kind").annotate(count=Count("pk")))


def lines(rows) -> list[dict]:
    """The three kinds of one book with how many stand on it now, and the sum."""
    by_kind = counts(rows)
    if not by_kind:
        return []
    of_kinds = [{"label": kind.label, "counts": [by_kind.get(kind, 0)]} for kind in Focus]
    return [*of_kinds, {"label": "合计", "counts": [sum(by_kind.values())]}]


def both(scope) -> list[dict]:
    """The three kinds with how many areas and how many people are watched now, and the sums."""
    areas, persons = (counts(scope.rows(model)) for model in WATCHED)
    if not (areas or persons):
        return []
    of_kinds = [{"label": kind.label, "counts": [areas.get(kind, 0), persons.get(kind, 0)]} for kind in Focus]
    return [*of_kinds, {"label": "合计", "counts": [sum(areas.values()), sum(persons.values())]}]
