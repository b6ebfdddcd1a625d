"""Hostile and broken files get a sentence before any parser sees them."""

import io
import struct
import time
import tracemalloc
import zipfile

import pytest

from ledgers.sheets.container import rebuilt
from ledgers.sheets.gate import check_workbook
from ledgers.sheets.limits import MEGABYTE, Limits, Unreadable
from ledgers.sheets.reading import read_ledger
from tests.ledgers.sheets.books import (
    FORM,
    MAY_15,
    line,
    official_old,
    parts_of,
    saved,
    sheet_of,
    with_part,
    zipped,
)

SHEET = "xl/worksheets/sheet1.xml"


def refusal(path, limits=None):
    """The sentence with which a file is refused; nothing else may come out of it."""
    with pytest.raises(Unreadable) as refused:
        check_workbook(path, limits or Limits())
    with pytest.raises(Unreadable) as again:
        read_ledger(path, FORM, limits=limits)
    assert again.value.sentence == refused.value.sentence
    assert refused.value.sentence.endswith("。")
    return refused.value.sentence


def file_of(tmp_path, content, name="book.xlsx"):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def with_sheet(tmp_path, change):
    return with_part(MAY_15, tmp_path / "book.xlsx", SHEET, change)


@pytest.mark.parametrize(
    "content",
    [
        "序号,县市区,企业名称\n1,交城县,某厂\n".encode(),
        "序号,县市区\n".encode("gbk"),
        b"1,2,3,4,5,6\x00\n",
        b"%PDF-1.7\n1,2,3,4,5,6\n",
        b"<table>\n1,2,3,4,5,6\n</table>",
        b"%PDF-1.7\n%%EOF",
        b"<html><table><tr><td>1</td></tr></table></html>",
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
        b"{\\rtf1 }",
        b"GIF89a<script>alert(1)</script>",
        b"\xff\xd8\xff\xe0JFIF",
        b"P",
    ],
)
@pytest.mark.parametrize("name", ["book.xlsx", "book.xls", "台账"])
def test_what_is_no_workbook_is_told_so_whatever_its_name(tmp_path, content, name):
    assert "不是 Excel 工作簿" in refusal(file_of(tmp_path, content, name))


@pytest.mark.parametrize(
    "parts",
    [
        {"word/document.xml": "<w/>", "[Content_Types].xml": "<Types/>"},
        {"ppt/presentation.xml": "<p/>", "[Content_Types].xml": "<Types/>"},
        {"xl/workbook.bin": b"\x83\x01", "[Content_Types].xml": "<Types/>"},
        {"content.xml": "<office/>", "mimetype": "application/vnd.oasis.opendocument.spreadsheet"},
        {"a.txt": "x"},
        {"inner.zip": b"PK\x05\x06" + bytes(18)},
    ],
)
def test_another_zip_renamed_is_no_workbook(tmp_path, parts):
    assert "不是 Excel 工作簿" in refusal(zipped(parts, tmp_path / "book.xlsx"))


def test_an_empty_file_and_a_missing_one_are_told_so(tmp_path):
    assert "是空的" in refusal(file_of(tmp_path, b""))
    assert "打不开" in refusal(tmp_path / "none.xlsx")
    assert "打不开" in refusal(tmp_path)


def test_a_file_above_the_limit_is_refused_and_one_at_the_limit_is_not(tmp_path):
    size = MAY_15.stat().st_size
    assert check_workbook(MAY_15, Limits(bytes=size)).kind == "xlsx"
    assert "上限" in refusal(MAY_15, Limits(bytes=size - 1))


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_workbook_is_told_so(tmp_path, kept):
    whole = MAY_15.read_bytes()
    assert "损坏" in refusal(file_of(tmp_path, whole[: int(len(whole) * kept)]))


def test_an_encrypted_workbook_says_take_the_password_off(tmp_path):
    # A password turns an .xlsx into an OLE file with one stream of this name.
    container = rebuilt(b"x" * 5000).replace(
        "Workbook".encode("utf-16-le") + bytes(24), "EncryptedPackage".encode("utf-16-le") + bytes(8)
    )
    patched = container.replace(struct.pack("<HBB", 18, 2, 1), struct.pack("<HBB", 34, 2, 1))
    sentence = refusal(file_of(tmp_path, patched))
    assert "有密码" in sentence
    assert "去掉密码" in sentence


