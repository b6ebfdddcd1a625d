"""A JSON line → facts. Every key may be missing; a missing one is not known."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from law import words
from law.facts import Batch, Decision, Earlier, Facts, Land, Party, Prior, Steps, Violation, as_known_on
from law.places import province_of
from law.reading import values
from law.reading.keys import DATES
from law.reading.values import BadInput

PRIOR_KINDS = {
    "illegal_mining": "illegal_mining",
    "illegal_land": "illegal_land",
    "illegal_farmland": "illegal_farmland",
    "illegal_grassland": "illegal_grassland",
    "other": "other",
    "非法采矿": "illegal_mining",
    "非法占地": "illegal_land",
    "非法占用农用地": "illegal_farmland",
    "非法占用草原": "illegal_grassland",
    "其他": "other",
}
Row = Mapping[str, object]


@values.or_said
def read_line(line: Row, as_of: date) -> Facts:
    """The facts of one line as of its own `as_of`, else `as_of`. Raises BadInput with a sentence."""
    if not isinstance(line, Mapping):
        raise BadInput("每行应是一个 JSON 对象。")
    day = values.day(line.get("as_of"), "as_of") or as_of
    given: dict[str, object] = {"as_of": day, "id": str(line.get("id") or "")}
    for part in (_place, _violations, _ore, _acts, _land, _records, _earlier):
        given |= part(line)
    given["steps"] = _steps(line)
    given["decisions"] = _decisions(line)
    return as_known_on(Facts(**given))


def _each(line: Row, names: tuple[str, ...], read: Callable) -> dict[str, object]:
    return {name: read(line.get(name), name) for name in names}


def _place(line: Row) -> dict[str, object]:
    province = values.region(line.get("province"))
    county = values.region(line.get("county"), province)
    name = line.get("party")
    party = Party(str(name), identified="不明" not in str(name)) if name else None
    return {
        "province": province or province_of(county),
        "county": county if county and not county.endswith("0000") else None,
        "parties": (party,) if party else (),
    }


def _violations(line: Row) -> dict[str, object]:
    given = line.get("violations") or line.get("violation") or []
    listed = given if isinstance(given, list) else [given]
    return {"violations": tuple(Violation(violation(each)) for each in dict.fromkeys(map(str, listed)))}


def violation(text: str) -> str:
    """The code for a code or a name."""
    code = words.violation_code(text)
    if code is None:
        raise BadInput(f"违法类型“{text[:20]}”不在代码表中。")
    return code


def known_word(value: object, what: str, find: Callable[[str], str | None]) -> str | None:
    """A word of a list; BadInput where it isn't one."""
    if value is None or value == "":
        return None
    word = find(str(value))
    if word is None:
        raise BadInput(f"{what}“{str(value)[:20]}”不在可选项中。")
    return word


def _ore(line: Row) -> dict[str, object]:
    money = _each(line, ("value", "illegal_income", "destroyed_value"), values.money)
    return {
        **money,
        "mineral": str(line["mineral"]) if line.get("mineral") else None,
        "mine_scale": known_word(line.get("mine_scale"), "mine_scale", words.mine_scale),
        "quantity": _quantity(line.get("quantity")),
        "batches": tuple(_batch(each) for each in line.get("batches") or ()),
        "value_estimated": bool(values.flag(line.get("value_estimated"), "value_estimated")),
        "special_area": _special(line.get("special_area")),
        **_each(line, ("destructive", "eco_damage"), values.flag),
    }


def _quantity(given: object) -> Decimal | None:
    """Tonnes where units and density allow, else the bare numbers: what counts is whether there is ore."""
    if given is None:
        return None
    rows = given if isinstance(given, list) else [{"v": given}]
    tonnes = [_tonnes(each) for each in rows]
    quantities = [each for each in tonnes if each is not None]
    return sum(quantities, Decimal(0)) if quantities else None


def _tonnes(row: Row) -> Decimal | None:
    amount = values.number(row.get("v"), "quantity")
    density = values.number(row.get("density"), "density")
    return (
        amount * density
        if amount is not None and density and row.get("u") in ("立方米", "m3", "m³", "方")
        else amount
    )


def _batch(row: Row) -> Batch:
    return Batch(
        _tonnes(row) if row.get("v") is not None else None,
        values.money(row.get("value"), "value"),
        values.money(row.get("income"), "income"),
        str(row["mineral"]) if row.get("mineral") else None,
        values.flag(row.get("estimated"), "estimated"),
        _special(row.get("special_area")),
    )


def _special(given: object) -> bool | tuple[str, ...] | None:
    if given is None or isinstance(given, bool):
        return given
    if given in ("是", "否"):
        return given == "是"
    listed = given if isinstance(given, list) else [given]
    return tuple(known_word(each, "special_area", words.special_area) for each in listed if each) or False


