"""A form's own blank, written and read again: what the importer knows of its head."""

import io

from python_calamine import CalamineWorkbook

from ledgers.layouts import Layout
from ledgers.sheets.grid import load_sheet
from ledgers.sheets.heads import Head, find_head
from ledgers.sheets.writing import write_ledger


def read_blank(form: Layout) -> Head | None:
    """The head as the importer finds it in an export without rows; None where it finds none."""
    stream = io.BytesIO()
    write_ledger(stream, form, [])
    stream.seek(0)
    book = CalamineWorkbook.from_object(stream)
    return find_head(load_sheet(book, book.sheet_names[0], {}), form)