def test_an_encrypted_xls_says_take_the_password_off(tmp_path):
    globals_ = struct.pack("<HHHH", 0x809, 4, 0x600, 5) + struct.pack("<HHH", 0x2F, 2, 1)
    stream = (globals_ + struct.pack("<HH", 0x0A, 0)).ljust(4096, b"\0")
    assert "有密码" in refusal(file_of(tmp_path, rebuilt(stream), "book.xls"))


def test_a_zip_encrypted_as_a_whole_says_take_the_password_off(tmp_path):
    content = bytearray(MAY_15.read_bytes())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    assert "有密码" in refusal(file_of(tmp_path, bytes(content)))


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/VBAPROJECT.BIN", "vbaProject.bin"])
def test_a_workbook_with_macros_is_refused(tmp_path, name):
    parts = {**parts_of(MAY_15), name: b"\xd0\xcf\x11\xe0"}
    assert "宏" in refusal(zipped(parts, tmp_path / "book.xlsx"))


def test_a_workbook_that_declares_macros_is_refused(tmp_path):
    def declare(xml):
        return xml.replace("spreadsheetml.sheet.main", "macroEnabled.main").replace(
            "application/vnd.openxmlformats-officedocument.macroEnabled.main",
            "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        )

    path = with_part(MAY_15, tmp_path / "book.xlsx", "[Content_Types].xml", declare)
    assert "宏" in refusal(path)


def test_an_entity_bomb_and_an_external_entity_are_refused(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("机密")
    for doctype in (
        '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY c "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        f'<!DOCTYPE b [<!ENTITY a SYSTEM "file://{secret}">]>',
        '<!DOCTYPE b SYSTEM "http://127.0.0.1:1/x.dtd">',
    ):
        for part in (SHEET, "xl/workbook.xml", "xl/styles.xml", "docProps/core.xml"):

            def declare(xml, doctype=doctype):
                head, _, body = xml.rpartition("?>") if xml.startswith("<?xml") else ("", "", xml)
                return (head + "?>" if head else "") + doctype + body

            path = with_part(MAY_15, tmp_path / "book.xlsx", part, declare)
            assert "外部定义" in refusal(path)


def test_a_part_in_another_encoding_is_refused(tmp_path):
    parts = parts_of(MAY_15)
    text = parts[SHEET].decode()
    for content in (text.encode("utf-16"), ('<?xml version="1.0" encoding="gbk"?>' + text).encode("gbk")):
        path = zipped({**parts, SHEET: content}, tmp_path / "book.xlsx")
        assert "损坏" in refusal(path)


def bomb(tmp_path, size):
    blank = b'<row r="9"><c r="A9"/></row>'
    parts = parts_of(MAY_15)
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", blank * (size // len(blank)))
    return zipped(parts, tmp_path / "book.xlsx")


def test_a_decompression_bomb_is_refused_at_once_and_in_little_memory(tmp_path):
    path = bomb(tmp_path, 64 * MEGABYTE)
    tracemalloc.start()
    started = time.monotonic()
    sentence = refusal(path)
    assert time.monotonic() - started < 5
    assert tracemalloc.get_traced_memory()[1] < 20 * MEGABYTE
    tracemalloc.stop()
    assert "过大" in sentence


def test_a_part_that_lies_about_its_size_is_refused(tmp_path):
    path = bomb(tmp_path, 8 * MEGABYTE)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo(SHEET)
    true = struct.pack("<I", info.file_size)
    content = content.replace(true, struct.pack("<I", 4096))
    assert refusal(file_of(tmp_path, bytes(content), "lie.xlsx"))


def test_two_parts_of_one_name_and_bytes_behind_the_end_are_refused(tmp_path):
    stream = io.BytesIO(MAY_15.read_bytes())
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning):
        archive.writestr(SHEET, "<worksheet/>")
    assert "损坏" in refusal(file_of(tmp_path, stream.getvalue()))
    stream = io.BytesIO(MAY_15.read_bytes())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.comment = b"PK\x05\x06 another directory"
    assert "损坏" in refusal(file_of(tmp_path, stream.getvalue()))


def test_too_many_parts_are_refused(tmp_path):
    parts = {**parts_of(MAY_15), **{f"xl/media/{n}.png": b"x" for n in range(200)}}
    assert "过大" in refusal(zipped(parts, tmp_path / "book.xlsx"))


def test_a_sheet_may_not_hide_in_a_picture(tmp_path):
    parts = parts_of(MAY_15)
    parts["xl/media/a.png"] = parts.pop(SHEET)
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = parts[name].replace(b"/xl/worksheets/sheet1.xml", b"/xl/media/a.png")
    parts[name] = parts[name].replace(b"worksheets/sheet1.xml", b"media/a.png")
    assert "损坏" in refusal(zipped(parts, tmp_path / "book.xlsx"))


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "XFD7", "BJ7", "A30000"])
def test_a_value_far_away_from_the_table_is_refused(tmp_path, cell):
    row = "".join(filter(str.isdigit, cell))
    far = f'<row r="{row}"><c r="{cell}"><v>1</v></c></row></sheetData>'
    path = with_sheet(tmp_path, lambda xml: xml.replace("</sheetData>", far))
    sentence = refusal(path)
    assert "离台账太远" in sentence
    assert "台账" in sentence


