from django.db import migrations, models

from accounts.services import secrets


def seal_opinions(apps, schema_editor):
    """What leaders wrote on handing over goes from the open book of approvals under the clue's own seal."""
    approvals = apps.get_model("accounts", "Approval").objects
    for secret in apps.get_model("clues", "SecretClue").objects.exclude(approval=None):
        approval = approvals.get(pk=secret.approval_id)
        if approval.opinion:
            secret.opinion_sealed = secrets.seal(approval.opinion, secret, "opinion")
            secret.save(update_fields=["opinion_sealed"])
            approvals.filter(pk=approval.pk).update(opinion="")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_agency_phone"),
        ("clues", "0004_sealed_files"),
    ]

    operations = [
        migrations.AddField(
            model_name="secretclue",
            name="opinion_sealed",
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AlterField(
            model_name="clue",
            name="state",
            field=models.CharField(
                choices=[
                    ("registered", "待分派"),
                    ("assigned", "核查中"),
                    ("verified", "待处理"),
                    ("pending", "待查"),
                    ("proposed", "处理待批"),
                    ("filing", "立案待批"),
                    ("drafted", "立案待呈批"),
                    ("settled", "已办结"),
                    ("merged", "已归并"),
                ],
                default="registered",
                max_length=12,
                verbose_name="状态",
            ),
        ),
        migrations.AlterField(
            model_name="disposition",
            name="from_state",
            field=models.CharField(
                blank=True,
                choices=[
                    ("registered", "待分派"),
                    ("assigned", "核查中"),
                    ("verified", "待处理"),
                    ("pending", "待查"),
                    ("proposed", "处理待批"),
                    ("filing", "立案待批"),
                    ("drafted", "立案待呈批"),
                    ("settled", "已办结"),
                    ("merged", "已归并"),
                ],
                max_length=12,
                verbose_name="提出前状态",
            ),
        ),
        migrations.RunPython(seal_opinions, migrations.RunPython.noop),
    ]
