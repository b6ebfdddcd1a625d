"""Wiring of this app: its name, what it protects, and what it listens to."""

from django.apps import AppConfig

from accounts.triggers import AppendOnly, protect

# The workbook that a county sent joins its row when it has been read, once.
ONE_WORKBOOK = (
    "OLD.workbook_id IS NULL AND NEW.workbook_id IS NOT NULL "
    "AND COALESCE(NEW.scan_id, 0) = COALESCE(OLD.scan_id, 0) AND "
) + " AND ".join(
    f"NEW.{name} = OLD.{name}"
    for name in ("id", "campaign_id", "agency_id", "office_id", "by_id", "at", "received_at", "way", "reason")
)


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
            AppendOnly("ledgers_returnedworkbook"),
            AppendOnly("ledgers_returnedmark"),
            AppendOnly("ledgers_proposalanswer"),
            AppendOnly("ledgers_proxyentry", update_unless=ONE_WORKBOOK),
        )