def test_blank_formatted_cells_far_away_do_no_harm(tmp_path):
    far = '<row r="1048576"><c r="A1048576" s="1"/><c r="XFD1048576" s="1"/></row></sheetData>'
    path = with_sheet(tmp_path, lambda xml: xml.replace("</sheetData>", far))
    assert len(read_ledger(path, FORM).rows) == 9


def test_too_many_rows_are_refused_with_their_number(tmp_path):
    book = sheet_of([[n, "交城县", f"某厂{n}"] for n in range(700)])
    path = saved(book, tmp_path / "book.xlsx")
    assert "700 行" in refusal(path, Limits(rows=100))


def test_far_cells_and_lying_counts_of_an_xls_are_refused(tmp_path):
    book = official_old([line(1)])
    book.get_sheet(0).write(65535, 255, "x")
    assert "离台账太远" in refusal(saved(book, tmp_path / "book.xls"))
    stream = bytearray((tmp_path / "book.xls").read_bytes())
    at = stream.find(struct.pack("<HH", 0x200, 14))
    stream[at + 4 : at + 18] = struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0)
    assert "损坏" in refusal(file_of(tmp_path, bytes(stream), "book.xls"))


def test_a_few_long_texts_in_very_many_cells_are_refused(tmp_path):
    cells = '<c r="Q{0}" t="s"><v>0</v></c>'
    many = "".join(f'<row r="{n}">{cells.format(n)}</row>' for n in range(20, 3000))
    parts = parts_of(MAY_15)
    parts["xl/sharedStrings.xml"] = f"<sst><si><t>{'某' * 32000}</t></si></sst>".encode()
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", f"{many}</sheetData>".encode())
    assert "过大" in refusal(zipped(parts, tmp_path / "book.xlsx"))


def test_an_xls_goes_on_in_a_fresh_container_with_the_same_words(tmp_path):
    long = "长" * 9000
    lines = [line(n, remark=f"{long}{n}") for n in range(1, 6)]
    path = saved(official_old(lines), tmp_path / "book.xls")
    remarks = [row.values["remark"] for row in read_ledger(path, FORM).rows]
    assert remarks == [f"{long}{n}" for n in range(1, 6)]


@pytest.mark.parametrize("size", [0, 100, 4096, 5000, 7_200_000, 9_000_000])
def test_a_rebuilt_container_holds_its_stream(size):
    olefile = pytest.importorskip("olefile")
    stream = bytes(range(256)) * (size // 256 + 1)
    container = rebuilt(stream[:size])
    with olefile.OleFileIO(io.BytesIO(container), raise_defects=olefile.DEFECT_INCORRECT) as ole:
        assert ole.openstream("Workbook").read()[:size] == stream[:size]
