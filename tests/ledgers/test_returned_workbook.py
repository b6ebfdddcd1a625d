"""上传改回的工作簿, 采纳, 不采纳: marks and changed figures of a workbook that came back, and
that nothing in the ledger changes by it."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from accounts.models import TrailEntry
from common.errors import Forbidden, Refused
from ledgers import desk
from ledgers.models import ImportBatch, ProposalAnswer, ReturnedMark, ReturnedWorkbook
from ledgers.services import checking, proposals
from ledgers.services.drawing import draw
from ledgers.services.exporting import export_submission
from ledgers.services.freezing import digest_of
from ledgers.services.import_undo import undo_import
from ledgers.services.returned_workbook import record_returned_workbook
from reminders.models import Outbox
from tests.desks import sent_by
from tests.ledgers import acting, build
from tests.ledgers.sheets.books import old_format

YELLOW, RED = (PatternFill("solid", fgColor=colour) for colour in ("FFFFFF00", "FFFF0000"))
LETTERS = {
    "party": "C", "place": "D", "land_area": "F", "land_fine": "G", "mined_tonnes": "I",
    "mining_fine": "K", "shutdown": "L", "arrest": "O", "remark": "P",
}  # fmt: skip


@pytest.fixture
def rows(cast, campaign):
    """Two rows as workbooks brought them, and one of the system's own."""
    build.imported_entry(
        campaign, cast, name="孙某、周某", place="某废弃矿井",
        mined_tonnes=Decimal("96"), mining_fine=Decimal("100000"), shutdown=True,
    )  # fmt: skip
    build.imported_entry(campaign, cast, name="钱某某", place="某村东", land_area=Decimal("8.4"))
    case = build.case(cast, names=("李某",), place="天宁镇某村")
    build.mined(cast, case, "430")
    build.decision(cast, case, ("mining", "fine", "90000"))
    build.entry(campaign, cast.county, case, party="李某", place="天宁镇某村")
    return {entry.party: entry for entry in campaign.entries.all()}


@pytest.fixture
def sent(cast, county_ledger, rows):
    """交城's ledger as it was submitted."""
    return acting.submit(cast, county_ledger)


@pytest.fixture
def sheet(sent):
    """The workbook of it, to be marked; its three lines are rows 7 to 9."""
    stream = io.BytesIO()
    export_submission(stream, sent)
    return openpyxl.load_workbook(stream).active


@pytest.fixture
def back(cast, sent, sheet, fresh):
    """`back()` uploads the workbook as it stands now, as the prefecture."""

    def uploaded(by=None):
        return record_returned_workbook(
            by=fresh(by or cast.prefecture), submission=sent, upload=file_of(sheet)
        )

    return uploaded


def file_of(sheet, name="改.xlsx"):
    stream = io.BytesIO()
    sheet.parent.save(stream)
    return SimpleUploadedFile(name, stream.getvalue())


def at(sheet, row, key):
    return sheet[f"{LETTERS[key]}{row}"]


def seen(returned):
    """(cell, party, field, colour, comment, old, proposed) of each mark."""
    return [
        (f"{m.column}{m.row}", m.party, m.key, m.colour, m.comment, m.old, m.proposed)
        for m in returned.marks.all()
    ]


def value(campaign, party, key):
    """What the ledger says today."""
    return next(row.value(key) for row in draw(campaign) if row.value("party") == party)


def everything(campaign):
    """The whole ledger of today, to compare."""
    return [row.values for row in draw(campaign)]


def test_coloured_cells_and_comments_become_marks_on_those_cells(back, sheet):
    at(sheet, 7, "mined_tonnes").fill = YELLOW
    at(sheet, 8, "land_area").comment = Comment("与图斑面积不符，请核对", "吕市审")
    at(sheet, 9, "place").font = Font(color="FFFF0000")
    at(sheet, 9, "mining_fine").fill = RED
    assert seen(back()) == [
        ("I7", "孙某、周某", "mined_tonnes", "标黄", "", None, None),
        ("F8", "钱某某", "land_area", "", "与图斑面积不符，请核对", None, None),
        ("D9", "李某", "place", "红字", "", None, None),
        ("K9", "李某", "mining_fine", "标红", "", None, None),
    ]
    assert ReturnedMark.objects.get(column="F").author == "吕市审"


def test_a_line_coloured_as_a_whole_is_one_mark_and_a_comment_outside_the_rows_is_kept(back, sheet):
    for cell in sheet[8][:16]:
        cell.fill = YELLOW
    sheet["F6"].comment = Comment("面积统一到小数点后两位", "吕市审")
    assert seen(back()) == [
        ("C8", "钱某某", "party", "整行标黄", "", None, None),
        ("F6", "", "", "", "面积统一到小数点后两位", None, None),
    ]


