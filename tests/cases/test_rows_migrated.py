"""Rows of earlier releases after the migrations that gave what they said a field of its own."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from cases.assessing import facts_of
from cases.models import UNSPECIFIED, Case, Decision
from registry.models import Party
from tests.cases import making

AREAS = import_module("cases.migrations.0013_old_special_areas")
GROUND = import_module("cases.migrations.0016_ground_of_mitigation")
SERVICE = import_module("cases.migrations.0019_service_of_each_party")


@pytest.fixture
def earlier(cast):
    """The tables before kinds of special areas: with the one box, in the models of that release."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cases_mineralfinding ADD COLUMN special bool NOT NULL DEFAULT false")
    return MigrationLoader(connection).project_state(("cases", "0012_circumstances")).apps


def boxed(case, old, *, ticked: bool) -> Case:
    old.get_model("cases", "MineralFinding").objects.filter(case_id=case.pk).update(special=ticked)
    return case


def bare(cast, *, mineral=making.COAL) -> Case:
    case = making.bare_case(cast, mineral=mineral)
    row = {"mineral": mineral, "happened_on": making.ago(9), "recorded_by": cast.handler}
    case.mineral_findings.create(**row)
    return case


def test_a_ticked_box_stays_a_special_area_of_a_kind_not_said(cast, earlier):
    ticked, unticked = (boxed(bare(cast), earlier, ticked=each) for each in (True, False))
    protected = boxed(bare(cast, mineral="钨"), earlier, ticked=True)
    assert facts_of(ticked).special_area is None
    AREAS.say_what_is_known(earlier, None)
    assert ticked.mineral_findings.get().special_areas == [UNSPECIFIED]
    assert unticked.mineral_findings.get().special_areas is None
    told = [facts_of(each).special_area for each in (ticked, unticked, protected)]
    assert told == [True, None, None]


def test_only_a_ticked_box_of_black_soil_said_something(cast, earlier):
    case = making.bare_case(cast)
    for said in (True, False):
        case.land_findings.create(
            land_class="arable", area=1, black_soil=said, happened_on=making.ago(9), recorded_by=cast.handler
        )
    AREAS.say_what_is_known(earlier, None)
    assert list(case.land_findings.order_by("pk").values_list("black_soil", flat=True)) == [True, None]


def made(cast, case, **more) -> Decision:
    values = {"state": "made", "decided_on": making.ago(8), "proposed_by": cast.handler}
    return case.decisions.create(**values, **more)


@pytest.mark.parametrize(
    ("basis", "before", "after"),
    [
        ("依照《中华人民共和国行政处罚法》第三十二条，减轻处罚", "", "written"),
        ("当事人不满十八周岁，依行政处罚法第30条", "", "written"),
        ("依照《行政处罚法》第三十三条，不予处罚", "", ""),
        ("依照《土地管理法》第三十二条", "", ""),
        ("依照《行政处罚法》第三十二条第（一）项", "undone", "undone"),
        ("", "", ""),
    ],
)
def test_a_ground_written_in_the_basis_becomes_the_ground(cast, basis, before, after):
    """行政处罚法第三十条、第三十二条"""
    decision = made(cast, making.bare_case(cast), basis=basis, mitigation=before)
    GROUND.name_ground(apps, None)
    decision.refresh_from_db()
    assert decision.mitigation == after


def test_a_ground_that_became_a_field_still_allows_a_fine_below_the_interval(cast):
    case = making.bare_case(cast)
    decision = made(cast, case, basis="依照《行政处罚法》第三十二条，减轻处罚")
    decision.items.create(kind="fine", side="mining", amount=1, party=case.parties.get().party)
    assert [each.mitigation for each in facts_of(case).decisions] == [""]
    GROUND.name_ground(apps, None)
    assert "第三十二条" in facts_of(case).decisions[0].mitigation


def test_a_day_of_service_is_carried_to_each_party_that_the_items_name(cast):
    case, day = making.bare_case(cast), making.ago(5)
    one, two = (Party.objects.create(agency=cast.county, kind="person", name=name) for name in "甲乙")
    for party in (one, two):
        case.parties.create(party=party)
    named = made(cast, case, served_on=day, service_mode="post")
    for kind, party in (("fine", one), ("fine", two), ("confiscate_income", one)):
        named.items.create(kind=kind, side="mining", amount=1, party=party)
    joint = made(cast, case, served_on=day)
    joint.items.create(kind="fine", side="mining", amount=1)
    unserved = made(cast, case)
    for _ in range(2):
        SERVICE.by_party(apps, None)
    assert carried(named) == {(one.pk, day, "post"), (two.pk, day, "post")}
    every = case.parties.values_list("party_id", flat=True)
    assert carried(joint) == {(party, day, "") for party in every} and len(every) == 3
    assert carried(unserved) == set()


def test_a_service_in_a_case_without_parties_is_kept(cast):
    case = making.bare_case(cast)
    case.parties.all().delete()
    decision = made(cast, case, served_on=making.ago(5), service_mode="leaving")
    SERVICE.by_party(apps, None)
    assert carried(decision) == {(None, making.ago(5), "leaving")}


def carried(decision) -> set:
    rows = list(decision.served.values_list("party_id", "happened_on", "mode"))
    assert len(rows) == len(set(rows))
    return set(rows)
