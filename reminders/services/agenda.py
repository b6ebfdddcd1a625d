"""What falls due for one person: what the engine would tell at the desk and to its head."""

from datetime import datetime

from accounts import roles
from accounts.models import User
from reminders.due_sources import DUE_SOURCES, Due
from reminders.services.recipients import staff_for
from reminders.stages import DESK, HEAD


def agenda_of(user: User, first: datetime, last: datetime, now: datetime) -> list[Due]:
    """Open things due from `first` up to `last` that this person would be told of, by due time.

    A constant number of queries for each kind of thing.
    """
    agency_ids = {post.agency_id for post in user.current_postings if post.role not in roles.ADMINISTRATORS}
    dues = [due for source in DUE_SOURCES.values() for due in source.within(agency_ids, first, last)]
    staff = staff_for(dues, now)
    mine = [
        due for due in dues if user.pk in {person.person_id for person in staff.recipients(due, (DESK, HEAD))}
    ]
    return sorted(mine, key=lambda due: due.due_at)
