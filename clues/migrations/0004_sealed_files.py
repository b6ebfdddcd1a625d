"""Files that may show who reported, and letters on gangs and officials, must lie encrypted.

Here they are only marked: a migration has no keys (a restore migrates before the keys are in place).
"""

from django.db import migrations


def mark(apps, _):
    """The files of informants and of secret clues."""
    files = apps.get_model("accounts", "StoredFile").objects
    of_informants = apps.get_model("clues", "InformantFile").objects.values("file")
    letters = apps.get_model("clues", "SecretClue").objects.exclude(letter=None).values("letter")
    files.filter(pk__in=of_informants).update(secret=True)
    files.filter(pk__in=letters).update(secret=True)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_sealed_files_and_exports"),
        ("clues", "0003_answers_and_secrets"),
    ]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
