"""One business row to look at and act on, made without services."""

from datetime import date

from clues.models import Clue


def a_clue(agency, by, **more) -> Clue:
    """A clue of one office."""
    values = {
        "agency": agency,
        "number": "线1",
        "source": "patrol",
        "received_on": date(2026, 9, 1),
        "summary": "夜间盗采",
        "county": agency.region,
        "place": "某沟",
        "registered_by": by,
        **more,
    }
    return Clue.objects.create(**values)
