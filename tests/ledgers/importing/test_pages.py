"""An import in the browser: preview, confirm, the marked workbook, and back again."""

import csv
import io
import re
from urllib.parse import unquote

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import ExportLine
from ledgers.models import ImportBatch, LedgerEntry
from ledgers.services import entries
from ledgers.services.drawing import draw
from tests.ledgers.importing.conftest import ROW

UPLOAD = "/ledgers/campaigns/empty/141122-zrzy/import/"
BAD = ROW | {"party": "b", "land_area": "约三亩"}
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


def url_of(batch, act=""):
    return f"/ledgers/imports/{batch.public_id}/" + (f"{act}/" if act else "")


def tabs(text) -> dict:
    """The tabs with their counts."""
    found = re.findall(r'<a href="\?*[^"]*tab=(\w+)"[^>]*>[^<]+<span[^>]*>(\d+)</span>', text)
    return {name: int(count) for name, count in found}


def test_the_page_hands_out_the_blank_form_and_takes_it_back_filled(client, uploaded, campaign, tmp_path):
    LedgerEntry.objects.all().delete()
    link = re.search(r'href="([^"]+blank=on)"', client.get(UPLOAD).content.decode())[1].replace("&amp;", "&")
    answer = client.get(link)
    assert "空表" in unquote(answer["Content-Disposition"]) and answer.taken.rows == 0
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    first = next(row for row in book.active.iter_rows(min_row=4) if not any(cell.value for cell in row))
    party = next(
        cell.column for row in book.active.iter_rows() for cell in row if cell.value == "企业名称(个人)"
    )
    book.active.cell(first[0].row, party, "甲公司")
    book.save(tmp_path / "filled.xlsx")
    _, text = uploaded(tmp_path / "filled.xlsx")
    assert "将新增 1 条" in text


def test_preview_confirm_marked_and_undo(client, uploaded, workbook, campaign):
    batch, text = uploaded(workbook([ROW, BAD]))
    assert "将新增 1 条，更新 0 条，无变化 0 条；有问题的 1 行不写入。" in text
    assert "写入 1 条" in text and not LedgerEntry.objects.exists()
    key = re.search(r'name="_key" value="(\w+)"', text)[1]

    marked = b"".join(client.get(url_of(batch, "marked")).streaming_content)
    assert ExportLine.objects.get().address == "ledgers:import_marked"
    sheet = openpyxl.load_workbook(io.BytesIO(marked)).active
    words = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert "约三亩" in words and "甲公司" not in words
    plain = b"".join(client.get(url_of(batch, "marked") + "?export=csv").streaming_content)
    head, *faults = csv.reader(io.StringIO(plain.decode("utf-8-sig")))
    assert head == ["工作表", "行号", "单元格", "栏目", "填的内容", "问题"]
    (fault,) = [each for each in faults if each[4] == "约三亩"]
    assert sheet.title == fault[0] and fault[2].endswith(fault[1]) and fault[5]
    assert [line.row_count for line in ExportLine.objects.order_by("pk")] == [1, len(faults)]
    assert text.count(url_of(batch, "marked")) == 2

    for _ in range(2):  # the second is a double click
        text = client.post(url_of(batch, "confirm"), {"_key": key}, follow=True).content.decode()
        assert "已新增 1 条，更新 0 条" in text and "有问题的 1 行没有写入。" in text
    assert LedgerEntry.objects.get().party == "甲公司"
    for gone in ("将新增", "不写入", "换一个文件", 'data-busy="正在写入…"'):
        assert gone not in text

    answer = client.post(url_of(batch, "undo"), {"reason": "传错了"}, follow=True)
    text = answer.content.decode()
    assert "已撤回" in text and "这次导入曾新增 1 条" in text and "将新增" not in text
    assert "撤回这次导入" not in text
    assert not LedgerEntry.objects.exists() and draw(campaign) == []


def test_confirmed_twice_is_a_sentence_on_the_page(client, uploaded, workbook):
    batch, _ = uploaded(workbook([ROW]))
    client.post(url_of(batch, "confirm"), {"_key": "one"})
    answer = client.post(url_of(batch, "confirm"), {"_key": "two"})
    assert answer.status_code == 409
    assert "已经导入过或已撤回" in answer.content.decode()
    assert LedgerEntry.objects.count() == 1


