"""What the preview asks and a person settles: columns, sheets, cells, lines of one firm, blanks, nil."""

import html
import io
import json
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import TrailEntry
from accounts.services import files
from ledgers.models import ImportBatch, LedgerEntry, RememberedHead
from ledgers.services.drawing import draw
from tests.ledgers.importing.books import cumulative, puzzling, saved
from tests.ledgers.importing.conftest import ROW

UPLOAD = "/ledgers/campaigns/empty/141122-zrzy/import/"
BAD = ROW | {"party": "b", "land_area": "大概三亩多吧"}
LATER = "2021年6月30日"


@pytest.fixture
def client(sign_in, cast):
    """The liaison's browser."""
    return sign_in(cast.liaison)


@pytest.fixture
def uploaded(client, campaign):
    """`uploaded(path)` uploads a workbook: (the batch, the page that came)."""

    def upload(path, **options):
        body = SimpleUploadedFile(path.name, path.read_bytes())
        answer = client.post(UPLOAD, {"upload": body, **options}, follow=True)
        assert answer.status_code == 200
        return ImportBatch.objects.order_by("-pk").first(), answer.content.decode()

    return upload


@pytest.fixture
def choose(client):
    """`choose(batch, {name: value})` posts the preview's form: the batch as it stands, the page."""

    def post(batch, fields, act="choose"):
        answer = client.post(f"{batch.get_absolute_url()}{act}/", {"choosing": "1", **fields}, follow=True)
        batch.refresh_from_db()
        return batch, answer.content.decode()

    return post


@pytest.fixture
def puzzle(uploaded, tmp_path):
    """The workbook with two areas and a fine of neither side, uploaded."""
    return lambda: uploaded(saved(puzzling(), tmp_path / "台账.xlsx"))


def column(batch, letter) -> dict:
    (sheet,) = batch.report["sheets"]
    return next(each for each in sheet["columns"] if each["letter"] == letter)


def answers(batch) -> dict:
    """F is the area, G is not read, H is the fine for land."""
    keys = {"F": "land_area", "G": "-", "H": "land_fine"}
    return {f"column:{column(batch, letter)['id']}": key for letter, key in keys.items()}


def options_of(text, name) -> list[str]:
    """The words of a select."""
    select = re.search(rf'<select name="{re.escape(html.escape(name))}".*?</select>', text, re.S)[0]
    return [html.unescape(each).strip() for each in re.findall(r"<option[^>]*>([^<]*)", select)]


# ---- columns


def test_what_a_column_is_is_asked_where_it_is_not_sure_and_nothing_is_written(puzzle, client):
    batch, text = puzzle()
    asked = [each["value"] for each in batch.report["questions"] if each["kind"] == "column"]
    assert len(asked) == 3
    assert "还有列没有确定是哪一栏" in text and "写入 " not in text.split("import__bar")[1]
    answer = client.post(f"{batch.get_absolute_url()}confirm/", {"_key": "k"})
    assert answer.status_code == 409 and "请在“栏目对应”中选定" in answer.content.decode()
    assert not LedgerEntry.objects.exists()


def test_the_mapping_names_fields_units_values_and_what_is_not_read(puzzle):
    batch, text = puzzle()
    assert "没有读入：联系电话" in text
    fields = options_of(text, f"column:{column(batch, 'H')['id']}")
    assert "占地方面·占地罚款金额（可能）" in fields and "不读这一列" in fields and fields[0] == "请选择"
    assert "万元" in text and "0358-3520000" in text


def test_the_answers_are_read_at_once_with_their_units(puzzle, choose, client, campaign):
    batch, _ = puzzle()
    batch, text = choose(batch, answers(batch))
    assert "已按所选重新核对，还没有写入" in text and not LedgerEntry.objects.exists()
    assert not [each for each in batch.report["questions"] if each["kind"] == "column"]
    assert "84,000 元" in client.get(f"{batch.get_absolute_url()}?tab=created").content.decode()
    choose(batch, {}, act="confirm")
    (values,) = [row.values for row in draw(campaign)]
    assert (str(values["land_area"]), values["land_fine"]) == ("12.6", 84000)


def test_the_answers_are_remembered_for_the_office_shown_and_can_be_changed(puzzle, choose, cast):
    batch, _ = puzzle()
    batch, _ = choose(batch, answers(batch))
    assert not RememberedHead.objects.exists()
    choose(batch, {}, act="confirm")
    assert set(RememberedHead.objects.values_list("agency", flat=True)) == {cast.county.pk}
    again, text = puzzle()
    assert not [each for each in again.report["questions"] if each["kind"] == "column"]
    assert text.count('<span class="word">上次的选择') == 3 and "用了上次的选择" in text
    name = f"column:{column(again, 'H')['id']}"
    again, _ = choose(again, {name: "mining_fine"})
    assert column(again, "H")["key"] == "mining_fine"


