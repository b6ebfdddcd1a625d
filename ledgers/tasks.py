"""What is too long for a page: a long import, written and taken back in slices so that the minutely
sweep gets its turn."""

from celery import shared_task
from django.utils import timezone

from ledgers.services import import_running
from reminders import slices


@shared_task(name="ledgers.tasks.write_import")
def write_import(key: int) -> bool:
    """Write an import, or take it back, for some seconds; ring again for the rest."""
    more = import_running.carry_on(key=key, until=timezone.now() + slices.AT_A_TIME)
    if more:
        ring(key)
    return more


def ring(key: int) -> None:
    """Ask the worker to go on."""
    slices.ring(write_import, key)
