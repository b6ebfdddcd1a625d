"""Offices: a whole line at once, names, moving with all below, merging."""

import pytest
from django.urls import reverse

from accounts import roles
from accounts.models import Agency, Confirmation, Grant, Region, TrailEntry, User
from accounts.services import agencies, confirming, regions
from accounts.signals import agency_merged
from clues.models import Clue
from common.errors import Forbidden, Refused
from tests.accounts.things import a_clue
from tests.cast import add_person


@pytest.fixture
def lines(db):
    """Every line of 吕梁市, opened by the command line."""
    regions.load()
    return agencies.open_prefecture(region=Region.objects.get(code="141100"))


@pytest.fixture
def root_admin(cast):
    """A system admin of 省厅, who may act on every bureau below."""
    return add_person("root_admin", "省系统员", cast.agencies["140000-zrzy"], roles.SYSTEM_ADMIN)


OFFICIAL = [
    ("140000-zrzy", "山西省自然资源厅", "晋自然资", None),
    ("141100-zrzy", "吕梁市规划和自然资源局", "吕自然资", "140000-zrzy"),
    ("141122-zrzy", "交城县自然资源局", "交自然资", "141100-zrzy"),
    ("141130-zrzy", "交口县自然资源局", "交口自然资", "141100-zrzy"),
    ("141122100-zrzy", "天宁自然资源所", "交自然资天", "141122-zrzy"),
    ("141100-ga", "吕梁市公安局", "吕公", None),
    ("141122-ga", "交城县公安局", "交公", "141100-ga"),
    ("141102-ga", "吕梁市公安局离石分局", "离公", "141100-ga"),
    ("141122-jc", "交城县人民检察院", "交检", "141100-jc"),
    ("141122-zxb", "交城县专项行动办公室", "交专办", "141122-zrzy"),
]


def test_a_line_has_official_names_and_hangs_together(lines):
    found = [
        (code, a.name, a.document_prefix, a.parent.code if a.parent else None)
        for code, a in ((row[0], lines[row[0]]) for row in OFFICIAL)
    ]
    assert found == OFFICIAL
    for agency in lines.values():
        assert agency.path == f"{agency.parent.path if agency.parent else '/'}{agency.pk}/"


def test_every_county_has_its_bureau_and_prefixes_never_meet(lines):
    bureaus = [a for a in lines.values() if a.kind == "zrzy"]
    assert sum(a.region.level == "county" for a in bureaus) == 13
    prefixes = [a.document_prefix for a in bureaus]
    assert len(set(prefixes)) == len(prefixes)


def test_opening_a_line_again_changes_nothing(lines):
    before = list(Agency.objects.order_by("pk").values())
    agencies.open_prefecture(region=Region.objects.get(code="141100"))
    assert list(Agency.objects.order_by("pk").values()) == before


def test_a_district_whose_name_others_share_is_named_with_its_city(lines):
    made = agencies.open_line(kind="zrzy", region=Region.objects.get(code="370400"))
    assert made["370402-zrzy"].name == "枣庄市市中区自然资源局"
    assert made["370400-zrzy"].name == "枣庄市自然资源和规划局"


def test_a_new_agency_below_is_opened_by_the_admin_above(cast):
    agency = agencies.open_agency(
        by=cast.system_admin, region=cast.regions["141122101"], kind="zrzy", parent=cast.county
    )
    assert agency.code == "141122101-zrzy" and agency.path.startswith(cast.county.path)
    with pytest.raises(Refused, match="已经登记过机构"):
        agencies.open_agency(
            by=cast.system_admin, region=cast.regions["141122101"], kind="zrzy", parent=cast.county
        )
    with pytest.raises(Refused, match="请选择上级机构"):
        agencies.open_agency(by=cast.system_admin, region=cast.regions["141122101"], kind="sl")
    with pytest.raises(Forbidden):
        agencies.open_agency(
            by=cast.system_admin, region=cast.regions["141121"], kind="sl", parent=cast.neighbour
        )


def test_a_renamed_agency_keeps_its_history_in_the_trail(cast):
    agencies.amend_agency(by=cast.system_admin, agency=cast.county, name="交城县自然资源和规划局")
    entry = TrailEntry.objects.get(act="amend_agency")
    assert entry.changes == {"名称": ["交城县自然资源局", "交城县自然资源和规划局"]}


