"""What the preview of an import posts: roles of sheets, fields of columns, units, cells, lines of one firm.

Names of inputs say what they are of: `sheet:NAME`, `column:ID`, `unit:ID`, `density:ID`, `join:NAME`,
`edit:ROW:KEY:SHEET`. What a page doesn't show stays as it was.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ledgers.fields import FIELDS
from ledgers.models import ImportBatch
from ledgers.services.import_joining import Joining
from ledgers.services.import_plan import Wanted
from ledgers.services.import_reading import wanted_of
from ledgers.sheets.choices import Choices, Role
from ledgers.sheets.identities import masked

# In a select, what isn't answered yet, and a column that isn't read.
UNANSWERED, UNREAD = "?", "-"
LONGEST = 500


@dataclass(frozen=True)
class Told:
    """What was posted, beside what was chosen before."""

    choices: Choices
    wanted: Wanted
    edited: list[list]


def told_in(posted, batch: ImportBatch) -> Told:
    """The choices of a batch with what a form posted."""
    chosen = Choices.from_dict(batch.choices)
    columns, units = dict(chosen.columns), dict(chosen.units)
    for column in columns_of(batch):
        _column(posted, column, columns)
        _unit(posted, column, units)
    edits, edited = _edits(posted, batch, chosen)
    return Told(
        replace(chosen, sheets=_sheets(posted, batch, chosen), columns=columns, units=units, edits=edits),
        _wanted(posted, batch),
        edited,
    )


def differs(posted, batch: ImportBatch) -> bool:
    """Whether a form posts something that the preview didn't show yet."""
    told = told_in(posted, batch)
    return (told.choices, told.wanted) != (Choices.from_dict(batch.choices), wanted_of(batch))


def columns_of(batch: ImportBatch) -> list[dict]:
    """The columns that were found, each head once."""
    sheets = batch.report.get("sheets", ())
    return list({column["id"]: column for sheet in sheets for column in sheet["columns"]}.values())


def _sheets(posted, batch, chosen) -> dict[str, str]:
    roles = dict(chosen.sheets)
    for sheet in batch.report.get("sheets", ()):
        role = posted.get(f"sheet:{sheet['name']}", "")
        if role in set(Role) and role != sheet["role"]:
            roles[sheet["name"]] = role
    return roles


def _column(posted, column, columns) -> None:
    """A column's field where somebody chose it: another than is read, or an answer to a question."""
    key = posted.get(f"column:{column['id']}", UNANSWERED)
    if key != UNREAD and key not in FIELDS:
        return
    key = "" if key == UNREAD else key
    if column["question"] or key != column["key"]:
        columns[column["id"]] = key


def _unit(posted, column, units) -> None:
    unit = posted.get(f"unit:{column['id']}", "")
    density = posted.get(f"density:{column['id']}", "").strip()[:20]
    if unit not in column["units"]:
        return
    unit = f"{unit}×{density}" if density else unit
    if column["question"] or unit != column["unit"]:
        units[column["id"]] = unit


def _edits(posted, batch, chosen) -> tuple[dict, list]:
    """Cells typed in the preview, and how each stood in the workbook."""
    typed = {(row["sheet"], row["row"]): row["typed"] for row in batch.rows}
    edits, edited = dict(chosen.edits), [*batch.choices.get("edited", [])]
    known = {tuple(place) for *place, _ in edited}
    for place, words in _posted_cells(posted):
        sheet, row, key = place
        if (sheet, row) not in typed or key not in FIELDS or words == typed[sheet, row].get(key, ""):
            continue
        edits[place] = masked(words)  # the batch keeps it: no identity number in clear
        if place not in known:
            edited.append([*place, typed[sheet, row].get(key, "")])
    return edits, edited


def _posted_cells(posted) -> Iterator[tuple[tuple[str, int, str], str]]:
    for name in posted:
        kind, _, rest = name.partition(":")
        row, _, rest = rest.partition(":")
        key, _, sheet = rest.partition(":")
        if kind == "edit" and row.isdecimal() and len(row) < 8:
            yield (sheet, int(row), key), posted[name].strip()[:LONGEST]


def _wanted(posted, batch) -> Wanted:
    wanted = wanted_of(batch)
    joins = dict(wanted.joins)
    for alike in batch.report.get("alike", ()):
        answer = posted.get(f"join:{alike['name']}", "")
        if answer in set(Joining) and answer != alike["answer"]:
            joins[alike["name"]] = answer
    clears = "clear_blanks" in posted if "choosing" in posted else wanted.clear_blanks
    return replace(wanted, joins=joins, clear_blanks=clears)
