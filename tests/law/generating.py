"""Cases made at random: as rows of a register, and the same facts as JSON lines.

`choose(options)` picks one: `random.Random(seed).choice`, or a draw of hypothesis.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

Choose = Callable[[Sequence], Any]
COUNTIES = ("141122", "140929", "370402", "510824", "220322", None)
# K26 twice: the only one whose test isn't settled and that a register has the facts for.
MINING = ("K11", "K13", "K14", "K21", "K23", "K24", "K26", "K26", "K31", "K32", "K33", "K42", "K61", "K64")
LAND = ("T11", "T13", "T21", "T23", "T31", "T32", "T43")
MINERALS = ("煤", "铁矿", "建筑石料用灰岩", "钨", "石墨", "地热", "砂石", None)
MONEY = (None, 0, 7000, 49999, 50000, 79999, 85000, 99999.99, 100000, 260000, 500000, 2844809)
AREAS = (None, 0.74, 1.7, 2.99, 4.5, 4.99, 5, 8.5, 9.99, 10, 26.33)
FINES = (None, 0, 1, 9880, 34045.8, 100000, 150000, 300000, 500000, 1000001)
TAKEN = ("是", "否", "无", None)
FIRST = (
    date(2018, 12, 1),
    date(2019, 6, 1),
    date(2021, 5, 1),
    date(2022, 6, 1),
    date(2024, 3, 1),
    date(2025, 8, 1),
)
AS_OF = date(2026, 9, 1)


def register_row(choose: Choose, number: int = 1) -> dict[str, object]:
    """A row by the keys of the register's columns; empty cells are None."""
    violation = choose((*MINING, *MINING, *LAND))
    row = {
        "number": f"示例〔2025〕{number}号",
        "county": choose(COUNTIES),
        "party": "某某",
        "violations": violation,
    }
    row |= _ore(choose) if violation.startswith("K") else _area(choose)
    return row | _days(choose) | _penalty(choose) | _ending(choose)


def _ore(choose: Choose) -> dict[str, object]:
    return {
        "mineral": choose(MINERALS),
        "mine_scale": choose((None, "小型", "中型", "不适用")),
        "quantity": choose((None, 0, 140, 901.88)),
        "value": choose(MONEY),
        "illegal_income": choose(MONEY),
    }


def _area(choose: Choose) -> dict[str, object]:
    prime = choose(AREAS)
    arable = choose((None, (prime or 0) + (choose(AREAS) or 0)))
    area = choose((None, (arable or prime or 0) + (choose(AREAS) or 0)))
    sizes = {"area": area, "arable": arable, "prime": prime, "illegal_income": choose(MONEY)}
    sizes = {key: None if value is None else round(value, 2) for key, value in sizes.items()}
    return {**sizes, "destroyed": choose((None, "是", "是", "否"))}


def _days(choose: Choose) -> dict[str, object]:
    ended = choose(FIRST)
    found = ended + timedelta(choose((0, 30, 400, 800)))
    filed = found + timedelta(choose((0, 5, 60)))
    noticed = filed + timedelta(choose((10, 60, 100)))
    decided = noticed + timedelta(choose((1, 3, 10, 40)))
    return {
        "acts_ended": choose((ended, ended, ended, None)),
        "found": choose((found, found, found, None)),
        "filed": choose((filed, filed, filed, None)),
        "noticed": choose((noticed, noticed, None)),
        "decided": choose((decided, decided, None)),
        "referred": choose((None, None, filed + timedelta(20))),
        "police_filed": choose((None, None, None, filed + timedelta(24))),
        "police_declined": choose((None, None, None, filed + timedelta(23))),
        "joined": choose((None, None, filed)),
    }


def _penalty(choose: Choose) -> dict[str, object]:
    return {
        "fine": choose(FINES),
        "income": choose((None, 0, 7000, 50000, 500000)),
        "minerals": choose((None, 0, 140, "无")),
        "tools": choose(TAKEN),
        "structures": choose(TAKEN),
        "mitigation": choose((None, None, "行政处罚法第三十二条", "家庭困难")),
    }


def _ending(choose: Choose) -> dict[str, object]:
    closing = choose((None, None, "执行完毕", "执行完毕", "已申请法院或政府强制执行"))
    return {
        "paid": choose((None, 0, 100000, 2000000)),
        "carried_out": choose((None, date(2026, 5, 1))),
        "closed": date(2026, 6, 1) if closing else choose((None, None, None, date(2026, 6, 1))),
        "closing": closing,
    }


FLAGS = {"是": True, "否": False, "无": "none", None: None}
DATES = (
    "found",
    "filed",
    "noticed",
    "decided",
    "referred",
    "police_filed",
    "police_declined",
    "carried_out",
    "closed",
)


def json_line(row: dict[str, object]) -> dict[str, object]:
    """The same facts as a JSON line; what is empty is left out."""
    line = {
        "id": row["number"],
        "violation": row["violations"],
        **{
            key: row.get(key)
            for key in ("county", "mineral", "mine_scale", "value", "illegal_income", "paid")
        },
        **{key: row.get(key) for key in ("closing", "mitigation")},
        "acts_ended": _iso(row["acts_ended"]),
        "joined": _iso(row["joined"]),
        "quantity": None if row.get("quantity") is None else [{"v": row["quantity"], "u": "吨"}],
        "land": _pieces(row),
        "dates": {key: _iso(row[key]) for key in DATES if row[key] is not None},
        "decision": _items(row),
    }
    return {key: value for key, value in line.items() if value is not None}


def _iso(day: date | None) -> str | None:
    return day and day.isoformat()


