"""What the forms of this app share about a case: its position, its violations."""

from registry import codes


def at_position(cleaned: dict) -> dict:
    """What PositionFields read, as the case's own two fields; what was left empty stays."""
    position, none = cleaned.pop("position", None), cleaned.pop("no_position", False)
    if position:
        cleaned |= {"longitude": position.longitude, "latitude": position.latitude}
    elif none:
        cleaned |= {"longitude": None, "latitude": None}
    return cleaned


SIDES = ("mining_violations", "land_violations")


def of_sides(chosen) -> dict:
    """Codes of violations as the initial values of the two lists of boxes."""
    by_code = codes.by_code("violations")
    return {
        f"{side}_violations": [c for c in chosen if c in by_code and by_code[c]["side"] == side]
        for side in ("mining", "land")
    }


def refuse_only_tags(form, cleaned) -> None:
    """A case needs a violation; tags (以工程建设名义 …) only go with one."""
    chosen = cleaned.get("violations") or []
    if not chosen:
        form.add_error(SIDES[0], "请至少选一项违法类型。")
    elif all(codes.by_code("violations")[code]["tag"] for code in chosen):
        form.add_error(SIDES[0], "附加标签须与一项主要违法类型并用，请再选一项。")
