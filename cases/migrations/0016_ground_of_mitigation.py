"""A ground of 减轻 that was named in the words of a decision becomes its field: the fine stays as lawful."""

import re

from django.db import migrations

# As it was searched for until now: 依照《行政处罚法》第三十二条…
NAMED = re.compile(r"处罚法[》）)]?第?(三十|三十二|30|32)条")


def name_ground(apps, schema_editor):
    """Decisions whose own words cite the article."""
    Decision = apps.get_model("cases", "Decision")
    rows = Decision.objects.filter(basis__contains="处罚法", mitigation="").values_list("pk", "basis")
    named = [pk for pk, basis in rows.iterator(chunk_size=500) if NAMED.search(basis)]
    for begin in range(0, len(named), 500):
        Decision.objects.filter(pk__in=named[begin : begin + 500]).update(mitigation="written")


class Migration(migrations.Migration):
    dependencies = [("cases", "0015_weighing")]

    operations = [migrations.RunPython(name_ground, migrations.RunPython.noop, elidable=False)]
