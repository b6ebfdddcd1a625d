import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0018_trail_by_label"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="clock",
            name="clock_open_due",
        ),
        migrations.RemoveIndex(
            model_name="clock",
            name="clock_open_agency",
        ),
        migrations.AddField(
            model_name="clock",
            name="origin",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.agency",
                verbose_name="上报单位",
            ),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("met_at__isnull", True)),
                fields=["due_at", "id", "agency", "origin", "subject_kind", "subject_id"],
                name="clock_open_due",
            ),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("met_at__isnull", True)),
                fields=["agency", "due_at", "id"],
                name="clock_open_agency",
            ),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("met_at__isnull", True)),
                fields=["origin", "due_at", "id"],
                name="clock_open_origin",
            ),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("met_at__isnull", True)),
                fields=["kind", "due_at", "id"],
                name="clock_open_kind",
            ),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("met_at__isnull", True)),
                fields=["agency", "id"],
                name="clock_open_office",
            ),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("met_at__isnull", True)), fields=["label", "id"], name="clock_open_label"
            ),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("met_at__isnull", True)),
                fields=["counted_from", "id"],
                name="clock_open_counted",
            ),
        ),
        migrations.AddIndex(
            model_name="grant",
            index=models.Index(
                condition=models.Q(("revoked_at__isnull", True)),
                fields=["kind", "agency", "object_id", "since", "until"],
                name="grant_in_force",
            ),
        ),
    ]
