"""Loading divisions: all or nothing, never removing, again without change."""

import json

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Region
from accounts.services import regions
from common.errors import Refused


def written(tmp_path, rows):
    """A file of divisions."""
    path = tmp_path / "more.json"
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return path


def test_the_shipped_file_has_what_was_asked_for(db):
    regions.load()
    assert Region.objects.filter(parent_id="140000").count() == 11
    assert Region.objects.filter(parent_id="141100").count() == 13
    assert Region.objects.filter(parent_id="140900").count() == 14
    assert Region.objects.get(code="370402").full_name == "枣庄市市中区"
    assert regions.load() == {"created": 0, "updated": 0, "unchanged": Region.objects.count()}


def test_another_file_adds_and_renames(db, tmp_path):
    regions.load()
    path = written(
        tmp_path,
        [
            {"code": "150000", "name": "内蒙古自治区", "level": "province", "parent": None},
            {"code": "150100", "name": "呼和浩特市", "level": "prefecture", "parent": "150000"},
            {"code": "141122", "name": "交城新县", "level": "county", "parent": "141100"},
        ],
    )
    assert regions.load(path) == {"created": 2, "updated": 1, "unchanged": 0}
    assert Region.objects.get(code="141122").name == "交城新县"


@pytest.mark.parametrize(
    "row",
    [
        {"code": "1500", "name": "短", "level": "province", "parent": None},
        {"code": "150000", "name": "无级别"},
        {"code": "150000", "name": "怪级别", "level": "state", "parent": None},
        {"code": "150100", "name": "没有上级", "level": "prefecture", "parent": "150000"},
        {"code": "１50000", "name": "全角", "level": "province", "parent": None},
        "150000",
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_written(db, tmp_path, row):
    good = {"code": "160000", "name": "好", "level": "province", "parent": None}
    with pytest.raises(Refused, match="第2项"):
        regions.load(written(tmp_path, [good, row]))
    assert not Region.objects.exists()


def test_the_command_says_a_sentence_where_there_is_no_file(db):
    with pytest.raises(CommandError, match="打不开"):
        call_command("load_regions", "/nowhere.json")
