"""The gate for text files with columns (.csv): GBK or UTF-8, with commas, tabs or semicolons."""

import csv
import io

from ledgers.sheets.limits import BROKEN, Limits, Unreadable, check_extents
from ledgers.sheets.plain_book import PlainBook, PlainSheet

NAME = "CSV"
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# GB 18030 reads every GBK file.
_ENCODINGS = ("utf-8", "gb18030")
_DELIMITERS = ",\t;"
_FEWEST_COLUMNS = 5
_SHOWN_CONTROLS = "\t\r\n"
# What begins like this is a page, a letter or a picture, whatever commas stand in it.
_OTHER_TEXTS = ("<", "%PDF", "{\\rtf", "GIF8", "MIME-Version")


def read_delimited(content: bytes, limits: Limits) -> PlainBook | None:
    """The text file as a workbook of one sheet; None where it is no table in plain text."""
    text = _decoded(content)
    if text is None or text.lstrip()[:20].startswith(_OTHER_TEXTS):
        return None
    delimiter = _delimiter(text)
    if not delimiter:
        return None
    sheet = PlainSheet(NAME)
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
            for column, cell in enumerate(cells[: limits.columns + 1], 1):
                if not cell.strip():
                    continue
                if number > limits.rows + limits.slack:
                    # Beyond the limit it is counted, so that it is refused, and not kept.
                    sheet.extent.add(number, column)
                else:
                    sheet.put(number, column, cell)
    except csv.Error as error:
        raise Unreadable(BROKEN) from error
    check_extents([(NAME, sheet.extent)], limits)
    sheet.square()
    return PlainBook([sheet])


def _decoded(content: bytes) -> str | None:
    bom = next((encoding for mark, encoding in _BOMS.items() if content.startswith(mark)), "")
    for encoding in (bom,) if bom else _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(char < " " and char not in _SHOWN_CONTROLS for char in set(text)):
            return text
    return None


def _delimiter(text: str) -> str:
    """The mark that parts most lines into columns; "" where none does."""
    lines = text.splitlines()
    counts = {mark: sum(line.count(mark) >= _FEWEST_COLUMNS - 1 for line in lines) for mark in _DELIMITERS}
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] else ""
