"""`export_ledger` and the workbook: the official form, live or frozen, with version and digest."""

import csv
import hashlib
import io
import json
import tempfile
import tracemalloc
from decimal import Decimal

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from accounts.models import ExportLine, TrailEntry
from common import xlsx_stream
from ledgers.models import SubmissionRow
from ledgers.services import freezing
from ledgers.services.exporting import export_submission
from ledgers.services.ledger_forms import submitted_form
from ledgers.services.sums import sums_of
from ledgers.sheets.limits import Limits
from ledgers.sheets.reading import read_ledger
from tests.ledgers import acting, build
from tests.ledgers.sheets.books import FORM


@pytest.fixture
def filled(cast, campaign):
    """Two counties with one row each."""
    case = build.case(cast, sides=("land", "mining"))
    build.land(cast, case, "5.25")
    build.mined(cast, case, "15600")
    build.accepted(cast, case)
    build.decision(cast, case, ("mining", "fine", "300000"), ("land", "fine", "35000.50"))
    build.entry(campaign, cast.county, case)
    other = build.case(cast, agency=cast.neighbour, names=("=cmd()",))
    build.entry(campaign, cast.neighbour, other, party="=cmd()")
    return campaign


def run(tmp_path, *options, code="test"):
    """Run the command: (report, the sheet it wrote, the file)."""
    path, said = tmp_path / "out.xlsx", io.StringIO()
    call_command("export_ledger", "--campaign", code, "--out", str(path), "--json", *options, stdout=said)
    sheet = openpyxl.load_workbook(path).active
    return json.loads(said.getvalue()), sheet, path


def data_rows(sheet):
    """The lines between head and signatures that carry a number."""
    return [row for row in sheet.iter_rows(min_row=7, values_only=True) if isinstance(row[0], int)]


def test_the_report_has_its_four_keys_and_the_files_digest(filled, tmp_path):
    report, sheet, path = run(tmp_path, "--as-of", "2026-05-15")
    assert set(report) == {"rows", "as_of", "submission", "sha256"}
    assert report["rows"] == len(data_rows(sheet)) == 2
    assert (report["as_of"], report["submission"]) == ("2026-05-15", None)
    assert report["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_head_merges_and_units_equal_the_blank_form(filled, tmp_path):
    blank = openpyxl.load_workbook("tests/ledgers/samples/luliang-ledger-blank.xlsx").active
    _, sheet, _ = run(tmp_path, "--agency", "141122-zrzy")
    for row in range(1, 7):
        got = [cell.value for cell in sheet[row][:16]]
        want = [cell.value for cell in blank[row][:16]]
        if row == 3:
            assert got[0] == want[0] + "交城县自然资源局"
        else:
            assert got == want
    merged = {str(each) for each in sheet.merged_cells.ranges}
    assert merged == {str(each) for each in blank.merged_cells.ranges}


def test_a_countys_sheet_holds_its_own_rows_only(filled, cast, tmp_path):
    report, sheet, _ = run(tmp_path, "--agency", "141122-zrzy", "--as-of", "2026-05-15")
    (row,) = data_rows(sheet)
    assert report["rows"] == 1
    assert row[:3] == (1, "交城县", "张某某")
    assert row[5:12] == (5.25, 35000.5, "否", 15600, None, 300000, "是")


def test_several_counties_have_subtotals_and_a_total(filled, tmp_path):
    _, sheet, _ = run(tmp_path)
    lines = [row for row in sheet.iter_rows(min_row=7, values_only=True) if row[0]]
    assert [row[0] for row in lines][:5] == [
        1, "文水县小计（1 条）", 2, "交城县小计（1 条）", "合计（2 条）",
    ]  # fmt: skip
    assert lines[4][1:5] == (None,) * 4
    assert (lines[4][5], lines[4][6], lines[4][8], lines[4][10]) == (5.25, 35000.5, 15600, 300000)


def test_a_ledger_of_one_county_has_its_total_and_no_subtotal(filled, tmp_path):
    _, sheet, path = run(tmp_path, "--agency", "141122-zrzy")
    total = [cell.value for cell in sheet[8]]
    assert (total[0], total[5], total[6], total[8]) == ("合计（1 条）", 5.25, 35000.5, 15600)
    assert sheet["A9"].value is None
    assert {cell.fill.fgColor.rgb for cell in sheet[8][:16]} == {"FFE2EAE9"}
    assert sheet["F7"].fill.fill_type is None
    assert read_ledger(path, FORM).skipped_totals == 1


def test_a_ledger_without_rows_has_no_total(campaign, tmp_path):
    _, sheet, _ = run(tmp_path, "--agency", "141122-zrzy")
    assert [sheet[f"A{row}"].value for row in (7, 8)] == [None, "审核人："]


def test_text_never_becomes_a_formula(filled, tmp_path):
    _, sheet, _ = run(tmp_path)
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "=cmd()")
    assert cell.data_type == "s"


