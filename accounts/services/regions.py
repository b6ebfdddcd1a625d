"""Divisions by GB/T 2260 code, read from a file that anybody can replace by a fuller one."""

import json
from pathlib import Path

from django.db import transaction

from accounts.models import Region, RegionLevel
from accounts.signals import regions_renamed
from common.errors import Refused

FILE = Path(__file__).resolve().parent.parent / "data" / "regions.json"
DIGITS = {RegionLevel.PROVINCE: 6, RegionLevel.PREFECTURE: 6, RegionLevel.COUNTY: 6, RegionLevel.TOWNSHIP: 9}
UPPER = {
    RegionLevel.PROVINCE: None,
    RegionLevel.PREFECTURE: RegionLevel.PROVINCE,
    RegionLevel.COUNTY: RegionLevel.PREFECTURE,
    RegionLevel.TOWNSHIP: RegionLevel.COUNTY,
}


@transaction.atomic
def load(path: Path | str = FILE) -> dict:
    """Add and rename divisions from a JSON list of {code, name, level, parent}.

    Returns {"created", "updated", "unchanged"}; nothing is ever removed, because agencies and
    clues hang on divisions. Raises Refused with the line that is wrong; then nothing is written.
    """
    rows = _read(Path(path))
    by_code = {region.code: region for region in Region.objects.all()}
    levels = {code: region.level for code, region in by_code.items()}
    for line, row in enumerate(rows, 1):
        _check(line, row, levels)
        levels[row["code"]] = row["level"]
    result = {"created": 0, "updated": 0, "unchanged": 0}
    new, renamed = [], []
    for row in rows:
        region = by_code.get(row["code"])
        if region is None:
            region = by_code[row["code"]] = Region(code=row["code"])
            new.append(_filled(region, row))
            result["created"] += 1
        elif (region.name, region.level, region.parent_id) == _facts(row):
            result["unchanged"] += 1
        else:
            _filled(region, row).save()
            renamed.append(region.code)
            result["updated"] += 1
    Region.objects.bulk_create(new, batch_size=500)
    if renamed:
        regions_renamed.send(sender=Region, codes=renamed)
    return result


def _read(path: Path) -> list:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise Refused(f"文件{path}打不开，或者不是 JSON 格式，请核对文件。") from None
    if not isinstance(rows, list) or not rows:
        raise Refused(f"文件{path}里没有行政区划。应为一个列表，每项写 code、name、level、parent。")
    return rows


def _check(line: int, row: object, levels: dict) -> None:
    """Refuse a row that isn't a division with its parent before it."""
    place = f"第{line}项"
    if not isinstance(row, dict) or not {"code", "name", "level"} <= row.keys():
        raise Refused(f"{place}缺少代码、名称或级别，请补全。")
    code, level = str(row["code"]), row["level"]
    if level not in RegionLevel.values:
        raise Refused(f"{place}（{code}）的级别“{level}”不认识，应为省、市、县、乡四级之一。")
    if not (code.isascii() and code.isdigit() and len(code) == DIGITS[level]):
        raise Refused(f"{place}的代码“{code}”应为{DIGITS[level]}位数字。")
    if levels.get(code, level) != level:
        raise Refused(f"{place}（{code}）的级别与已有的不同，请核对代码。")
    upper = UPPER[level]
    if upper is not None and levels.get(row.get("parent")) != upper:
        raise Refused(f"{place}（{code}）的上级“{row.get('parent')}”不在文件里，也没有登记过。")


def _facts(row: dict) -> tuple:
    return row["name"], row["level"], row.get("parent")


def _filled(region: Region, row: dict) -> Region:
    region.name, region.level, region.parent_id = _facts(row)
    return region
