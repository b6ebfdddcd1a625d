"""A row of a workbook held against the entry that stands already: what it would change, and what
it may not (rule 12).

Decided values that the system holds are never overwritten; they come up as conflicts.
"""

from ledgers.fields import FIELDS, Value, is_blank
from ledgers.fields.remark import KEY as REMARK
from ledgers.models import ImportedValues
from ledgers.services.import_plan import Plan, Planned
from ledgers.services.import_standing import StandingRow
from ledgers.services.remark_parts import own_words, without_late

CLEAR_BLANKS = "空白处清除原有数字"
NO_HISTORY = "这一条目由几条归并而成，较早的台账不再补入，未写入。"


def compare(planned: Planned, plan: Plan) -> None:
    """Fill in the facts that the row brings and what they change; warn of what they may not."""
    stands, as_of = planned.stands, planned.as_of
    brought = {
        field.key: planned.row.values.get(field.key)
        for field in plan.form.imported
        if field.key in planned.row.present
    }
    if stands is None:
        if REMARK in brought:
            brought[REMARK] = without_late(brought[REMARK])
        planned.facts = brought
        return
    planned.older = as_of < plan.as_of or stands.latest is not None and as_of < stands.latest.as_of
    planned.kept_out = stands.gone or (NO_HISTORY if stands.is_joined and planned.older else "")
    if planned.kept_out:
        plan.warn(planned.row, "party", planned.kept_out)
        return
    if REMARK in brought:
        brought[REMARK] = own_words(brought[REMARK], stands.remark)
    if not plan.wanted.clear_blanks:
        _say_kept(planned, plan, brought)
        brought = _filled(brought)
    if not planned.older:
        brought = _open(planned, plan, brought)
    if stands.latest is None:
        brought = _filled(brought)
    then = _imported_words(stands.up_to(as_of))
    facts = {**then, **brought}
    planned.facts = {field.key: facts[field.key] for field in plan.form.imported if field.key in facts}
    shown = then or _imported_words(stands.latest)
    planned.changes = {
        FIELDS[key].label: (shown.get(key), value)
        for key, value in planned.facts.items()
        if not same(shown.get(key), value)
    }


def _filled(brought: dict[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in brought.items() if not is_blank(value)}


def _say_kept(planned: Planned, plan: Plan, brought: dict[str, Value]) -> None:
    """A blank erases nothing by itself: say what stays."""
    for key, value in brought.items():
        earlier = _value_in(planned.stands.latest, key)
        if is_blank(value) and not is_blank(earlier) and not planned.older:
            plan.warn(planned.row, key, kept(key, earlier))


def kept(key: str, value: Value) -> str:
    """The sentence of a blank cell whose value stays."""
    return f"此格空白，原有的{FIELDS[key].say(value)}保留不变。要清除的，请勾选“{CLEAR_BLANKS}”。"


def _imported_words(imported: ImportedValues | None) -> dict[str, Value]:
    return dict(imported.read) if imported else {}


def _open(planned: Planned, plan: Plan, brought: dict[str, Value]) -> dict[str, Value]:
    """What is left of `brought` without what the system shows already, from whatever fact, and
    without conflicts, which are warned of. An older form fills history all the same."""
    left = {}
    for key, value in brought.items():
        now = _now(planned.stands, key)
        if same(now, value) or _said_before_joining(planned.stands, key, value):
            continue
        if _is_conflict(planned.stands, key, now, value):
            plan.warn(planned.row, key, conflict(key, now, value))
        else:
            left[key] = value
    return left


def _now(stands: StandingRow, key: str) -> Value:
    return stands.remark if key == REMARK else stands.system.get(key)


def _said_before_joining(stands: StandingRow, key: str, value: Value) -> bool:
    """A workbook from before several rows were merged says again what it said of one of them."""
    return stands.is_joined and any(same(_value_in(last, key), value) for last in stands.last_of.values())


def _is_conflict(stands: StandingRow, key: str, now: Value, value: Value) -> bool:
    """The system's value isn't what the last workbook said, and isn't the row's."""
    earlier = _value_in(stands.latest, key)
    if key == REMARK:
        return stands.entry.remark_typed is not None and not is_blank(now) or stands.is_joined
    if is_blank(now):
        return stands.latest is not None and not is_blank(earlier)
    if is_blank(value) and is_blank(earlier):
        return False
    return stands.is_joined or not same(now, earlier)


def conflict(key: str, now: Value, value: Value) -> str:
    """The sentence of a conflict: both values, and that the system's stays."""
    return (
        f"系统中“{FIELDS[key].label}”为{FIELDS[key].say(now)}，表中为{FIELDS[key].say(value)}，"
        "没有用表中的值覆盖。请核对以哪个为准。"
    )


def _value_in(imported: ImportedValues | None, key: str) -> Value:
    return imported.of(key) if imported else None


def same(left: Value, right: Value) -> bool:
    """Whether two cell values say the same; nothing and an empty text do."""
    return is_blank(left) and is_blank(right) or left == right
