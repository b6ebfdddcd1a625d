"""A row keeps the key of its workbook's words; a batch keeps its rows and its undo apart."""

from django.db import migrations, models
from django.db.models import F


def part(apps, schema_editor):
    """Take rows and undo out of the public report; a row's imported words are those it has."""
    batches = apps.get_model("ledgers", "ImportBatch")
    for batch in batches.objects.iterator(chunk_size=50):
        batch.rows = batch.report.pop("rows", [])
        batch.undo = {
            key: {
                "version": told["version"],
                "before": {
                    "opened_on": told["opened_on"],
                    "mineral": told["mineral"],
                    "version": told["version"] - 1,
                },
            }
            for key, told in batch.report.pop("undo", {}).items()
        }
        batch.save(update_fields=["report", "rows", "undo"])
    entries = apps.get_model("ledgers", "LedgerEntry")
    entries.objects.filter(imported=True).update(import_key=F("match_key"))


def join(apps, schema_editor):
    """Back into one report."""
    batches = apps.get_model("ledgers", "ImportBatch")
    for batch in batches.objects.iterator(chunk_size=50):
        undo = {
            key: {**told["before"], "version": told["version"]}
            for key, told in batch.undo.items()
            if told.get("before")
        }
        batch.report = {**batch.report, "rows": batch.rows, "undo": undo}
        batch.save(update_fields=["report"])


class Migration(migrations.Migration):
    dependencies = [("ledgers", "0004_make_duties")]

    operations = [
        migrations.AddField(
            model_name="importbatch", name="rows", field=models.JSONField(default=list, verbose_name="各行")
        ),
        migrations.AddField(model_name="importbatch", name="undo", field=models.JSONField(default=dict)),
        migrations.AddField(
            model_name="ledgerentry",
            name="import_key",
            field=models.CharField(blank=True, default="", editable=False, max_length=64),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(fields=["campaign", "agency", "import_key"], name="entry_import"),
        ),
        migrations.RunPython(part, join),
    ]
