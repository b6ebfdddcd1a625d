from django.conf import settings
from django.db import migrations, models

from accounts.services.nearest import fill


def fill_in(apps, schema_editor):
    """Rows from before the column: when the nearest clock of each ends."""
    clocks = apps.get_model("accounts", "Clock").objects.all()
    fill(apps.get_model("clues", "Clue")._base_manager.order_by(), clocks, kind="clue_check")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0014_pictures_that_wait"),
        ("clues", "0010_place_of_photos"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="clue",
            name="next_due_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="最近时限"),
        ),
        migrations.RunPython(fill_in, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="clue",
            index=models.Index(
                condition=models.Q(("next_due_at__isnull", False)),
                fields=["agency", "next_due_at", "id"],
                name="clue_due_here",
            ),
        ),
        migrations.AddIndex(
            model_name="clue",
            index=models.Index(
                condition=models.Q(("next_due_at__isnull", False)),
                fields=["next_due_at", "id"],
                name="clue_by_due",
            ),
        ),
    ]
