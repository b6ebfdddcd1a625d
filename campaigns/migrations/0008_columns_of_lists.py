from django.db import migrations, models

from campaigns.services.in_time import set_right


def fill_in(apps, schema_editor):
    """Duties from before the column: which were answered in time."""
    set_right(apps.get_model("campaigns", "Duty")._base_manager.all())


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0019_columns_of_lists"),
        ("campaigns", "0007_duty_orders"),
    ]

    operations = [
        migrations.AddField(
            model_name="duty",
            name="in_time",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.RunPython(fill_in, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                fields=["campaign", "due_at", "id", "agency", "upper"], name="duty_by_campaign"
            ),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                condition=models.Q(("in_time", False)), fields=["due_at", "id"], name="duty_late"
            ),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(fields=["name", "id"], name="duty_by_name"),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(fields=["submitted_at", "id", "agency", "upper"], name="duty_by_report"),
        ),
        migrations.RemoveIndex(model_name="duty", name="duty_by_state"),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(fields=["state", "due_at", "id", "agency", "upper"], name="duty_by_state"),
        ),
        migrations.RemoveIndex(model_name="duty", name="duty_by_what"),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(fields=["what", "due_at", "id", "agency", "upper"], name="duty_by_what"),
        ),
        migrations.AddIndex(
            model_name="duty", index=models.Index(fields=["rule", "due_at", "day"], name="duty_rounds")
        ),
    ]
