"""Conditions that stood ticked before each had its answer."""

from importlib import import_module

from django.apps import apps

from clues.models import Disposition
from clues.showing.disposition import disposition_rows
from tests.clues.making import proposed

STEP = import_module("clues.migrations.0002_answer_each_condition")


def test_what_was_ticked_reads_met_and_goes_back(cast):
    clue = proposed(cast)
    Disposition.objects.update(conditions=["fact", "ours"])
    other = proposed(cast)
    Disposition.objects.filter(clue=other).update(conditions=[])
    STEP.ticked_are_met(apps, None)
    assert Disposition.objects.get(clue=clue).conditions == {"fact": "met", "ours": "met"}
    assert Disposition.objects.get(clue=other).conditions == {}
    rows = {row["label"]: row["value"] for row in disposition_rows(clue)[0]["rows"]}
    assert rows["立案条件"] == "有违反自然资源管理法律法规的事实：具备；属于本部门管辖：具备"
    STEP.met_are_ticked(apps, None)
    assert Disposition.objects.get(clue=clue).conditions == ["fact", "ours"]
