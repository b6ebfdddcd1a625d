"""Wiring of this app: its name, what it protects, and what it listens to."""

from django.apps import AppConfig

from accounts.triggers import AppendOnly, protect

# 线下报送补登 waits for one ruling; what was claimed stays as it was, and so does the ruling.
ONE_RULING = "OLD.ruled_at IS NULL AND NEW.ruled_at IS NOT NULL AND " + " AND ".join(
    f"NEW.{name} = OLD.{name}"
    for name in ("id", "duty_id", "sent_at", "scan_id", "system_down", "note", "recorded_by_id",
                 "recorded_at")
)  # fmt: skip


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
            AppendOnly("ledgers_dutypaper"),
            AppendOnly("ledgers_policeconfirmation"),
            AppendOnly("ledgers_lateclaim", update_unless=ONE_RULING),
        )
