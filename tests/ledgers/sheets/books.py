"""Workbooks as offices keep them, and worse: built by hand for the tests of this folder."""

import io
import zipfile
from pathlib import Path

import openpyxl
import xlwt

from ledgers.shipped import shipped_layout

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
BLANK = SAMPLES / "luliang-ledger-blank.xlsx"
MAY_15 = SAMPLES / "jiaocheng-2021-05-15.xlsx"
MAY_30 = SAMPLES / "jiaocheng-2021-05-30.xlsx"
FORM = shipped_layout("luliang", 1)
LETTERS = dict(zip(FORM.keys, "ABCDEFGHIJKLMNOP", strict=True))


def line(number=1, **values):
    """A plain line of the official form; any field can be given another value."""
    plain = {
        "serial": number,
        "county": "交城县",
        "party": f"某石料厂{number}",
        "place": f"某村{number}号",
        "mineral": "石灰岩",
        "land_area": 12.6,
        "land_fine": 84000,
        "land_restored": "是",
        "mined_tonnes": 3200,
        "confiscated_tonnes": 3200,
        "mining_fine": 150000,
        "shutdown": "是",
        "administrative_detention": 0,
        "criminal_detention": 0,
        "arrest": 0,
        "remark": None,
    }
    return {**plain, **values}


def official(lines=(), below=(), edit=None):
    """The official blank form with these lines from row 7 on; `below` are further raw rows."""
    book = openpyxl.load_workbook(BLANK)
    sheet = book.active
    for column in "AGM":
        sheet[f"{column}8"] = None
    row = 7
    for values in lines:
        for key, value in values.items():
            sheet[f"{LETTERS[key]}{row}"] = value
        row += 1
    for cells in below:
        for column, value in cells.items():
            sheet[f"{column}{row}"] = value
        row += 1
    if edit:
        edit(sheet)
    return book


def saved(book, path):
    book.save(path)
    return path


def sheet_of(rows, merges=(), title="台账"):
    """A workbook with one sheet of these rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for merge in merges:
        sheet.merge_cells(merge)
    return book


def old_format(rows, merges=(), title="台账"):
    """The same as an .xls; merges are (top, bottom, left, right) from 0 with their text."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet(title)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, value)
    for top, bottom, left, right, text in merges:
        sheet.write_merge(top, bottom, left, right, text)
    return book


def official_old(lines=(), below=()):
    """The official form as an .xls."""
    rows = [[FORM.title], [FORM.unit_line], ["填报单位：交城县自然资源局"], [], [], []]
    merges = []
    for cell in FORM.head_cells:
        top, left = 2 + cell.row, cell.column - 1
        place = (top, top + cell.row_span - 1, left, left + cell.column_span - 1)
        merges.append((*place, cell.text))
    rows += [[values.get(key) for key in FORM.keys] for values in lines]
    return old_format([*rows, *below], merges)


def parts_of(path):
    """The parts of a zip by name."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts, path, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def with_part(source, path, name, change):
    """A copy of a workbook in which one part was changed by `change(text)`."""
    parts = parts_of(source)
    parts[name] = change(parts[name].decode()).encode()
    return zipped(parts, path)


def in_memory(write, *arguments, **options):
    """What a writer writes, as bytes."""
    stream = io.BytesIO()
    write(stream, *arguments, **options)
    return stream.getvalue()
