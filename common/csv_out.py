"""Lists and ledgers as plain text with commas: streaming from the first row, for programs that read no Excel.

No cell becomes a formula: text that looks like one begins with an apostrophe.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from common.xlsx import Taken
from common.xlsx_stream import clean_text, is_risky

# By the word that asks for it (?export=…): how it is encoded, as Python and as a browser call it. A mark at
# the beginning tells Excel and WPS that it is UTF-8; GB 18030 is what reads as GBK, and has every name.
ENCODINGS = {"csv": ("utf-8-sig", "utf-8"), "gbk": ("gb18030", "gb18030")}
# So much goes out at once after the first row: small answers of their own cost more than the rows.
_PIECE = 1 << 16


def written(value: Any) -> str:
    """A cell: figures and days plain, as every program reads them; text never a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, int | float | date):
        return str(value)
    text = clean_text(str(value))
    return f"'{text}" if is_risky(text) else text


def pieces(head: Iterable[str], rows: Iterable[Iterable[Any]], kind: str) -> Iterator[bytes]:
    """The file of `rows`, each its values; the head leaves before the first of them is read."""
    encoding, _ = ENCODINGS[kind]
    lines: list[str] = []
    writer = csv.writer(_Lines(lines))
    writer.writerow([written(each) for each in head])
    yield "".join(lines).encode(encoding)
    lines.clear()
    size, first = 0, True
    for row in rows:
        size += writer.writerow([written(value) for value in row])
        if first or size > _PIECE:
            yield _encoded(lines, encoding)
            size, first = 0, False
    yield _encoded(lines, encoding)


def _encoded(lines: list[str], encoding: str) -> bytes:
    text = "".join(lines)
    lines.clear()
    return text.encode(encoding.removesuffix("-sig"))


class _Lines:
    """A file as csv wants it, which keeps the lines."""

    def __init__(self, lines: list[str]):
        self._lines = lines

    def write(self, line: str) -> int:
        self._lines.append(line)
        return len(line)


def as_download(
    name: str,
    content: Iterator[bytes],
    kind: str,
    *,
    what: str,
    rows: int | None,
    conditions: str = "",
) -> StreamingHttpResponse:
    """Hand `content` to the browser as it comes, as `name`.csv, saying what it holds for the register."""
    response = StreamingHttpResponse(content, content_type=f"text/csv; charset={ENCODINGS[kind][1]}")
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{name}.csv")
    response.headers["Cache-Control"] = "no-store"
    response.taken = Taken(what, conditions, rows)
    return response
