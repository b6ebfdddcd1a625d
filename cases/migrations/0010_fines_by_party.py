"""The one clock of what a case has to pay becomes one of each fine and party that was served with it."""

from django.db import migrations
from django.utils import timezone

LABEL = "缴纳罚款"


def by_party(apps, schema_editor):
    """Open clocks of payment by decision and party; what asks for no fine runs no more."""
    Clock = apps.get_model("accounts", "Clock")
    Decision = apps.get_model("cases", "Decision")
    rows = Clock.objects.filter(subject_kind="cases.case", kind="pay", met_at=None, part="")
    for clock in rows.order_by("pk").iterator(chunk_size=500):
        decisions = Decision.objects.filter(
            case=clock.subject_id, state="made", served_on=clock.counted_from
        ).prefetch_related("items__party")
        parts = {
            f"{decision.pk}:{item.party_id or 0}": f"{decision.number}，{item.party.name if item.party else '共同缴纳'}"
            for decision in decisions
            for item in decision.items.all()
            if item.kind == "fine"
        }
        if not parts:
            clock.met_at = timezone.now()
            clock.save(update_fields=["met_at"])
        for part, whose in parts.items():
            clock.part, clock.whose, clock.label = part, whose[:200], LABEL
            clock.save()
            clock.pk = None


class Migration(migrations.Migration):
    dependencies = [("accounts", "0015_clocks_by_part"), ("cases", "0009_periods_and_outcomes")]

    operations = [migrations.RunPython(by_party, migrations.RunPython.noop, elidable=False)]
