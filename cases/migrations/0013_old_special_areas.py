"""One box for all special areas becomes their kinds: a ticked one stays special, of a kind not said; boxes
of black soil that nobody ticked said nothing."""

from django.db import migrations


def say_what_is_known(apps, schema_editor):
    """Rows as they were meant."""
    apps.get_model("cases", "MineralFinding").objects.filter(special=True).update(
        special_areas=["unspecified"]
    )
    apps.get_model("cases", "LandFinding").objects.filter(black_soil=False).update(black_soil=None)


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_circumstances")]

    operations = [migrations.RunPython(say_what_is_known, migrations.RunPython.noop)]
