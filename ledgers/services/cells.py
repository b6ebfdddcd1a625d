"""The cells of the 自然资源 half: areas, tonnes, fines, 是否恢复, 是否取缔 (rules 3, 6, 8)."""

from collections.abc import Callable
from decimal import Decimal

from cases.models import CompletionKind, DecisionState
from common.quantities import show_area, show_money, show_tonnes
from ledgers.definitions import FIELDS, Kind
from ledgers.rows import Cell, Source
from ledgers.services.facts import Facts, case_thing, clue_sides, tonnes_of

BOTH = frozenset({"land", "mining"})
SIDE_COLUMNS = {
    "land": ("land_area", "land_fine", "land_restored"),
    "mining": ("mined_tonnes", "confiscated_tonnes", "mining_fine", "shutdown"),
}
SHOW = {Kind.AREA: show_area, Kind.MONEY: show_money, Kind.TONNES: show_tonnes}


def side_cells(facts: Facts, entry) -> dict[str, Cell]:
    """The seven cells of the land and the mining side."""
    sides = sides_of(facts, entry)
    return {
        "land_area": _summed(facts, entry, "land_area", _land, "land" in sides),
        "land_fine": _decided(facts, entry, "land_fine", "land", "fine", sides),
        "land_restored": _accepted(facts, entry, "land_restored", "land", sides),
        "mined_tonnes": _summed(facts, entry, "mined_tonnes", _mined, "mining" in sides),
        "confiscated_tonnes": _decided(
            facts, entry, "confiscated_tonnes", "mining", "confiscate_minerals", sides
        ),
        "mining_fine": _decided(facts, entry, "mining_fine", "mining", "fine", sides),
        "shutdown": _accepted(facts, entry, "shutdown", "mining", sides),
    }


def sides_of(facts: Facts, entry) -> frozenset:
    """The sides that an entry has; both while nothing tells, none for a police-only row."""
    cases, clues = facts.cases.get(entry.pk, []), facts.clues.get(entry.pk, [])
    if not cases and not clues:
        return frozenset()
    found = set().union(*(case_sides(facts, case) for case in cases))
    if not cases:
        found = set().union(*(clue_sides(clue) for clue in clues))
    return frozenset(found) or BOTH


def case_sides(facts: Facts, case) -> set:
    """The sides of one case: its violations, findings and items, and its imported columns."""
    imported = facts.imported.get(case.pk)
    brought = {
        side
        for side, keys in SIDE_COLUMNS.items()
        if imported and any(getattr(imported, key) is not None for key in keys)
    }
    return facts.sides.get(case.pk, set()) | brought


def _land(facts, entry, case):
    for row in facts.land.get(case.pk, []):
        detail = f"{row.get_land_class_display()} {show_area(row.area)}亩"
        key = f"land:{row.pk}"
        yield (row.area, facts.source(entry, key, "占地认定", detail, row.happened_on, case_thing(case)))


def _mined(facts, entry, case):
    for row in facts.minerals.get(case.pk, []):
        tonnes = tonnes_of(row)
        if tonnes is None:
            continue
        detail = f"{row.mineral} {show_tonnes(tonnes)}吨"
        if row.tonnes is None:
            detail += f"（{show_area(row.volume)}立方米×{show_area(row.density)}）"
        key = f"mineral:{row.pk}"
        yield (tonnes, facts.source(entry, key, "采矿认定", detail, row.happened_on, case_thing(case)))


def _summed(facts: Facts, entry, key, own: Callable, applicable: bool) -> Cell:
    """Own facts of each case, else what its workbook said; summed over the cases.

    A native case joined to an imported row is the same matter: where it has a fact of its own,
    the workbook's figure gives way, or the matter would count twice (rule 12).
    """
    cell = Cell(applicable=applicable)
    left_out = False
    cases = facts.cases.get(entry.pk, [])
    found = {case.pk: list(own(facts, entry, case)) for case in cases}
    native = any(found[case.pk] for case in cases if not case.imported)
    for case in cases:
        told = found[case.pk] or ([] if native else _brought(facts, entry, case, key))
        for value, source in told:
            cell.sources.append(source)
            if source.counted:
                cell.value = value if cell.value is None else cell.value + value
            else:
                left_out = True
    if cell.value is not None:
        cell.applicable = True
    elif left_out:
        cell.applicable = False
    return cell


def _brought(facts, entry, case, key):
    """The figure of the case's latest workbook; it counts whenever it is dated (rule 12)."""
    imported = facts.imported.get(case.pk)
    value = getattr(imported, key) if imported else None
    if value is None:
        return
    source = _imported_source(facts, entry, case, key, value)
    yield value, source