def test_theme_colours_are_seen_and_the_forms_own_tints_and_white_are_not(back, sheet):
    at(sheet, 7, "arrest").fill = PatternFill("solid", fgColor=openpyxl.styles.colors.Color(theme=5))
    at(sheet, 8, "arrest").fill = PatternFill("solid", fgColor="FFFFFFFF")
    at(sheet, 9, "arrest").font = Font(color="FF000000")
    assert [mark[:4] for mark in seen(back())] == [("O7", "孙某、周某", "arrest", "标橙")]


def test_a_changed_figure_is_a_proposal_and_nothing_in_the_ledger_changes(
    cast, campaign, sent, back, sheet, county_ledger
):
    before, rows = everything(campaign), [row.values for row in sent.rows.all()]
    at(sheet, 7, "mined_tonnes").value = 120
    at(sheet, 8, "land_area").value = None
    at(sheet, 9, "shutdown").value = "是"
    at(sheet, 9, "mining_fine").value = "8万元"
    returned = back()
    assert seen(returned) == [
        ("I7", "孙某、周某", "mined_tonnes", "", "", "96", "120"),
        ("F8", "钱某某", "land_area", "", "", "8.4", None),
        ("K9", "李某", "mining_fine", "", "", "90000", "80000"),
        ("L9", "李某", "shutdown", "", "", False, True),
    ]
    assert everything(campaign) == before
    assert [row.values for row in sent.rows.all()] == rows
    assert checking.work_of(county_ledger).is_unchanged
    assert not ImportBatch.objects.filter(file_name__contains="改回").exists()


def test_what_could_not_be_placed_or_read_is_named_with_sheet_row_column_and_value(back, sheet):
    at(sheet, 7, "mined_tonnes").value = "请核"
    at(sheet, 8, "party").value, at(sheet, 8, "place").value = "另一家", "别处"
    sheet["A8"].value = None
    at(sheet, 9, "land_area").value = 3
    returned = back()
    assert [mark[0] for mark in seen(returned)] == ["F9"]
    placed = [(f["sheet"], f["row"], f["column"], f["value"]) for f in returned.faults]
    assert placed == [
        ("台账", 7, "I", "请核"),
        ("台账", 8, "C", "另一家"),
        ("台账", 10, "F", "8.4"),
        ("台账", 0, "", "2　钱某某"),
    ]
    reasons = [fault["reason"] for fault in returned.faults]
    assert "在报送的台账中找不到" in reasons[1]
    assert "合计与各行之和不符" in reasons[2] and "没有了" in reasons[3]


def test_a_line_is_found_by_its_number_where_the_prefecture_corrected_its_name(back, sheet):
    at(sheet, 7, "party").value = "孙某"
    assert seen(back()) == [("C7", "孙某、周某", "party", "", "", "孙某、周某", "孙某")]


def test_lines_in_another_order_are_found_all_the_same(back, sheet):
    for column in range(1, 17):
        seven, nine = sheet.cell(7, column), sheet.cell(9, column)
        seven.value, nine.value = nine.value, seven.value
    at(sheet, 7, "mining_fine").value = 1
    assert seen(back()) == [("K7", "李某", "mining_fine", "", "", "90000", "1")]


def test_the_county_uploads_one_that_came_by_mail_and_others_do_not(cast, sent, back, sheet):
    at(sheet, 7, "arrest").fill = YELLOW
    for person in (cast.liaison, cast.checker, cast.prefecture):
        assert back(person).uploaded_by.name == person.name
    for person in (cast.handler, cast.neighbour_liaison, cast.other_prefecture, cast.province):
        with pytest.raises(Forbidden):
            back(person)
    assert not Outbox.objects.filter(meaning__startswith="returned:", recipient=cast.prefecture).exists()
    told = Outbox.objects.filter(meaning__startswith="returned:")
    assert {row.recipient for row in told} == {cast.liaison, cast.checker}
    assert {row.title for row in told} == {"市级改回了第1期台账的工作簿，请逐处答复"}
    assert TrailEntry.objects.filter(act="record_returned_workbook").count() == 3


def test_one_that_is_no_such_workbook_is_refused_with_a_sentence(cast, sent, sheet, back, fresh):
    with pytest.raises(Refused, match="逐格相同"):
        back()
    by = fresh(cast.prefecture)
    with pytest.raises(Refused, match="不是 Excel 工作簿"):
        record_returned_workbook(by=by, submission=sent, upload=SimpleUploadedFile("a.xlsx", b"text"))
    stream = io.BytesIO()
    old_format([[cell.value for cell in row] for row in sheet.iter_rows()]).save(stream)
    with pytest.raises(Refused, match="标色和批注只能从 .xlsx 读出"):
        record_returned_workbook(
            by=by, submission=sent, upload=SimpleUploadedFile("a.xls", stream.getvalue())
        )
    for row in (7, 8, 9):
        sheet[f"A{row}"].value, at(sheet, row, "party").value = None, f"别家{row}"
        at(sheet, row, "place").value = "别处"
    with pytest.raises(Refused, match="没有一行能与第1期报送的台账对上"):
        back()
    assert not ReturnedWorkbook.objects.exists()