def test_what_the_office_said_counts_by_command_too(puzzle, choose, run, tmp_path):
    path = saved(puzzling(), tmp_path / "命令.xlsx")
    report = run(path)
    assert (report["created"], len(report["questions"])) == (0, 4)
    batch, _ = puzzle()
    batch, _ = choose(batch, answers(batch))
    choose(batch, {}, act="confirm")
    report = run(path)
    assert [each["kind"] for each in report["questions"]] == ["lines"]
    assert (report["created"], report["unchanged"]) == (0, 1)


# ---- lines


def test_every_line_is_accounted_for_and_those_not_read_are_shown_with_why(puzzle, choose, client):
    batch, _ = puzzle()
    batch, text = choose(batch, answers(batch))
    lines = batch.report["lines"]
    assert sum(lines.values()) == 9
    told = {kind: count for kind, count in lines.items() if count}
    assert told == {"read": 1, "refused": 1, "asked": 2, "total": 1, "title": 1, "head": 1, "signature": 2}
    assert "工作簿共 9 行：读入 1 行，有问题 1 行，请选择 2 行，合计 1 行" in text
    text = client.get(f"{batch.get_absolute_url()}?tab=skipped").content.decode()
    for each in batch.report["skipped"]:
        assert each["reason"] and html.escape(each["reason"]) in text


def test_lines_of_one_firm_are_asked_on_the_page_and_written_as_said(puzzle, choose, campaign):
    batch, _ = puzzle()
    batch, text = choose(batch, answers(batch))
    assert "丁公司（南山）" in text and "第 6、7 行" in text and "没有选定的 1 处" in text
    (alike,) = batch.report["alike"]
    batch, _ = choose(batch, {f"join:{alike['name']}": "sum"})
    assert batch.report["lines"]["asked"] == 0
    choose(batch, {}, act="confirm")
    assert LedgerEntry.objects.filter(party="丁公司").count() == 1
    assert next(r.values["mined_tonnes"] for r in draw(campaign) if r.values["party"] == "丁公司") == 25
    again, text = puzzle()
    assert again.report["lines"]["asked"] == 0  # said once, it holds for the next workbook


# ---- sheets


def test_sheets_are_listed_with_their_day_and_their_part_can_be_changed(uploaded, choose, tmp_path):
    batch, text = uploaded(saved(cumulative(), tmp_path / "月.xlsx"))
    assert options_of(text, "sheet:五月") == ["本期台账", "往期台账", "不读"]
    assert "2021-05-30" in text and "填报时间最晚，是本期台账。" in text
    batch, text = choose(batch, {"sheet:五月": "ignored"})
    assert batch.report["created"] == 3 and batch.report["lines"]["ignored"] == 5


# ---- cells


def test_a_fault_is_typed_right_in_the_preview_and_nothing_else_is_lost(
    uploaded, choose, workbook, client, campaign
):
    path = workbook([ROW, BAD])
    batch, text = uploaded(path)
    name = "edit:6:land_area:Sheet"
    assert f'name="{name}" value="大概三亩多吧"' in text
    batch, text = choose(batch, {name: "3.5"})
    assert (batch.report["created"], batch.report["rejected"]) == (2, [])
    assert "原为：大概三亩多吧" in client.get(f"{batch.get_absolute_url()}?tab=created").content.decode()
    choose(batch, {}, act="confirm")
    assert str(next(r for r in draw(campaign) if r.values["party"] == "b").values["land_area"]) == "3.5"
    assert files.path_of(batch.workbook.sha256).read_bytes() == path.read_bytes()


def test_what_was_typed_stands_in_the_batch_and_in_the_trail(uploaded, choose, workbook):
    batch, _ = uploaded(workbook([BAD]))
    name = "edit:5:land_area:Sheet"
    batch, _ = choose(batch, {name: "三亩"})
    batch, _ = choose(batch, {name: "3.5"})
    assert batch.choices["edited"] == [["Sheet", 5, "land_area", "大概三亩多吧"]]
    choose(batch, {}, act="confirm")
    changes = TrailEntry.objects.get(act="import_ledger").changes
    assert changes["预览中改正“非法占地面积”"] == ["大概三亩多吧", "3.5"]


def test_an_identity_number_typed_in_the_preview_is_kept_nowhere(uploaded, choose, workbook, campaign):
    batch, _ = uploaded(workbook([BAD]))
    batch, text = choose(
        batch, {"edit:5:party:Sheet": "李某 142322198001011234", "edit:5:land_area:Sheet": "3"}
    )
    assert "142322198001011234" not in f"{batch.choices}{batch.rows}{batch.report}{text}"
    choose(batch, {}, act="confirm")
    assert [row.values["party"] for row in draw(campaign)] == ["李某"]


