"""A decision that was served becomes one served on each of its parties, on that day and by that way."""

from django.db import migrations


def by_party(apps, schema_editor):
    """Of every decision with a day of service a row for each party that its items name, else of its case."""
    Decision, PartyService = apps.get_model("cases", "Decision"), apps.get_model("cases", "PartyService")
    rows = Decision.objects.filter(served_on__isnull=False, served=None)
    rows = rows.prefetch_related("items", "case__parties").order_by("pk")
    made = []
    for decision in rows.iterator(chunk_size=500):
        for party in _parties(decision):
            made.append(
                PartyService(
                    decision=decision,
                    party_id=party,
                    happened_on=decision.served_on,
                    mode=decision.service_mode,
                    recorded_by_id=decision.proposed_by_id,
                )
            )
        if len(made) >= 500:
            PartyService.objects.bulk_create(made)
            made = []
    PartyService.objects.bulk_create(made)


def _parties(decision):
    items = list(decision.items.all())
    if items and all(item.party_id for item in items):
        return dict.fromkeys(item.party_id for item in items)
    return [each.party_id for each in decision.case.parties.all()] or [None]


class Migration(migrations.Migration):
    dependencies = [("cases", "0018_served_by_party")]

    operations = [migrations.RunPython(by_party, migrations.RunPython.noop, elidable=False)]
