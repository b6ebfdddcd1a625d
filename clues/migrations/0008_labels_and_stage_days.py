import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from accounts.services.staying import fill_from_trail


def fill(apps, schema_editor):
    """Rows from before the column: since when each stands where it does."""
    things = apps.get_model("clues", "Clue").objects.all()
    entries = apps.get_model("accounts", "TrailEntry").objects.all()
    fill_from_trail(things, entries, "状态", ("settled", "merged"))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_labels"),
        ("clues", "0007_who_found_and_who_holds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="clue",
            name="labels",
            field=models.ManyToManyField(
                blank=True, related_name="clues", to="accounts.label", verbose_name="标注"
            ),
        ),
        migrations.AddField(
            model_name="clue",
            name="stage_since",
            field=models.DateField(
                default=django.utils.timezone.localdate, editable=False, null=True, verbose_name="现阶段起"
            ),
        ),
        migrations.AddIndex(
            model_name="clue",
            index=models.Index(fields=["agency", "stage_since"], name="clue_stays"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
