from django.db import migrations


def say_where_the_filing_stands(apps, schema_editor):
    """Clues whose filing was sent back or taken back stood as waiting for a leader."""
    drafted = apps.get_model("cases", "Case").objects.filter(state="drafted").values("clue_id")
    apps.get_model("clues", "Clue").objects.filter(state="filing", pk__in=drafted).update(state="drafted")


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_sent_back_and_taken_back"),
        ("clues", "0005_opinions_and_drafted"),
    ]

    operations = [migrations.RunPython(say_where_the_filing_stands, migrations.RunPython.noop)]
