"""Wiring of this app: its name, what it protects, and what it listens to."""

from django.apps import AppConfig

from accounts.triggers import AppendOnly, protect


class LedgersConfig(AppConfig):
    """Ledgers."""

    name = "ledgers"
    verbose_name = "台账"

    def ready(self):
        """Frozen means frozen: submissions, their rows and the answers to them never change."""
        protect(
            AppendOnly("ledgers_submission"),
            AppendOnly("ledgers_submissionrow", ("submission_id", "position")),
            AppendOnly("ledgers_verdict"),
        )
