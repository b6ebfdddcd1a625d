"""What is too long for a page: a long import, written and taken back in slices so that the minutely
sweep gets its turn; rows of a ledger drawn anew by the thousand."""

from celery import shared_task
from django.utils import timezone

from ledgers.services import import_running, refreshing
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


@shared_task(name="ledgers.tasks.draw_rows")
def draw_rows(key: int) -> bool:
    """Draw what is stale of a campaign for some seconds; ring again for the rest."""
    more = refreshing.carry_on(key=key, until=timezone.now() + slices.AT_A_TIME)
    if more:
        slices.ring(draw_rows, key)
    return more
