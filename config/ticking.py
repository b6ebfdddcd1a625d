"""The ticker goes on when the machine's clock is set back.

Celery's own waits for the hour that it had planned: set back by an hour, it would be silent for
that hour.
"""

from datetime import timedelta

from celery.beat import PersistentScheduler


class Ticker(PersistentScheduler):
    """Celery's scheduler, for which what was last done in the future is due now."""

    def tick(self, *args, **kwargs):
        """One look at the schedule; how long to sleep."""
        for entry in self.schedule.values():
            now = entry.default_now()
            if entry.last_run_at > now:
                entry.last_run_at = now - timedelta(days=1)
                self._heap = None  # what it had planned
        return super().tick(*args, **kwargs)
