"""The gates and clocks of the law as tables of docs/procedure.md, for a legal reviewer to read."""

from collections.abc import Iterable
from datetime import date, timedelta

from law.findings import Level
from law.gates import GATES, Gate
from law.gates.shape import DEEDS
from law.places import names
from law.terms import TERMS, Length, Term, Unit, Whose
from law.terms.shape import UNIT_LABELS

YEAR = 12  # months
LEVELS = {Level.BLOCK: "不能办", Level.WARN: "提示，写入办理记录"}
WHOSE = {
    Whose.CITIZEN: "当事人",
    Whose.OFFICE: "本机关",
    Whose.POLICE: "公安机关、检察院",
    Whose.COURT: "人民法院",
    Whose.REVIEW: "行政复议机关",
}
GATE_COLUMNS = ("编号", "办理", "怎么说", "程度", "依据", "适用")
TERM_COLUMNS = ("编号", "期限", "谁的", "从", "多长", "提醒", "依据")
GATES_HEAD = """
## 法定把关

What stands before which deed (`law/gates`); guards, grey buttons and hints ask these rows. 尚未启用 = no act
records its facts yet: it stops nothing.
"""
TERMS_HEAD = """
## 法定期限

Every clock of the law (`law/terms`), counted by `manage.py term CODE --from DATE`. The day or hour it starts
from is not counted; a ？ marks what is not settled.
"""


def text() -> str:
    """Both tables as Markdown."""
    return GATES_HEAD + _table(GATE_COLUMNS, map(_gate, GATES)) + TERMS_HEAD + _table(TERM_COLUMNS, _terms())


def _table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = ["", "| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)]) + "\n"


def _gate(gate: Gate) -> tuple[str, ...]:
    return (
        gate.code,
        "、".join(DEEDS[deed] for deed in gate.at),
        gate.sentence,
        LEVELS[gate.level] if gate.armed else "尚未启用",
        gate.article + ("" if gate.sure else "？"),
        "、".join(filter(None, (names().get(gate.region, gate.region), _window(gate.since, gate.until))))
        or "全国",
    )


def _window(since: date | None, until: date | None) -> str:
    return (f"{since}起" if since else "") + (f"{until}止" if until else "")


def _terms() -> Iterable[tuple[str, ...]]:
    return (_length(term, length) for term in TERMS for length in term.lengths)


def _length(term: Term, length: Length) -> tuple[str, ...]:
    return (
        term.code,
        term.name + (f"（{length.label}）" if length.label else ""),
        WHOSE[term.whose],
        length.counted_from or term.counted_from or "—",
        _how_long(term, length) + (f"（{window}）" if (window := _days(length)) else ""),
        _alarm(term, length),
        (length.article or term.article) + ("" if length.sure else "？"),
    )


def _days(length: Length) -> str:
    """The days from which this length may be counted."""
    return _window(
        None if length.since == date.min else length.since,
        None if length.until == date.max else length.until - timedelta(days=1),
    )


def _how_long(term: Term, length: Length) -> str:
    if term.yearly:
        return "每年{}月{}日".format(*term.yearly)
    if length.count is None:
        return length.sentence
    unit, count = UNIT_LABELS[length.unit], length.count
    if length.unit == Unit.MONTH and count % YEAR == 0:
        unit, count = "年", count // YEAR
    said = f"{count}{unit}" + ("以前" if term.backward else "")
    if length.extension:
        said += f"，可延长{length.extension}{unit}" + ("，特别复杂的可更长" if length.unbounded else "")
    return said + (f"，不计{'、'.join(length.excludes)}" if length.excludes else "")


def _alarm(term: Term, length: Length) -> str:
    """When the office is reminded, and whether the last day moves (law/terms/counting.py)."""
    if length.count is None and not term.yearly:
        return "—"
    if length.unit == Unit.HOUR:
        return "到时"
    spare = f"再早{term.spare}个工作日" if term.spare else ""
    moved = "末日逢休息日顺延，提醒不顺延" if term.rolls else "末日逢休息日提前提醒"
    if length.unit == Unit.WORKDAY:
        moved = "末日当天"
    return "，".join(filter(None, (moved, spare)))