def _acts(line: Row) -> dict[str, object]:
    return {
        **_each(line, ("acts_from", "acts_ended"), values.day),
        **_each(line, ("continuing", "life_health", "right_exists", "refused_correct"), values.flag),
    }


def _land(line: Row) -> dict[str, object]:
    given = line.get("land")
    return {"land": None if given is None else tuple(land(each) for each in given)}


def land(row: Row) -> Land:
    """A piece of land; its area from area_mu (亩) or area_m2 (平方米)."""
    area = values.area(row.get("area_m2"), "area_m2", "平方米")
    return Land(
        known_word(row.get("class"), "class", words.land_class),
        area if area is not None else values.area(row.get("area_mu"), "area_mu", "亩"),
        *(values.flag(row.get(name), name) for name in ("conform_plan", "destroyed", "black_soil")),
        values.number(row.get("black_soil_m3"), "black_soil_m3"),
        known_word(row.get("forest"), "forest", _forest),
    )


def _forest(text: str) -> str | None:
    table = {words.PUBLIC: words.PUBLIC, words.COMMERCIAL: words.COMMERCIAL}
    return {**table, "公益林地": words.PUBLIC, "商品林地": words.COMMERCIAL}.get(text)


def _earlier(line: Row) -> dict[str, object]:
    priors, acts = line.get("prior_penalties"), line.get("unpunished")
    own = [each.get("class") for each in line.get("land") or ()]
    return {
        "prior_penalties": None if priors is None else tuple(_prior(each) for each in priors),
        "unpunished": None if acts is None else tuple(_unpunished(each, own) for each in acts),
    }


def _prior(row: Row) -> Prior:
    on = values.day(row.get("date"), "date")
    if on is None:
        raise BadInput("prior_penalties 每项应有 date。")
    served, revoked = (values.flag(row.get(name), name) for name in ("served", "revoked"))
    return Prior(on, known_word(row.get("for"), "for", PRIOR_KINDS.get), served is not False, bool(revoked))


def _unpunished(row: Row, own: list) -> Earlier:
    on = values.day(row.get("date"), "date")
    if on is None:
        raise BadInput("unpunished 每项应有 date。")
    return Earlier(on, values.money(row.get("value"), "value"), _earlier_land(row.get("land"), own))


def _earlier_land(given: object, own: list) -> tuple[Land, ...]:
    """Pieces as in `land`, or a number of 亩 of the case's own class; destroyed unless it says no."""
    if given is None:
        return ()
    if not isinstance(given, Mapping | list):
        given = {"class": own[0] if len(set(own)) == 1 else None, "area_mu": given}
    rows = given if isinstance(given, list) else [given]
    return tuple(land({"destroyed": True, **each}) for each in rows)


def _steps(line: Row) -> Steps:
    given = line.get("dates") or {}
    moments = {name: values.moment(given.get(name), name) for name in DATES}
    return Steps(**moments, joined=_joined_on(line.get("joined")))


def _joined_on(given: object) -> date | None:
    return (
        None
        if given is None or isinstance(given, bool) or given in ("是", "否")
        else values.day(given, "joined")
    )


def _records(line: Row) -> dict[str, object]:
    """Deeds and exceptions: what is not recorded did not happen."""
    extended, excluded = line.get("extended"), line.get("excluded_days")
    joined = line.get("joined")
    return {
        "notice_waived": bool(line.get("notice_waived")),
        "plea_answered": bool(line.get("plea_answered")),
        "extended": extended if isinstance(extended, bool) else values.days(extended, "extended"),
        "excluded_days": values.days(excluded, "excluded_days"),
        "paid": values.money(line.get("paid"), "paid"),
        "sent": bool(values.flag(line.get("referred"), "referred")),
        "not_referred": bool(line.get("not_referred")),
        "took_part": joined is True or joined == "是",
        "closing": known_word(line.get("closing"), "closing", words.closing),
    }


def _decisions(line: Row) -> tuple[Decision, ...]:
    given = line.get("decision")
    if given is None:
        return ()
    rows = given if isinstance(given, list) else [given]
    ground = line.get("mitigation")
    mitigation = "行政处罚法第三十二条" if ground is True else str(ground or "")
    return tuple(_decision(each, mitigation) for each in rows)


def _decision(row: Row, mitigation: str) -> Decision:
    return Decision(
        values.money(row.get("fine"), "fine"),
        values.money(row.get("confiscated_income"), "confiscated_income"),
        *(
            values.taken(row.get(name), name)
            for name in ("confiscated_minerals", "confiscated_tools", "restoration")
        ),
        mitigation=mitigation,
        party=str(row.get("party") or ""),
    )