def _items(row: dict[str, object]) -> dict[str, object] | None:
    tonnes = row["minerals"]
    items = {
        "fine": row["fine"],
        "confiscated_income": row["income"],
        "confiscated_minerals": "none" if tonnes == "无" else None if tonnes is None else tonnes > 0,
        "confiscated_tools": FLAGS[row["tools"]],
        "restoration": FLAGS[row["structures"]],
    }
    items = {key: value for key, value in items.items() if value is not None}
    return items or None


def _pieces(row: dict[str, object]) -> list[dict[str, object]] | None:
    """永久基本农田, other 耕地 (all of it, where the first isn't told), and the rest."""
    if row["violations"].startswith("K") or not any(
        row[key] is not None for key in ("area", "arable", "prime")
    ):
        return None
    prime, arable, area = row["prime"], row["arable"], row["area"]
    inside = arable if arable is not None else prime or 0
    sizes = {
        "永久基本农田": prime,
        "耕地" if prime is None else "耕地（非永久基本农田）": None
        if arable is None
        else arable - (prime or 0),
        "其他土地" if arable is not None else None: None if area is None else area - inside,
    }
    told = FLAGS[row["destroyed"]]
    return [
        {"class": name, "area_mu": round(size, 2), "destroyed": None if name == "其他土地" else told}
        for name, size in sizes.items()
        if size and round(size, 2)
    ]


def graver(choose: Choose, line: dict[str, object]) -> dict[str, object]:
    """A line with facts that only lines carry: circumstances, batches, kinds of land, earlier acts and
    penalties, hours of a referral."""
    ended = date.fromisoformat(line.get("acts_ended", "2025-08-01"))
    days = [(ended - timedelta(back)).isoformat() for back in (30, 300)]
    mining = line["violation"].startswith("K")
    extra = {
        **_circumstances(choose, mining),
        "acts_from": choose((None, None, ended.isoformat(), (ended - timedelta(400)).isoformat())),
        "continuing": choose((None, None, None, True, False)),
        "prior_penalties": choose(([], [{"date": day, "for": "illegal_mining"} for day in days], None)),
        "unpunished": choose(([], [_unpunished(choose, days[0], mining)], None)),
    }
    line = {**line, **{key: value for key, value in extra.items() if value is not None}}
    if mining:
        line = _in_batches(choose, line)
    elif "land" in line:
        line["land"] = [_kind_of_land(choose, piece) for piece in line["land"]]
    approved = choose((None, "2026-03-01T09:00"))
    if approved:
        sent = choose(("2026-03-02T08:00", "2026-03-03T10:00"))
        line["dates"] = {**line.get("dates", {}), "referral_approved": approved, "referred": sent}
    return line


def _circumstances(choose: Choose, mining: bool) -> dict[str, object]:
    shared = {
        "refused_correct": choose((None, True, False)),
        "life_health": choose((None, None, True)),
    }
    if not mining:
        return shared
    return {
        **shared,
        "value_estimated": choose((True, False)),
        "special_area": choose((True, False, "禁采区", ["国家规划矿区", "禁采期"], None, None)),
        "destroyed_value": choose((None, None, None, None, 0, 120000, 600000)),
        "destructive": choose((None, None, True, False)),
        "eco_damage": choose((None, None, None, None, None, False, True)),
        "right_exists": choose((None, True, False)),
    }


def _unpunished(choose: Choose, day: str, mining: bool) -> dict[str, object]:
    if mining:
        return {"date": day, "value": choose((30000, 90000))}
    land = {"class": choose(("永久基本农田", "草地")), "area_mu": choose((1, 4.5, 12))}
    return {"date": day, "land": [land]}


def _in_batches(choose: Choose, line: dict[str, object]) -> dict[str, object]:
    """Now and then its ore in two parts, each with its own value, proceeds and place."""
    if choose((True, True, False)):
        return line
    totals = ("quantity", "value", "illegal_income", "value_estimated", "special_area")
    whole = {key: value for key, value in line.items() if key not in totals}
    said = choose((True, False))
    parts = [_batch(choose, said, line.get("mineral")) for _ in range(2)]
    areas = [area for each in parts for area in each.get("special_area", ())]
    whole |= {"special_area": list(dict.fromkeys(areas))} if said else {}
    # What was found goes before what was reported.
    found = {each.get("mineral") for each in parts}
    whole |= {"mineral": found.pop()} if len(found) == 1 and None not in found else {}
    # Whether the destroyed value is an estimate is told by the part it stands in.
    estimated = "destroyed_value" in line and parts[0]["estimated"]
    return {**whole, "batches": parts, "value_estimated": estimated}


def _batch(choose: Choose, said: bool, mineral: str | None) -> dict[str, object]:
    part = {
        "v": choose((None, 140, 901.88)),
        "value": choose(MONEY),
        "income": choose(MONEY),
        "mineral": mineral and choose((mineral, "钨")),
        "special_area": choose(([], ["禁采区"], ["国家规划矿区"])) if said else None,
    }
    return {**{k: v for k, v in part.items() if v is not None}, "estimated": choose((True, False))}


def _kind_of_land(choose: Choose, piece: dict[str, object]) -> dict[str, object]:
    """Now and then wood of a kind, grassland, or black soil."""
    kind, name = choose((None, None, None, "林地", "草地", "黑土")), piece["class"] or ""
    if kind == "林地":
        return {**piece, "class": kind, "destroyed": True, **choose(({}, {"forest": "public"}))}
    if kind == "草地":
        return {**piece, "class": kind, "area_mu": choose((9, 12, 21)), "destroyed": choose((True, None))}
    if kind and ("农田" in name or (kind == "黑土" and "耕地" in name)):
        return {**piece, "black_soil": choose((True, False)), "black_soil_m3": choose((400, 700, 1200))}
    return piece
