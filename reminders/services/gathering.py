"""Those above are told once of what many offices owe by one moment, not once for each office."""

from reminders.due_sources import Due, standing
from reminders.services.recipients import Recipient
from reminders.stages import Occurrence

Planned = list[tuple[Due, Occurrence, list[Recipient]]]


def gathered(planned: Planned) -> Planned:
    """The same, each thing with its own office's people, and one line for those above of many; what
    stands for them is looked at once a kind."""
    own: Planned = []
    above: dict[tuple[str, Occurrence], dict[int, Recipient]] = {}
    for due, at, people in planned:
        theirs = [person for person in people if due.gathered and person.agency_id != due.agency_id]
        if theirs:
            above.setdefault((due.gathered, at), {}).update({each.person_id: each for each in theirs})
        if len(theirs) < len(people) or not people:
            own.append((due, at, [person for person in people if person not in theirs]))
    things = standing({about for about, _ in above}) if above else {}
    lines = ((things[about], at, list(people.values())) for (about, at), people in above.items())
    return own + [line for line in lines if isinstance(line[0], Due)]
