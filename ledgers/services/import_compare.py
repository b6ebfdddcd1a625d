"""A row of a workbook held against the entry that stands already: what it would change, and what
it may not (design.md §6 rule 12).

Decided values that the system holds are never overwritten; they come up as conflicts.
"""

from common.quantities import show_persons
from ledgers.definitions import FIELDS, Kind
from ledgers.services.cells import SHOW
from ledgers.services.import_known import Known
from ledgers.services.remark_parts import own_words, without_late

FACT_KEYS = (
    "land_area",
    "land_fine",
    "land_restored",
    "mined_tonnes",
    "confiscated_tonnes",
    "mining_fine",
    "shutdown",
    "administrative_detention",
    "criminal_detention",
    "arrest",
)
WORD_KEYS = ("mineral", "remark")
KEYS = (*FACT_KEYS, *WORD_KEYS)
NO_HISTORY = "这一条目由几条归并而成，较早的台账不再补入，未写入。"


def compare(planned, plan) -> None:
    """Fill in the facts that the row brings and what they change; warn of what they may not."""
    known = planned.known
    brought = {key: planned.row.values.get(key) for key in KEYS if key in planned.row.present}
    if known is None:
        if "remark" in brought:
            brought["remark"] = without_late(brought["remark"])
        planned.facts = brought
        return
    planned.older = known.latest is not None and plan.as_of < known.latest.as_of
    planned.kept_out = known.gone or (NO_HISTORY if known.is_joined and planned.older else "")
    if planned.kept_out:
        plan.warn(planned.row, "party", planned.kept_out)
        return
    if "remark" in brought:
        brought["remark"] = own_words(brought["remark"], known.remark)
    if not planned.older:
        brought = _open(planned, plan, brought)
    if known.latest is None:
        brought = {key: value for key, value in brought.items() if not is_blank(value)}
    then = _told(known.then)
    planned.facts = {**then, **brought}
    shown = then or _told(known.latest)
    planned.changes = {
        FIELDS[key].label: (shown.get(key), value)
        for key, value in planned.facts.items()
        if not same(shown.get(key), value)
    }


def _told(facts) -> dict:
    return {key: getattr(facts, key) for key in KEYS} if facts else {}


def _open(planned, plan, brought) -> dict:
    """What is left of `brought` without what the system shows already, from whatever fact, and
    without conflicts, which are warned of. An older form fills history all the same."""
    left = {}
    for key, value in brought.items():
        now = _now(planned.known, key)
        if same(now, value) or _told_before_joining(planned.known, key, value):
            continue
        if _is_conflict(planned.known, key, now, value):
            plan.warn(planned.row, key, conflict(key, now, value))
        else:
            left[key] = value
    return left


def _now(known: Known, key):
    return known.remark if key == "remark" else known.system.get(key)


def _told_before_joining(known: Known, key, value) -> bool:
    """A workbook from before several rows were merged says again what it said of one of them."""
    return known.is_joined and any(same(getattr(facts, key, None), value) for facts in known.last_of.values())


def _is_conflict(known: Known, key, now, value) -> bool:
    """The system's value isn't what the last workbook said, and isn't the row's."""
    told = getattr(known.latest, key, None)
    if key == "remark":
        return known.entry.remark_typed is not None and not is_blank(now) or known.is_joined
    if is_blank(now):
        return known.latest is not None and not is_blank(told)
    if is_blank(value) and is_blank(told):
        return False
    return known.is_joined or not same(now, told)


def conflict(key, now, value) -> str:
    """The sentence of a conflict: both values, and that the system's stays."""
    return (
        f"系统中“{FIELDS[key].label}”为{words_of(key, now)}，表中为{words_of(key, value)}，"
        "没有用表中的值覆盖。请核对以哪个为准。"
    )


def words_of(key, value) -> str:
    """A value as a sentence says it: with its unit, 是 or 否, words in quotes, 空 for none."""
    field = FIELDS[key]
    if is_blank(value):
        return "空"
    if field.kind == Kind.BOOL:
        return "“是”" if value else "“否”"
    if field.kind == Kind.TEXT:
        return f"“{value}”"
    return f" {SHOW.get(field.kind, show_persons)(value)} {field.unit}"


def is_blank(value) -> bool:
    """Nothing, or an empty text."""
    return value is None or value == ""


def same(one, other) -> bool:
    """Whether two cell values say the same; nothing and an empty text do."""
    return is_blank(one) and is_blank(other) or one == other
