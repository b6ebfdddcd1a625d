"""What somebody marked on a workbook: cells filled or written in a colour, and comments.

The parser behind the gate knows values only, so this reads the styles: row by row, never the whole
sheet at once, and only of an .xlsx; the file has passed the gate before.
"""

import colorsys
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
from openpyxl.comments.comment_sheet import CommentSheet
from openpyxl.packaging.relationship import get_dependents, get_rels_path
from openpyxl.styles.colors import COLOR_INDEX, Color
from openpyxl.utils import coordinate_to_tuple
from openpyxl.xml.functions import fromstring

from ledgers.sheets.limits import MAX_ROWS, Limits, Unreadable
from ledgers.sheets.styles import SUBTOTAL, TOTAL

UNREADABLE = "标色和批注读不出来。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。"
_COMMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
TOO_MANY = "标了颜色的格过多。请只标需要核对的格，去掉整列、整表的底色后再上传。"
_MOST = 100_000
_LONGEST_COMMENT = 2000
_DEEPEST_ROW = MAX_ROWS + Limits().slack
# A comment can stand on any cell that a spreadsheet has.
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
# What a theme's numbers mean where the workbook keeps the usual one: paper, ink, and the accents.
_THEME = (
    "FFFFFF", "000000", "E7E6E6", "44546A", "4472C4", "ED7D31", "A5A5A5", "FFC000", "5B9BD5", "70AD47",
)  # fmt: skip
_OWN = {tint.fgColor.rgb[-6:] for tint in (SUBTOTAL, TOTAL)}
_HUES = ((15, "红"), (45, "橙"), (70, "黄"), (170, "绿"), (200, "青"), (260, "蓝"), (345, "紫"), (360, "红"))
_PALE, _GREY = 0.97, 0.12
# Newer programs put a sentence about themselves before what was written, then 注释: or Comment:.
_THREADED = re.compile(r"\A\[.*?linkid=870924\s*\n\s*\S+[:：]\s*", re.DOTALL)


@dataclass(frozen=True)
class CellMark:
    """What was done to one cell: its colour in words (标黄, 红字), its comment and who wrote it."""

    colour: str = ""
    comment: str = ""
    author: str = ""


Marks = dict[tuple[int, int], CellMark]


def read_marks(path: Path | str, limits: Limits) -> dict[str, Marks]:
    """Sheet name → (row, column) → mark; rows and columns count from 1."""
    try:
        book = load_workbook(path, read_only=True)
        try:
            with zipfile.ZipFile(path) as archive:
                return {sheet.title: _marks_of(sheet, archive, limits) for sheet in book.worksheets}
        finally:
            book.close()
    except Unreadable:
        raise
    except Exception as error:  # noqa: BLE001 - a style sheet can be wrong in more ways than can be listed
        raise Unreadable(UNREADABLE) from error


def _marks_of(sheet, archive: zipfile.ZipFile, limits: Limits) -> Marks:
    sheet.reset_dimensions()
    marks: Marks = {}
    shades: dict[int, CellMark | None] = {}
    for cells in sheet.iter_rows(max_row=_DEEPEST_ROW, max_col=limits.columns):
        for cell in cells:
            if isinstance(cell, EmptyCell):
                continue
            # A style is looked at once, however many cells wear it.
            style = cell._style_id
            if style not in shades:
                shades[style] = CellMark(words) if (words := _colour_of(cell)) else None
            if shade := shades[style]:
                marks[cell.row, cell.column] = shade
        if len(marks) > _MOST:
            raise Unreadable(TOO_MANY)
    for place, comment in _comments(sheet, archive):
        marks[place] = replace(marks.get(place, CellMark()), comment=comment.comment, author=comment.author)
    return marks


def _colour_of(cell: ReadOnlyCell) -> str:
    """标黄 for a filled cell, 红字 for coloured letters; nothing for the form's own."""
    fill, letters = cell.fill, cell.font.color if cell.font else None
    painted = "" if fill is None or fill.fill_type != "solid" else _hue(fill.fgColor)
    written = _hue(letters) if letters is not None else ""
    return "、".join(
        filter(None, (painted and f"标{painted}", written and written != "灰" and f"{written}字"))
    )


def _hue(colour: Color) -> str:
    """A colour by its name; nothing for paper, ink and the tints of our own sums."""
    rgb = _rgb_of(colour)
    if rgb is None or rgb in _OWN:
        return ""
    parts = [int(rgb[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    hue, light, depth = colorsys.rgb_to_hls(*parts)
    light = light * (1 - colour.tint) + colour.tint if colour.tint > 0 else light * (1 + colour.tint)
    if light > _PALE or light < 1 - _PALE:
        return ""
    if depth < _GREY:
        return "灰"
    return next(word for edge, word in _HUES if hue * 360 <= edge)


def _rgb_of(colour: Color) -> str | None:
    """Six digits; None where the program chooses by itself."""
    if colour.type == "theme":
        return _THEME[colour.theme] if colour.theme < len(_THEME) else None
    if colour.type == "indexed":
        return COLOR_INDEX[colour.indexed][-6:] if colour.indexed < len(COLOR_INDEX) else None
    rgb = colour.rgb
    return rgb[-6:].upper() if isinstance(rgb, str) and rgb != "00000000" else None


def _comments(sheet, archive: zipfile.ZipFile) -> Iterator[tuple[tuple[int, int], CellMark]]:
    path = get_rels_path(sheet._worksheet_path)
    if path not in archive.namelist():
        return
    for relation in get_dependents(archive, path).find(_COMMENTS):
        part = CommentSheet.from_tree(fromstring(archive.read(relation.target)))
        for reference, comment in part.comments:
            text = _THREADED.sub("", comment.text or "").strip()[:_LONGEST_COMMENT]
            row, column = coordinate_to_tuple(reference)
            author = "" if (comment.author or "").startswith("tc=") else (comment.author or "").strip()
            if text and row <= _LAST_ROW and column <= _LAST_COLUMN:
                yield (row, column), CellMark("", text, author)
