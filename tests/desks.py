"""What an app's desk.py tells a person, as the first page puts it together."""

from accounts.desk import Sent, Task, told
from cases.desk import with_leads


def waiting_for(desk, person, now=None) -> list[Task]:
    """Its lines of what is due, each with the act that leads on."""
    return with_leads(person, told(desk.waiting(person, now)))


def sent_by(desk, person) -> list[Sent]:
    """Its lines of what the person waits for."""
    return told(desk.sent(person))
