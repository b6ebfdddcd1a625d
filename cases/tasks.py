"""What is too long for a page: past cases, looked at in slices so that the minutely sweep gets its turn."""

from celery import shared_task
from django.utils import timezone

from cases.services import past_reviews
from reminders import slices

SLICE = slices.AT_A_TIME


@shared_task(name="cases.tasks.look_at_past")
def look_at_past(key: int) -> bool:
    """Look at cases of a review for some seconds; ring again for the rest."""
    more = past_reviews.carry_on(key=key, until=timezone.now() + SLICE)
    if more:
        ring(key)
    return more


def ring(key: int) -> None:
    """Ask the worker to look."""
    slices.ring(look_at_past, key)