def test_a_frozen_report_is_exported_as_it_was(filled, cast, tmp_path):
    made = acting.submit(cast, build.ledger(filled, cast.county))
    case = filled.entries.get(agency=cast.county).links.get().case
    build.decision(cast, case, ("mining", "fine", "1"), on="05-11")
    report, sheet, _ = run(tmp_path, "--submission", made.public_id)
    (row,) = data_rows(sheet)
    assert row[10] == 300000
    assert (report["submission"], report["as_of"]) == (made.public_id, "2026-05-15")
    signatures = [cell.value for row in sheet.iter_rows(min_row=10) for cell in row if cell.value]
    assert signatures[0] == "审核人：吴审核"
    assert "数据截止：2026年5月15日" in signatures[1]
    assert signatures[2] == "填报人：孙联络"


def test_every_printed_page_carries_version_code_and_digest(filled, cast):
    made = acting.submit(cast, build.ledger(filled, cast.county))
    stream = io.BytesIO()
    export_submission(stream, made)
    foot = openpyxl.load_workbook(io.BytesIO(stream.getvalue())).active.oddFooter.left.text
    assert "luliang-1" in foot
    assert made.digest[:16] in foot
    assert "第1期" in foot


def test_a_nil_report_says_so_in_the_table_below_it_and_on_every_page(cast, campaign, tmp_path):
    made = acting.submit(cast, build.ledger(campaign, cast.county), nil_report=True)
    report, sheet, path = run(tmp_path, "--submission", made.public_id)
    assert report["rows"] == 0
    assert (sheet["C7"].value, sheet["P7"].value) == ("无", "零报告")
    assert sheet["A8"].value == "注：零报告。本期没有新增和变化。"
    assert "第1期　零报告" in sheet.oddFooter.left.text
    reading = read_ledger(path, FORM)
    assert (reading.rows, reading.faults) == ([], [])


def test_an_unchanged_ledger_reported_as_nil_keeps_its_rows_and_says_so(filled, cast, tmp_path):
    ledger = build.ledger(filled, cast.county)
    acting.submit(cast, ledger)
    made = acting.submit(cast, ledger, "05-30", nil_report=True)
    _, sheet, path = run(tmp_path, "--submission", made.public_id)
    assert [sheet[f"A{row}"].value for row in (7, 8, 9)] == [
        1, "合计（1 条）", "注：零报告。本期没有新增和变化。",
    ]  # fmt: skip
    reading = read_ledger(path, FORM)
    assert (len(reading.rows), reading.faults, reading.skipped_totals) == (1, [], 1)


def test_what_was_exported_reads_back_the_same(filled, tmp_path):
    _, _, path = run(tmp_path, "--agency", "141122-zrzy")
    reading = read_ledger(path, FORM, limits=Limits())
    assert not reading.faults
    (row,) = reading.rows
    assert row.values["land_area"] == pytest.approx(5.25)
    assert (row.values["shutdown"], row.values["land_restored"]) == (True, False)


