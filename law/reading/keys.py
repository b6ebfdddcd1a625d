"""The keys of a JSON line and of its parts: what isn't among them is said, never dropped in silence."""

from collections.abc import Iterator, Mapping

DATES = (
    *("found", "filed", "noticed", "decided", "served", "referral_approved", "referred", "police_filed"),
    *("police_declined", "carried_out", "handed_over", "closed"),
)
KEYS = (
    *(
        "id",
        "as_of",
        "province",
        "county",
        "violation",
        "violations",
        "party",
        "mineral",
        "mine_scale",
        "quantity",
    ),
    *(
        "value",
        "illegal_income",
        "batches",
        "value_estimated",
        "destroyed_value",
        "special_area",
        "destructive",
        "eco_damage",
    ),
    *(
        "acts_from",
        "acts_ended",
        "continuing",
        "life_health",
        "right_exists",
        "refused_correct",
        "unpunished",
    ),
    *("land", "prior_penalties", "dates", "mitigation", "notice_waived", "plea_answered", "extended"),
    *("excluded_days", "decision", "paid", "referred", "not_referred", "joined", "closing"),
)
_PIECE = ("class", "area_mu", "area_m2", "conform_plan", "destroyed", "black_soil", "black_soil_m3", "forest")
INSIDE: dict[str, tuple[str, ...]] = {
    "quantity": ("v", "u", "density"),
    "batches": ("v", "u", "density", "value", "income", "mineral", "estimated", "special_area"),
    "land": _PIECE,
    "unpunished": ("date", "value", "land"),
    "prior_penalties": ("date", "for", "served", "revoked"),
    "dates": DATES,
    "decision": (
        *("fine", "confiscated_income", "confiscated_minerals", "confiscated_tools", "restoration", "party"),
    ),
}


def unknown_keys(line: Mapping[str, object]) -> list[str]:
    """Keys that a line has and nobody reads, also inside its parts: decision.fines."""
    unknown = [str(key) for key in line if key not in KEYS]
    for name, known in INSIDE.items():
        unknown += [f"{name}.{key}" for key in _keys_of(line.get(name)) if key not in known]
    for earlier in _rows(line.get("unpunished")):
        unknown += [f"unpunished.land.{key}" for key in _keys_of(earlier.get("land")) if key not in _PIECE]
    return sorted(dict.fromkeys(unknown))


def _rows(part: object) -> list[Mapping[str, object]]:
    return [each for each in (part if isinstance(part, list) else [part]) if isinstance(each, Mapping)]


def _keys_of(part: object) -> Iterator[str]:
    return (str(key) for row in _rows(part) for key in row)
