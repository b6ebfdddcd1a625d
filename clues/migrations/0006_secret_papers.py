"""Papers that a leader signed for a clue on gangs or officials must lie encrypted, as their letters do.

Here they are only marked: a migration has no keys (a restore migrates before the keys are in place).
"""

from django.db import migrations


def mark(apps, _):
    """The scans of those papers."""
    signed = apps.get_model("accounts", "Approval").objects.filter(subject_kind="clues.secretclue")
    papers = apps.get_model("accounts", "SignedPaper").objects.filter(pk__in=signed.values("signed_paper"))
    apps.get_model("accounts", "StoredFile").objects.filter(pk__in=papers.values("scan")).update(secret=True)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_sealed_names"),
        ("clues", "0005_opinions_and_drafted"),
    ]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
