"""Several lines of one firm at one place: the land half on one, the mining half on another.

Where their figures don't collide they are one entry. Where they do, a person says what they are.
"""

from dataclasses import replace
from enum import StrEnum

from ledgers.fields import Kind, LedgerField, Use, Value, is_blank
from ledgers.fields.remark import PARTS
from ledgers.fields.words import NAMES
from ledgers.layouts import Layout
from ledgers.sheets.tables import ReadRow


class Joining(StrEnum):
    """What several lines of one firm at one place are."""

    SUM = "sum"
    FIRST = "first"
    APART = "apart"


def clashing(form: Layout, rows: list[ReadRow]) -> tuple[str, ...]:
    """The columns in which the lines can't be one: a figure stands in two of them, words differ."""
    fields = (field for field in form.imported if field.use != Use.REMARK)
    return tuple(field.key for field in fields if _clashes(field, _saying(field, rows)))


def are_the_same(form: Layout, rows: list[ReadRow]) -> bool:
    """A line that stands there again, cell for cell."""
    told = [[row.values.get(field.key) for field in form.imported] for row in rows]
    return all(each == told[0] for each in told)


def _saying(field: LedgerField, rows: list[ReadRow]) -> list[ReadRow]:
    """The lines that say something in a column; a zero beside a figure says nothing."""
    filled = [row for row in rows if not is_blank(row.values.get(field.key))]
    return [row for row in filled if not field.is_summed or row.values[field.key] != 0]


def _clashes(field: LedgerField, saying: list[ReadRow]) -> bool:
    if field.is_summed:
        return len(saying) > 1
    return len({row.values[field.key] for row in saying}) > 1


def joined(form: Layout, rows: list[ReadRow], how: str = Joining.FIRST) -> ReadRow:
    """The lines as one row: each cell from the line that fills it; figures that stand in several are
    added up (SUM), or the first counts (FIRST)."""
    values, typed = dict(rows[0].values), dict(rows[0].typed)
    for field in form.imported:
        saying = _saying(field, rows) or [row for row in rows if not is_blank(row.values.get(field.key))]
        if saying:
            values[field.key] = _one_of(field, [row.values[field.key] for row in saying], how)
        words = [row.typed.get(field.key, "") for row in saying or rows]
        typed[field.key] = _typed(field, [word for word in words if word], how)
    columns = {key: at for row in reversed(rows) for key, at in row.columns.items()}
    present = frozenset().union(*(row.present for row in rows))
    return replace(rows[0], values=values, typed=typed, present=present, columns=columns)


def _one_of(field: LedgerField, said: list[Value], how: str) -> Value:
    if field.use == Use.REMARK:
        return PARTS.join(dict.fromkeys(said))
    if how != Joining.SUM:
        return said[0]
    if field.is_summed:
        return sum(said)
    if field.kind == Kind.BOOL:
        return all(said)
    return NAMES.join(dict.fromkeys(said)) if field.kind == Kind.TEXT else said[0]


def _typed(field: LedgerField, words: list[str], how: str) -> str:
    """What stood in the cells of the lines, as the preview shows it."""
    if not words:
        return ""
    if field.use == Use.REMARK:
        return PARTS.join(dict.fromkeys(words))
    if how != Joining.SUM:
        return words[0]
    return " + ".join(words) if field.is_summed else NAMES.join(dict.fromkeys(words))
