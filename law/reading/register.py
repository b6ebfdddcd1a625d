"""Rows of a case register → facts. Rows of one 案号 are parties of one case."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal

from law import words
from law.facts import NOTHING, Decision, Facts, Land, Party, Steps, Violation, as_known_on, day_of
from law.places import province_of
from law.reading import values
from law.reading.columns import BY_KEY
from law.reading.lines import known_word, violation

ZERO = Decimal(0)
# What a register can say: nothing else is asked for as a missing fact.
CARRIES = frozenset(
    {
        *("violation", "county", "value", "illegal_income", "mineral", "mine_scale", "acts_ended"),
        *("land", "land.class", "land.area", "land.destroyed", "dates.found", "dates.filed", "dates.noticed"),
        *("dates.decided",),
        *("decision.fine", "decision.confiscated_income", "decision.confiscated_minerals"),
        *("decision.confiscated_tools", "decision.restoration", "paid", "closing"),
    }
)
Cells = Mapping[str, object]


def _text(value: object, what: str) -> str | None:
    return str(value).strip() or None if value is not None else None


def _violations(value: object, what: str) -> tuple[str, ...]:
    listed = str(value or "").replace("，", "、").replace(",", "、").split("、")
    return tuple(dict.fromkeys(violation(each.strip()) for each in listed if each.strip()))


def _taken_tonnes(value: object, what: str) -> bool | str | None:
    """没收矿产品(吨): more than nothing is taken, 0 not taken, 无 nothing there to take."""
    if isinstance(value, str) and value.strip() == "无":
        return NOTHING
    amount = values.number(value, what)
    return None if amount is None else amount > 0


_READERS: dict[str, Callable[[object, str], object]] = {
    "text": _text,
    "day": values.moment,
    "money": values.money,
    "area": lambda value, what: values.area(value, what, "亩"),
    "tonnes": values.number,
    "taken_tonnes": _taken_tonnes,
    "flag": values.flag,
    "taken": values.taken,
    "persons": values.number,
    "violations": _violations,
    "closing": lambda value, what: known_word(value, what, words.closing),
    "scale": lambda value, what: known_word(value, what, words.mine_scale),
    "region": lambda value, what: values.region(value),
}


@values.or_said
def read_cells(cells: Cells) -> dict[str, object]:
    """Each cell by its column's kind. Raises BadInput with the column's head in its sentence."""
    return {
        key: _READERS[BY_KEY[key].kind](value, BY_KEY[key].head)
        for key, value in cells.items()
        if key in BY_KEY
    }


@values.or_said
def read_rows(rows: Iterable[Cells], as_of: date) -> Facts:
    """The facts of one case from its rows (one per party), cells by the keys of `COLUMNS`.

    Raises BadInput with a sentence.
    """
    read = [read_cells(row) for row in rows]
    first = _merged(read)
    return as_known_on(
        Facts(
            as_of=as_of,
            carries=CARRIES,
            decisions=tuple(filter(None, map(_decision, read))),
            parties=tuple(_party(row) for row in read if row.get("party")),
            steps=_steps(first),
            **_place(first),
            **_acts(first),
            **{key: _total(read, key) for key in ("value", "illegal_income", "quantity", "paid")},
        )
    )


def _merged(rows: list[dict[str, object]]) -> dict[str, object]:
    """What holds for the case: the first row that says it."""
    merged: dict[str, object] = {}
    for row in rows:
        for key, value in row.items():
            if merged.get(key) in (None, ()):
                merged[key] = value
    return merged


def _total(rows: list[dict[str, object]], key: str) -> Decimal | None:
    """A figure of the case: the same in every row is repeated, different ones are each party's own."""
    amounts = [row[key] for row in rows if row.get(key) is not None]
    if not amounts:
        return None
    return amounts[0] if len(set(amounts)) == 1 and key != "paid" else sum(amounts, ZERO)


def _party(row: Cells) -> Party:
    name = row["party"]
    return Party(name, row.get("party_kind") or "", identified="不明" not in name)


def _place(row: Cells) -> dict[str, object]:
    county = row.get("county")
    return {"county": county, "province": province_of(county)}


def _acts(row: Cells) -> dict[str, object]:
    return {
        "id": row.get("number") or "",
        "violations": tuple(Violation(code) for code in row.get("violations") or ()),
        "mineral": row.get("mineral"),
        "mine_scale": row.get("mine_scale"),
        "acts_ended": row.get("acts_ended") and day_of(row["acts_ended"]),
        "closing": row.get("closing"),
        "land": _land(row),
    }


def _land(row: Cells) -> tuple[Land, ...] | None:
    """永久基本农田, the other 耕地, and the rest: of which it is known whether it is arable or not."""
    area, arable, prime = (row.get(key) for key in ("area", "arable", "prime"))
    if area is None and arable is None and prime is None:
        return None
    destroyed = row.get("destroyed")
    rest_class = words.ARABLE if prime is not None else words.SOME_ARABLE
    pieces = [(words.PRIME, prime), (rest_class, _less(arable, prime))]
    outside = arable if arable is not None else prime
    pieces.append((words.OTHER_LAND if arable is not None else None, _less(area, outside)))
    rows = [
        Land(land_class, size, destroyed=None if land_class == words.OTHER_LAND else destroyed)
        for land_class, size in pieces
        if size
    ]
    return tuple(rows)


def _less(whole: Decimal | None, part: Decimal | None) -> Decimal | None:
    return None if whole is None else max(whole - (part or ZERO), ZERO)


_STEPS = (
    *("found", "filed", "noticed", "decided", "served", "referred", "police_filed", "police_declined"),
    *("carried_out", "joined", "closed"),
)


def _steps(row: Cells) -> Steps:
    return Steps(**{key: row.get(key) for key in _STEPS})


def _decision(row: Cells) -> Decision | None:
    """The penalty of one party; None where the row has none."""
    parts = {key: row.get(key) for key in ("fine", "income", "minerals", "tools", "structures")}
    if all(part is None for part in parts.values()) and not row.get("decision_number"):
        return None
    return Decision(**parts, mitigation=row.get("mitigation") or "", party=row.get("party") or "")