def test_two_bureaus_of_one_prefecture_never_share_a_prefix(cast):
    with pytest.raises(Refused, match="已由文水县自然资源局使用"):
        agencies.amend_agency(by=cast.system_admin, agency=cast.county, document_prefix="文自然资")


def test_a_move_rewrites_every_path_below_and_what_the_uppers_see(cast, root_admin, fresh):
    clue = a_clue(cast.county, cast.intake)
    other = cast.agencies["140900-zrzy"]
    agencies.move_agency(by=root_admin, agency=cast.county, parent=other)
    county = Agency.objects.get(pk=cast.county.pk)
    town = Agency.objects.get(code="141122100-zrzy")
    assert county.path == f"{other.path}{county.pk}/"
    assert town.path == f"{county.path}{town.pk}/"
    assert not Clue.objects.visible_to(fresh(cast.prefecture)).exists()
    assert Clue.objects.visible_to(fresh(cast.other_prefecture)).get() == clue
    assert Clue.objects.visible_to(fresh(cast.handler)).get() == clue


def test_an_agency_never_hangs_under_itself(cast, root_admin):
    with pytest.raises(Refused, match="不能作为它的上级"):
        agencies.move_agency(by=root_admin, agency=cast.prefecture_office, parent=cast.county)
    with pytest.raises(Refused, match="不用调整"):
        agencies.move_agency(by=root_admin, agency=cast.county, parent=cast.prefecture_office)


def test_a_county_admin_does_not_move_the_county(cast):
    with pytest.raises(Forbidden):
        agencies.move_agency(by=cast.system_admin, agency=cast.county, parent=cast.agencies["140900-zrzy"])


def test_a_merger_takes_people_posts_grants_and_towns_along(cast, root_admin, fresh):
    Grant.objects.create(kind="clue", object_id=7, agency=cast.county, reason="移交", granted_by=cast.intake)
    heard = {}

    def hear(sender, **told):
        heard.update(told)

    agency_merged.connect(hear)
    try:
        agencies.merge_agency(by=root_admin, agency=cast.county, into=cast.neighbour)
    finally:
        agency_merged.disconnect(hear)
    checker, handler = fresh(cast.checker), fresh(cast.handler)
    assert cast.neighbour in [posting.agency for posting in checker.current_postings]
    assert checker.agency == cast.neighbour
    assert not handler.current_postings and handler.agency == cast.neighbour, "opens other secrets there"
    waiting = Confirmation.objects.get(person=handler)
    confirming.confirm(by=fresh(cast.neighbour_chief), row=waiting)
    assert fresh(cast.handler).current_postings[0].agency == cast.neighbour
    assert Agency.objects.get(code="141122100-zrzy").parent == cast.neighbour
    assert Grant.objects.in_force().filter(agency=cast.neighbour, object_id=7).exists()
    assert (heard["agency"].pk, heard["into"].pk) == (cast.county.pk, cast.neighbour.pk)


def test_finished_work_of_a_merged_agency_stays_visible_to_its_successor(cast, root_admin, fresh):
    clue = a_clue(cast.county, cast.intake, state="settled")
    agencies.merge_agency(by=root_admin, agency=cast.county, into=cast.neighbour)
    ended = Agency.objects.get(pk=cast.county.pk)
    assert ended.ended_on and ended.merged_into == cast.neighbour
    assert ended.path.startswith(cast.neighbour.path)
    assert Clue.objects.visible_to(fresh(cast.neighbour_chief)).get() == clue
    assert Clue.objects.visible_to(fresh(cast.prefecture)).get() == clue


def test_what_cannot_merge_is_refused(cast, root_admin):
    with pytest.raises(Refused):
        agencies.merge_agency(by=root_admin, agency=cast.county, into=cast.agencies["141122100-zrzy"])
    with pytest.raises(Forbidden):
        agencies.merge_agency(by=root_admin, agency=cast.county, into=cast.police_office)


def test_the_pages_move_and_merge(cast, root_admin, sign_in):
    client = sign_in(root_admin)
    moved = client.post(
        reverse("accounts:move_agency", args=["141122-zrzy"]),
        {"parent": cast.agencies["140900-zrzy"].pk, "_key": "m1"},
    )
    assert moved.status_code == 302
    merged = client.post(
        reverse("accounts:merge_agency", args=["141122-zrzy"]),
        {"into": cast.neighbour.pk, "on": "2026-01-05", "_key": "m2"},
    )
    assert merged.status_code == 302
    assert User.objects.get(pk=cast.handler.pk).agency == cast.neighbour
