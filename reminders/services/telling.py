"""Telling people at once what is no reminder: into the inbox, and by the way that each has chosen."""

from collections.abc import Iterable

from django.utils import timezone

from accounts.models import Agency, User
from reminders.models import Outbox
from reminders.services import outbox, quiet
from reminders.services.routes import read_routes


def tell(*, people: Iterable[User], agency: Agency, meaning: str, kind: str, title: str, url: str) -> int:
    """Owe each one inbox line, and one message that leaves the system; how many lines.

    The title leaves the system too: what kind of thing, never a name, a number or content. At night
    only the inbox is filled.
    """
    people = list({person.pk: person for person in people}.values())
    routes = read_routes([person.pk for person in people], [agency.pk])
    not_before = quiet.after_quiet(timezone.now())
    rows = [
        Outbox(
            meaning=f"{meaning}:{channel.kind}{channel.pk}:u{person.pk}",
            channel=channel.kind,
            target=channel,
            recipient=person,
            agency=agency,
            kind=kind,
            title=title,
            url=url,
            not_before=not_before,
        )
        for person in people
        for channel in routes.personal(person.pk, agency.pk)[:1]
    ]
    Outbox.objects.bulk_create(rows, ignore_conflicts=True)
    return outbox.owe(recipients=people, meaning=meaning, kind=kind, title=title, url=url)
