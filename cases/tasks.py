"""What is too long for a page: past cases, looked at in slices so that the minutely sweep gets its turn."""

import logging
from datetime import timedelta

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from cases.services import past_reviews

SLICE = timedelta(seconds=20)
logger = logging.getLogger(__name__)


@shared_task(name="cases.tasks.look_at_past")
def look_at_past(key: int) -> bool:
    """Look at cases of a review for some seconds; ring again for the rest."""
    more = past_reviews.carry_on(key=key, until=timezone.now() + SLICE)
    if more:
        ring(key)
    return more


def ring(key: int) -> None:
    """Ask the worker to look. A queue that is away is no fault of the page: the sweep rings again."""
    try:
        look_at_past.delay(key)
    except (OperationalError, OSError):
        logger.warning("the queue is away, past review %s waits for the sweep", key)