def test_a_cell_still_wrong_is_still_asked(uploaded, choose, workbook):
    batch, _ = uploaded(workbook([BAD]))
    batch, text = choose(batch, {"edit:5:land_area:Sheet": "很多"})
    assert 'value="很多"' in text and len(batch.report["rejected"]) == 1


def test_what_was_typed_but_not_looked_at_is_not_written_unseen(uploaded, choose, workbook):
    """The button 写入 was pressed with a cell just typed: it is read first, and asked again."""
    batch, _ = uploaded(workbook([ROW, BAD]))
    batch, text = choose(batch, {"edit:6:land_area:Sheet": "3.5"}, act="confirm")
    assert batch.state == "preview" and "还没有写入" in text and "写入 2 条" in text
    batch, _ = choose(batch, {}, act="confirm")
    assert batch.state == "written" and LedgerEntry.objects.count() == 2


def test_a_missing_name_is_typed_too(uploaded, choose, workbook):
    batch, _ = uploaded(workbook([ROW | {"party": None}]))
    batch, _ = choose(batch, {"edit:5:party:Sheet": "补写的公司"})
    choose(batch, {}, act="confirm")
    assert LedgerEntry.objects.get().party == "补写的公司"


def test_only_cells_of_rows_that_are_there_can_be_typed(uploaded, choose, workbook):
    batch, _ = uploaded(workbook([BAD]))
    for name in ("edit:999:land_area:Sheet", "edit:5:nonsense:Sheet", "edit:x:land_area:Sheet", "edit:"):
        batch, _ = choose(batch, {name: "3"})
    assert batch.choices["edits"] == [] and len(batch.report["rejected"]) == 1


# ---- blanks, nil, the marked workbook


def test_blanks_erase_only_where_that_was_ticked(uploaded, choose, workbook, bring, campaign):
    bring(workbook([ROW | {"mining_fine": 5000}]))
    batch, text = uploaded(workbook([ROW], day=LATER))
    assert "空白处清除原有数字" in text and batch.report["updated"] == 0
    batch, text = choose(batch, {"clear_blanks": "on"})
    assert batch.report["updated"] == 1 and "checked" in text
    choose(batch, {"clear_blanks": "on"}, act="confirm")
    assert draw(campaign)[0].values["mining_fine"] is None


def test_a_nil_form_offers_the_road_of_a_nil_report(uploaded, workbook):
    _, text = uploaded(workbook([{"county": "交城县", "party": "无"}]))
    assert "零报告" in text and "/ledgers/campaigns/empty/141122-zrzy/prepare/" in text
    assert "写入 " not in text.split("import__bar")[1]


def test_the_marked_workbook_corrected_comes_back_without_loss(
    uploaded, choose, workbook, client, tmp_path, campaign
):
    full = BAD | {"land_fine": "8.4万元", "mined_tonnes": 77, "shutdown": "是", "remark": "备注一"}
    batch, _ = uploaded(workbook([ROW, full], day=LATER))
    choose(batch, {}, act="confirm")
    body = b"".join(client.get(f"{batch.get_absolute_url()}marked/").streaming_content)
    book = openpyxl.load_workbook(io.BytesIO(body))
    cell = next(c for row in book.active.iter_rows() for c in row if c.value == "大概三亩多吧")
    cell.value = 3.5
    again, _ = uploaded(saved(book, tmp_path / "改好.xlsx"))
    assert (again.report["created"], again.report["rejected"], again.as_of) == (1, [], batch.as_of)
    assert not again.report["questions"]
    choose(again, {}, act="confirm")
    values = next(r for r in draw(campaign) if r.values["party"] == "b").values
    assert (str(values["land_area"]), values["land_fine"], values["mined_tonnes"]) == ("3.5", 84000, 77)
    assert (values["shutdown"], values["remark"]) == (True, "备注一")
    assert len(draw(campaign)) == 2


# ---- who may


def test_the_neighbour_and_the_handler_settle_nothing(uploaded, workbook, sign_in, cast):
    batch, _ = uploaded(workbook([BAD]))
    url = f"{batch.get_absolute_url()}choose/"
    fields = {"choosing": "1", "edit:5:land_area:Sheet": "3"}
    assert sign_in(cast.neighbour_liaison).post(url, fields).status_code == 404
    assert sign_in(cast.handler).post(url, fields).status_code == 403
    batch.refresh_from_db()
    assert json.dumps(batch.choices["edits"]) == "[]"
