"""Wiring of this app: its name, what it protects, and what it listens to."""

from django.apps import AppConfig

from accounts.triggers import AppendOnly, protect


class LedgersConfig(AppConfig):
    """Ledgers."""

    name = "ledgers"
    verbose_name = "台账"

    def ready(self):
        """Frozen means frozen: forms, reports, papers and the answers to them never change."""
        protect(
            AppendOnly("ledgers_ledgerform"),
            AppendOnly("ledgers_submission"),
            AppendOnly("ledgers_submissionrow"),
            AppendOnly("ledgers_verdict"),
            AppendOnly("ledgers_paperreport"),
            AppendOnly("ledgers_policeconfirmation"),
        )
