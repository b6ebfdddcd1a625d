"""Wiring of this app: its name and what it protects."""

from django.apps import AppConfig

from accounts.triggers import AppendOnly, protect

# 线下报送补登 waits for one ruling; what was claimed stays as it was, and so does the ruling.
ONE_RULING = "OLD.ruled_at IS NULL AND NEW.ruled_at IS NOT NULL AND " + " AND ".join(
    f"NEW.{name} = OLD.{name}"
    for name in (
        "id",
        "duty_id",
        "sent_at",
        "scan_id",
        "system_down",
        "note",
        "recorded_by_id",
        "recorded_at",
    )
)


class CampaignsConfig(AppConfig):
    """Campaigns."""

    name = "campaigns"
    verbose_name = "专项行动"

    def ready(self):
        """A paper that was handed in never changes, nor does what was claimed and ruled."""
        protect(
            AppendOnly("campaigns_dutypaper"),
            AppendOnly("campaigns_dutycall"),
            AppendOnly("campaigns_lateclaim", update_unless=ONE_RULING),
        )
