"""Work that is too long for a page, done in slices by the worker.

What is left to do stands in tables. Each slice is short and a transaction of its own, so that the work
may be killed at any point, run twice or at once; the minutely sweep rings again for what stands still.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from celery import Task
from django.utils import timezone
from kombu.exceptions import OperationalError

# How long a task works before it rings for the rest, so that the sweep gets its turn.
AT_A_TIME = timedelta(seconds=20)
# Who hasn't moved for so long is rung for again.
STALLED = timedelta(minutes=1)
logger = logging.getLogger(__name__)


def carry_on(do_some: Callable[[], bool], until: datetime) -> bool:
    """Call `do_some`, which says whether there is more, until a moment; whether there is more."""
    while do_some():
        if timezone.now() >= until:
            return True
    return False


def ring(task: Task, key: int) -> None:
    """Ask the worker to go on. A queue that is away is no fault of the page: the sweep rings again."""
    try:
        task.delay(key)
    except (OperationalError, OSError):
        logger.warning("the queue is away, %s %s waits for the sweep", task.name, key)