def test_without_options_it_is_the_whole_campaign_today(filled, tmp_path):
    report, _, _ = run(tmp_path)
    assert report["rows"] == 2


def test_who_exported_what_stands_in_the_trail(filled, cast, tmp_path):
    run(tmp_path, "--agency", "141122-zrzy")
    entry = TrailEntry.objects.get(act="export_ledger")
    assert entry.actor.name == "系统（交城县自然资源局）"
    assert entry.changes["行数"] == ["", 1]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--agency", "000-zrzy"], "没有代码为“000-zrzy”的机构"),
        (["--agency", "140929-zrzy"], "不是“专项行动test”的成员单位"),
        (["--submission", "none"], "没有编号为“none”的报送"),
    ],
)
def test_what_is_not_there_is_a_sentence(filled, tmp_path, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(tmp_path, *options)


def test_an_unknown_campaign_and_an_unwritable_place_are_sentences(filled, tmp_path):
    with pytest.raises(CommandError, match="没有代码为“other”的专项行动"):
        run(tmp_path, code="other")
    with pytest.raises(CommandError, match="请换一个位置"):
        call_command("export_ledger", "--campaign", "test", "--out", str(tmp_path / "no" / "x.xlsx"))


def test_the_rows_leave_as_text_with_commas_too_and_read_back_the_same(filled, cast, sign_in, tmp_path):
    answer = sign_in(cast.liaison).get("/ledgers/campaigns/test/download/?export=gbk")
    path = tmp_path / "out.csv"
    path.write_bytes(b"".join(answer.streaming_content))
    (read,) = read_ledger(path, FORM).rows
    assert (read.values["land_area"], read.values["shutdown"]) == (Decimal("5.25"), True)
    head, row = csv.reader(io.StringIO(path.read_text("gbk")))
    assert (head[0], head[5], row[1:3]) == (
        "序号",
        "自然资源部门处理情况／占地方面／非法占地面积（亩）",
        ["交城县", "张某某"],
    )
    assert (row[5:7], row[8]) == (["5.25", "35000.5"], "15600")
    line = ExportLine.objects.get()
    assert (line.row_count, line.address) == (1, "ledgers:download")
    assert TrailEntry.objects.filter(act="export_ledger").count() == 1


def test_a_frozen_report_leaves_as_text_guarded_against_formulas(filled, cast, sign_in):
    made = acting.submit(cast, build.ledger(filled, cast.neighbour))
    address = f"/ledgers/submissions/{made.public_id}/download/?export=csv"
    text = b"".join(sign_in(cast.neighbour_liaison).get(address).streaming_content).decode("utf-8-sig")
    assert "'=cmd()" in text and ",=cmd()" not in text


def peak_of(made):
    """The most memory that writing a report takes, bytes."""
    tracemalloc.start()
    with tempfile.TemporaryFile() as target:
        export_submission(target, made)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def test_a_long_report_is_never_whole_in_memory_and_says_the_same(filled, cast, monkeypatch):
    monkeypatch.setattr(freezing, "CHUNK", 50)
    monkeypatch.setattr(xlsx_stream, "_BUFFER", 1 << 14)
    made = acting.submit(cast, build.ledger(filled, cast.county))
    kept, several = made.rows.get(), []
    for count in (200, 1000):
        start = made.rows.count() + 1
        SubmissionRow.objects.bulk_create(
            SubmissionRow(
                submission=made,
                position=place,
                entry_key=f"k{place}",
                agency=kept.agency,
                values={**kept.values, "serial": place},
                marks=kept.marks,
            )
            for place in range(start, start + count)
        )
        several.append(peak_of(made))
    assert several[1] < several[0] + 500_000, several
    form = submitted_form(made)
    rows = freezing.thawed_rows(form, made)
    assert list(freezing.thawed_lines(form, made)) == [row.values for row in rows] and len(rows) == 1201
    made.totals.pop("counties")  # as before reports kept them
    assert freezing.frozen_sums(form, made) == sums_of(form, rows)