def test_taking_a_figure_that_a_workbook_had_brought_changes_it_by_one_more_import(
    cast, campaign, back, sheet, fresh
):
    at(sheet, 7, "mined_tonnes").value = 120
    mark = back().marks.get()
    proposals.take_proposal(by=fresh(cast.liaison), mark=mark)
    assert value(campaign, "孙某、周某", "mined_tonnes") == 120
    assert value(campaign, "孙某、周某", "mining_fine") == 100000
    batch = ImportBatch.objects.get(file_name__contains="采纳改数")
    assert (batch.report["updated"], batch.as_of) == (1, build.day("05-15"))
    assert TrailEntry.objects.get(act="take_proposal").changes == {"孙某、周某　非法开采数量": ["96", "120"]}
    undo_import(by=cast.liaison, batch=batch, reason="看错了")
    assert value(campaign, "孙某、周某", "mined_tonnes") == 96


def test_taking_an_emptied_figure_empties_it(cast, campaign, back, sheet, fresh):
    at(sheet, 8, "land_area").value = None
    proposals.take_proposal(by=fresh(cast.liaison), mark=back().marks.get())
    assert value(campaign, "钱某某", "land_area") is None


def test_taking_a_figure_of_the_cases_leads_to_the_case_and_changes_nothing_by_itself(
    cast, campaign, rows, back, sheet, sign_in
):
    at(sheet, 9, "mining_fine").value = 80000
    returned = back()
    mark, client = returned.marks.get(), sign_in(cast.liaison)
    url = reverse("ledgers:take_proposal", args=[mark.public_id])
    page = client.get(url).content.decode()
    assert "台账不会直接改动" in page and "90,000" in page and "80,000" in page
    answer = client.post(url, {"_key": "k"}, follow=True)
    page = answer.content.decode()
    assert "这个数来自案件，请到案件中更正" in page
    case = rows["李某"].links.get().case
    assert f'<a href="{case.get_absolute_url()}">去{case.number}更正</a>' in page
    assert value(campaign, "李某", "mining_fine") == 90000
    assert "已采纳" in page
    build.decision(cast, case, ("mining", "fine", "-10000"))
    assert "台账还没有改成这个数" not in client.get(returned.get_absolute_url()).content.decode()


def test_open_figures_stand_on_the_desk_of_who_answers_and_under_sent_of_who_made_them(
    cast, sent, back, sheet, fresh
):
    at(sheet, 7, "mined_tonnes").value = 120
    at(sheet, 8, "land_area").value = 9
    returned = back()
    (line,) = [task for task in desk.waiting_for(cast.liaison, timezone.now()) if "改数" in task.what]
    assert (line.what, line.act_url) == ("2处改数意见待答复", returned.get_absolute_url())
    (row,) = [row for row in sent_by(desk, cast.prefecture) if "改数" in row.what]
    assert (row.what, row.to) == ("2处改数意见，等待县级答复", "交城县自然资源局")
    for other in (cast.checker, cast.prefecture, cast.neighbour_liaison):
        assert not [task for task in desk.waiting_for(other, timezone.now()) if "改数" in task.what]
    assert not [row for row in sent_by(desk, cast.liaison) if "改数" in row.what]
    first, second = returned.marks.all()
    proposals.take_proposal(by=fresh(cast.liaison), mark=first)
    assert [t.what for t in desk.waiting_for(fresh(cast.liaison), timezone.now())][-1] == "1处改数意见待答复"
    proposals.decline_proposal(by=fresh(cast.liaison), mark=second, reason="以决定书为准")
    assert not [t for t in desk.waiting_for(fresh(cast.liaison), timezone.now()) if "改数" in t.what]
    assert not [row for row in sent_by(desk, cast.prefecture) if "改数" in row.what]


def test_a_workbook_that_the_county_uploaded_waits_for_itself_alone(cast, sent, back, sheet):
    at(sheet, 7, "mined_tonnes").value = 120
    back(cast.liaison)
    assert "1处改数意见待答复" in [task.what for task in desk.waiting_for(cast.liaison, timezone.now())]
    assert not [row for row in sent_by(desk, cast.liaison) if "改数" in row.what]


