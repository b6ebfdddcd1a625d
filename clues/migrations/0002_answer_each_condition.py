"""Each of the five conditions has its answer: what stood ticked reads 具备."""

from django.db import migrations, models


def ticked_are_met(apps, schema_editor):
    """["actor"] becomes {"actor": "met"}."""
    Disposition = apps.get_model("clues", "Disposition")
    for row in Disposition.objects.exclude(conditions=[]).iterator(chunk_size=2000):
        if isinstance(row.conditions, list):
            row.conditions = dict.fromkeys(row.conditions, "met")
            row.save(update_fields=["conditions"])
    Disposition.objects.filter(conditions=[]).update(conditions={})


def met_are_ticked(apps, schema_editor):
    """And back again."""
    Disposition = apps.get_model("clues", "Disposition")
    for row in Disposition.objects.iterator(chunk_size=2000):
        if isinstance(row.conditions, dict):
            row.conditions = [code for code, answer in row.conditions.items() if answer == "met"]
            row.save(update_fields=["conditions"])


class Migration(migrations.Migration):
    dependencies = [("clues", "0001_begin")]

    operations = [
        migrations.AlterField(
            "disposition",
            "conditions",
            models.JSONField(blank=True, default=dict, verbose_name="立案条件"),
        ),
        migrations.RunPython(ticked_are_met, met_are_ticked),
    ]
