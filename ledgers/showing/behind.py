"""What stands behind a cell or an entry: facts with their days, and links a person may follow."""

from cases.models import Case, PoliceMatter, Referral
from clues.models import Clue
from ledgers.definitions import FIELDS, LAND, MINING, SUMMED, Kind
from ledgers.rows import LATE
from ledgers.showing.sheets import text_of

KINDS = {
    "case": ("案件", Case),
    "clue": ("线索", Clue),
    "referral": ("移送", Referral),
    "matter": ("公安事项", PoliceMatter),
}
DECIDED = "处罚决定作出后自动填上。"
ACCEPTED = "验收为完成后填“是”，没有验收完成的填“否”。"
POLICE = "公安机关登记措施，或者登记书面反馈后自动填上。"
HOW = {
    "party": "随案件的当事人，也可以在条目中修改。",
    "place": "随案件的位置，也可以在条目中修改。",
    "mineral": "随案件的采矿认定，也可以在条目中修改。",
    "land_area": "案件录入占地认定后自动填上，以最近一次认定为准。",
    "land_fine": DECIDED,
    "land_restored": ACCEPTED,
    "mined_tonnes": "案件录入采矿认定后自动填上，以最近一次认定为准。",
    "confiscated_tonnes": DECIDED,
    "mining_fine": DECIDED,
    "shutdown": ACCEPTED,
    "administrative_detention": POLICE,
    "criminal_detention": POLICE,
    "arrest": POLICE,
    "remark": "由系统按移送、结转、协办等情况生成，也可以在条目中修改。",
}
NO_POLICE = "这一条目没有移送公安机关，公安机关也没有自行查处。"
NO_SIDE = "这一条目不涉及{side}，或者已作出的决定没有这一项。"
SIDES = {LAND: "占地方面", MINING: "采矿方面"}


def addresses(user, things) -> dict:
    """{(kind, public id): address} of those among `things` that the person may open."""
    wanted: dict[str, set] = {}
    for kind, public_id, *_ in things:
        wanted.setdefault(kind, set()).add(public_id)
    found = {}
    for kind, ids in wanted.items():
        if kind not in KINDS:
            continue
        rows = KINDS[kind][1].objects.visible_to(user).filter(public_id__in=ids)
        found |= {(kind, row.public_id): row.get_absolute_url() for row in rows}
    return found


def column_label(form, key: str) -> str:
    """The column as the head has it: 占地方面 罚款金额."""
    path = next(column.path for column in form.columns if column.key == key)
    return " ".join(path[-2:])


def drawer(user, form, row, key: str) -> dict:
    """What the drawer of one cell shows."""
    one = row.cells[key]
    seen = addresses(user, [source.thing for source in one.sources if source.thing[0]])
    return {
        "label": column_label(form, key),
        "party": row.values["party"],
        "place": row.values.get("place") or "",
        "value": text_of(key, one.value),
        "unit": FIELDS[key].unit,
        "state": state_of(key, one),
        "how": HOW.get(key, ""),
        "facts": [_fact(source, seen) for source in one.sources],
        "is_figure": FIELDS[key].kind in SUMMED or FIELDS[key].kind == Kind.BOOL,
    }


def state_of(key: str, one) -> tuple[str, str]:
    """未填, 不适用 or 已确认为零, with the sentence that tells them apart; else nothing."""
    if one.value is None or one.value == "":
        if key == "remark":
            return "", ""
        if one.applicable:
            return "未填", "还没有录入。"
        return "不适用", _not_applicable(key)
    if FIELDS[key].kind in SUMMED and one.value == 0:
        return "零", "已确认为零，不是没有填。"
    return "", ""


def _not_applicable(key) -> str:
    if FIELDS[key].kind == Kind.PERSONS:
        return NO_POLICE
    land = key.startswith("land")
    return NO_SIDE.format(side=SIDES[LAND if land else MINING])


def _fact(source, seen) -> dict:
    kind, public_id, words = source.thing
    flags = [(LATE, "amber")] if source.late and source.counted else []
    if not source.counted:
        flags.append(("未计入", ""))
    return {
        "what": source.what,
        "detail": source.detail,
        "on": source.happened_on,
        "thing": f"{KINDS[kind][0]} {words}" if kind in KINDS else words,
        "url": seen.get((kind, public_id), ""),
        "flags": flags,
        "note": source.note,
    }


def linked(user, entry) -> list[dict]:
    """Clues, cases and police matters behind an entry; a link where the person may follow it."""
    links = entry.links.select_related("clue", "case__agency", "matter__agency").order_by("pk")
    things = [_thing_of(link) for link in links]
    seen = addresses(user, [(kind, thing.public_id) for kind, thing in things])
    return [
        {
            "kind": KINDS[kind][0],
            "words": str(thing),
            "note": _note_of(thing),
            "agency": str(thing.agency),
            "url": seen.get((kind, thing.public_id), ""),
        }
        for kind, thing in things
    ]


def _thing_of(link):
    if link.case_id:
        return "case", link.case
    return ("clue", link.clue) if link.clue_id else ("matter", link.matter)


def _note_of(thing) -> str:
    state = getattr(thing, "get_state_display", None)
    return state() if state else ""