def _imported_source(facts, entry, case, key, value) -> Source:
    imported, field = facts.imported[case.pk], FIELDS[key]
    if field.kind == Kind.BOOL:
        words = "是" if value else "否"
    else:
        words = f"{SHOW.get(field.kind, str)(value)}{field.unit}"
    fact = f"imported:{case.pk}:{key}:{format(Decimal(value).normalize(), 'f')}"
    source = facts.source(entry, fact, "台账导入", f"{field.label} {words}", imported.as_of, case_thing(case))
    source.counted, source.note = True, ""
    return source


def _decided(facts: Facts, entry, key, side, kind, sides) -> Cell:
    """Sums over the items decided on or before the day and not revoked by then."""

    def own(facts, entry, case):
        for item in facts.items.get(case.pk, []):
            if item.side == side and item.kind == kind:
                yield from _item(facts, entry, case, key, item)

    cell = _summed(facts, entry, key, own, side in sides)
    if cell.value is None and cell.applicable and _decided_without(facts, entry, side, kind):
        cell.applicable = False
    return cell


def _item(facts, entry, case, key, item):
    money = FIELDS[key].kind == Kind.MONEY
    value = item.amount if money else item.tonnes
    if value is None:
        return
    decision = item.decision
    shown = f"{show_money(value)}元" if money else f"{show_tonnes(value)}吨"
    source = facts.source(
        entry,
        f"item:{item.pk}",
        "处罚决定",
        f"{decision.number or '决定书'} {item.get_kind_display()} {shown}",
        decision.decided_on,
        case_thing(case),
    )
    if not stands(decision, facts.as_of):
        source.counted, source.note = False, "已撤销，不计入"
    yield value, source


def stands(decision, as_of) -> bool:
    """Whether a decision made was not revoked by the day."""
    if decision.state == DecisionState.MADE:
        return True
    return bool(decision.revoked_on and decision.revoked_on > as_of)


def _decided_without(facts, entry, side, kind) -> bool:
    """A decision on this side stands and has no such item: 不适用, nothing is left to fill in."""
    items = [
        item
        for case in facts.cases.get(entry.pk, [])
        for item in facts.items.get(case.pk, [])
        if item.side == side and stands(item.decision, facts.as_of)
    ]
    return bool(items) and all(item.kind != kind for item in items)


ORDERS = {
    "land_restored": (CompletionKind.RESTORATION, "验收恢复原状"),
    "shutdown": (CompletionKind.SHUTDOWN, "验收取缔"),
}


def _accepted(facts: Facts, entry, key, side, sides) -> Cell:
    """是 only when every case of this side was accepted as complete, 否 while one stands open."""
    cell = Cell(applicable=side in sides)
    kind, answers = ORDERS[key][0], []
    cases = facts.cases.get(entry.pk, [])
    seen = any((case.pk, kind) in facts.completion_checks for case in cases if not case.imported)
    told = not seen and any(_imported_answer(facts, case, key) is not None for case in cases)
    for case in cases:
        own = case_sides(facts, case)
        if own and side not in own:
            continue
        answer = _answer(facts, entry, case, key, side, cell, seen=seen, told=told)
        if answer is not NO_SAY:
            answers.append(answer)
    if any(answer is False for answer in answers):
        cell.value = False
    elif answers and all(answers):
        cell.value = True
    if cell.value is not None:
        cell.applicable = True
    return cell


NO_SAY = object()


def _imported_answer(facts, case, key) -> bool | None:
    imported = facts.imported.get(case.pk)
    return getattr(imported, key) if imported else None


def _answer(facts, entry, case, key, side, cell, *, seen, told):
    """One case's 是, 否 or not yet. Looked at in the system (`seen`) stands above a workbook's word
    (`told`), and that above a finding that nobody looked at again."""
    kind, what = ORDERS[key]
    accepted = facts.completion_checks.get((case.pk, kind))
    if accepted:
        last = accepted[-1]
        words = "已完成" if last.complete else "未完成"
        source = Source(f"completion_check:{last.pk}", what, words, last.happened_on, case_thing(case))
        source.late = facts.is_late(entry, source.key, last.happened_on)
        cell.sources.append(source)
        return last.complete
    value = _imported_answer(facts, case, key)
    if value is not None and not seen:
        cell.sources.append(_imported_source(facts, entry, case, key, value))
        return value
    if case.imported and seen or not case.imported and told:
        return NO_SAY
    return _open_answer(facts, case, key, side, cell)


def _open_answer(facts, case, key, side, cell) -> bool | None:
    """否 where something was found or decided and not accepted yet; None where nothing was."""
    found = facts.land if side == "land" else facts.minerals
    items = [item for item in facts.items.get(case.pk, []) if item.side == side]
    if not found.get(case.pk) and not items:
        return None
    day = found[case.pk][0].happened_on if found.get(case.pk) else items[0].decision.decided_on
    cell.sources.append(
        Source(f"open:{case.pk}:{key}", ORDERS[key][1], "还没有验收为完成", day, case_thing(case))
    )
    return False