def test_undo_of_what_was_touched_is_a_sentence_on_the_page(client, uploaded, workbook, cast, fresh):
    batch, _ = uploaded(workbook([ROW]))
    client.post(url_of(batch, "confirm"))
    entry = LedgerEntry.objects.get()
    entries.amend_entry(by=fresh(cast.liaison), entry=entry, party="乙", place=entry.place)
    answer = client.post(url_of(batch, "undo"), {"reason": "传错了"})
    assert answer.status_code == 409
    assert "不能整批撤回" in answer.content.decode()


def test_all_or_none_with_a_bad_row_offers_no_writing(client, uploaded, workbook):
    batch, text = uploaded(workbook([ROW, BAD]), all_or_none="on")
    assert "请改好有问题的行再导入" in text and "写入 1 条" not in text
    answer = client.post(url_of(batch, "confirm"))
    assert answer.status_code == 409
    assert "全部不写入" in answer.content.decode()
    assert not LedgerEntry.objects.exists()


def test_an_older_form_with_the_same_values_can_be_written(client, uploaded, workbook, bring, campaign):
    bring(workbook([ROW], day=LATER))
    batch, text = uploaded(workbook([ROW]))
    assert tabs(text)["history"] == 1
    assert "补入历史 1 条" in text and "写入 1 条" in text
    assert "补入 2021-06-15 的数据，之后的不变。" in text
    text = client.post(url_of(batch, "confirm"), follow=True).content.decode()
    assert "补入历史 1 条" in text
    from datetime import date

    assert len(draw(campaign, as_of=date(2021, 6, 20))) == 1


@pytest.fixture
def conflicting(bring, workbook, campaign, cast, fresh):
    """Thirty rows whose mineral and remark were changed in the system, and the next workbook."""
    rows = [ROW | {"party": f"p{n}"} for n in range(30)]
    bring(workbook(rows))
    for entry in campaign.entries.all():
        entries.amend_entry(
            by=fresh(cast.liaison),
            entry=entry,
            party=entry.party,
            place=entry.place,
            mineral="砂",
            remark="手",
        )
    return workbook([row | {"mineral": "煤", "remark": "表"} for row in rows], day=LATER)


def test_conflicts_stand_in_their_cells_and_none_is_left_out(client, uploaded, conflicting):
    batch, text = uploaded(conflicting)
    assert tabs(text)["check"] == 30
    assert text.count("系统中“开采矿种”为“砂”，表中为“煤”") == 30
    assert text.count("系统中“备注”为“手”，表中为“表”") == 30
    assert "banner--amber" not in text
    assert text.index('class="tabs"') < text.index("系统中“开采矿种”")


def test_what_concerns_the_whole_file_stands_above_the_rows(uploaded, workbook):
    keys = [key for key in ROW if key != "mineral"] + ["land_area", "arrest", "shutdown"]
    _, text = uploaded(workbook([ROW, ROW | {"party": "b"}], day="2021-02-31", keys=keys))
    assert "这份文件有 2 处请留意" in text
    assert "表中没有这些列，原有数据不变" in text and "认不出是哪一天" in text
    assert tabs(text)["check"] == 0


def test_an_update_shows_the_old_figure_as_the_form_writes_it(bring, uploaded, workbook):
    bring(workbook([ROW | {"mining_fine": "1234567.5"}]))
    _, text = uploaded(workbook([ROW | {"mining_fine": 2000000}], day=LATER))
    assert re.search(r"<del>1,234,567.50</del> <ins>2,000,000 元</ins>", text)


def test_the_list_of_imports_reads_no_rows(client, bring, workbook, django_assert_max_num_queries):
    bring(workbook([ROW]))
    with django_assert_max_num_queries(60) as seen:
        assert client.get("/ledgers/imports/").status_code == 200
    reads = [each["sql"] for each in seen.captured_queries if "ledgers_importbatch" in each["sql"]]
    assert reads and not any('"ledgers_importbatch"."rows"' in sql for sql in reads)