def test_declining_keeps_the_figure_and_says_why(cast, campaign, back, sheet, fresh, sign_in):
    at(sheet, 7, "mined_tonnes").value = 120
    returned = back()
    with pytest.raises(Refused, match="理由"):
        proposals.decline_proposal(by=fresh(cast.liaison), mark=returned.marks.get(), reason=" ")
    proposals.decline_proposal(by=fresh(cast.liaison), mark=returned.marks.get(), reason="以决定书为准")
    assert value(campaign, "孙某、周某", "mined_tonnes") == 96
    page = sign_in(cast.prefecture).get(returned.get_absolute_url()).content.decode()
    assert "未采纳" in page and "以决定书为准" in page


def test_a_figure_is_answered_once_by_the_countys_liaison(cast, back, sheet, fresh):
    at(sheet, 7, "mined_tonnes").value = 120
    mark = back().marks.get()
    for person in (cast.checker, cast.prefecture, cast.neighbour_liaison, cast.handler):
        with pytest.raises(Forbidden):
            proposals.take_proposal(by=fresh(person), mark=mark)
    proposals.decline_proposal(by=fresh(cast.liaison), mark=mark, reason="以决定书为准")
    with pytest.raises(Refused, match="未采纳"):
        proposals.take_proposal(by=fresh(cast.liaison), mark=mark)
    assert ProposalAnswer.objects.get().taken is False


def test_one_whose_row_left_the_ledger_cannot_be_taken(cast, campaign, rows, back, sheet, fresh):
    at(sheet, 7, "mined_tonnes").value = 120
    mark = back().marks.get()
    rows["孙某、周某"].state = "struck"
    rows["孙某、周某"].save()
    with pytest.raises(Refused, match="已不在台账中"):
        proposals.take_proposal(by=fresh(cast.liaison), mark=mark)


def test_who_took_a_figure_does_not_check_the_ledger(cast, county_ledger, back, sheet, fresh):
    at(sheet, 7, "mined_tonnes").value = 120
    both = fresh(cast.liaison)
    both.postings.create(agency=cast.county, role="checker")
    proposals.take_proposal(by=fresh(both), mark=back().marks.get())
    with pytest.raises(Refused, match="须由另一人办理"):
        checking.check_ledger(by=fresh(both), ledger=county_ledger, rest=True)


def test_a_returned_workbook_its_marks_and_answers_never_change(cast, back, sheet, fresh):
    at(sheet, 7, "mined_tonnes").value = 120
    mark = back().marks.get()
    proposals.decline_proposal(by=fresh(cast.liaison), mark=mark, reason="以决定书为准")
    for model in (ReturnedWorkbook, ReturnedMark, ProposalAnswer):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all().delete()


def test_draft_report_and_drawer_show_marks_and_what_waits_for_an_answer(
    cast, campaign, sent, back, sheet, sign_in, rows
):
    at(sheet, 7, "mined_tonnes").value = 120
    at(sheet, 7, "mined_tonnes").comment = Comment("按储量报告核减", "吕市审")
    at(sheet, 8, "land_area").fill = YELLOW
    returned = back()
    client = sign_in(cast.liaison)
    draft = client.get(f"{campaign.get_absolute_url()}?county=141122-zrzy").content.decode()
    assert "1 处待答复，台账没有改动" in draft and returned.get_absolute_url() in draft
    for page in (draft, client.get(sent.get_absolute_url()).content.decode()):
        assert "市级改为 120　待答复" in page and "有批注" in page and "标黄" in page
    entry = rows["孙某、周某"]
    take = reverse("ledgers:take_proposal", args=[returned.marks.get(changes=True).public_id])
    for url in (
        reverse("ledgers:cell", args=[entry.public_id, "mined_tonnes"]),
        reverse("ledgers:submission_cell", args=[sent.public_id, entry.public_id, "mined_tonnes"]),
    ):
        drawer = client.get(url).content.decode()
        assert "按储量报告核减" in drawer and take in drawer
    assert take not in sign_in(cast.checker).get(url).content.decode()
    police = sign_in(cast.police).get(campaign.get_absolute_url()).content.decode()
    assert "待答复" not in police
    file = sign_in(cast.prefecture).get(returned.workbook.get_absolute_url())
    assert file.status_code == 200
    assert sign_in(cast.neighbour_liaison).get(returned.get_absolute_url()).status_code == 404


def test_the_upload_page_says_that_the_ledger_stays_and_leads_to_the_list(cast, sent, sheet, sign_in):
    at(sheet, 7, "mined_tonnes").value = 120
    client = sign_in(cast.prefecture)
    url = reverse("ledgers:record_returned_workbook", args=[sent.public_id])
    assert "上传后台账不变" in client.get(url).content.decode()
    page = client.post(url, {"upload": file_of(sheet), "_key": "k"}, follow=True).content.decode()
    assert "改回的工作簿已登记，台账没有改动" in page and "1 处待县级答复" in page
    assert digest_of(sent.totals) == digest_of(type(sent).objects.get(pk=sent.pk).totals)
