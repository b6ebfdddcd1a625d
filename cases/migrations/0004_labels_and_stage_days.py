import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from accounts.services.staying import fill_from_trail


def fill(apps, schema_editor):
    """Rows from before the column: since when each stands where it does."""
    things = apps.get_model("cases", "Case").objects.all()
    entries = apps.get_model("accounts", "TrailEntry").objects.all()
    fill_from_trail(things, entries, "阶段", ("refused", "dropped", "closed"))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_labels"),
        ("cases", "0003_clue_of_a_drafted_filing"),
        ("clues", "0008_labels_and_stage_days"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="labels",
            field=models.ManyToManyField(
                blank=True, related_name="cases", to="accounts.label", verbose_name="标注"
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="stage_since",
            field=models.DateField(
                default=django.utils.timezone.localdate, editable=False, null=True, verbose_name="现阶段起"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["agency", "stage_since"], name="case_stays"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
