"""A second form, declared as data, with three fields that the first has not: imported, drawn,
submitted, exported, and its export imported again unchanged."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from accounts.triggers import drop_triggers
from common.errors import Refused
from ledgers.fields import FIELDS, Kind, Side
from ledgers.layout_faults import LONGEST, layout_faults
from ledgers.models import ImportedValues, LedgerForm
from ledgers.services.drawing import draw
from ledgers.services.exporting import export_live, export_submission
from ledgers.services.importing import import_rows, read_workbook
from ledgers.services.kept import rows_of
from ledgers.services.ledger_forms import add_form, form_of, layout_of, load_shipped
from ledgers.services.verifying import check_submissions
from ledgers.sheets.reading import read_ledger
from ledgers.sheets.writing import SheetWords, write_ledger
from ledgers.shipped import shipped_forms
from tests.ledgers import acting, build

pytestmark = pytest.mark.django_db
NEW = ("confiscated_income", "referred_on", "suspected_crime")
TYPED = {
    "county": "交城县",
    "party": "某石料厂",
    "place": "东沟口",
    "land_area": Decimal("12.6"),
    "confiscated_income": Decimal("84000.05"),
    "referred_on": date(2026, 5, 6),
    "suspected_crime": "非法采矿罪",
    "criminal_detention": 2,
    "remark": "表内备注",
}


def declared(**changes):
    """The second form as its file would declare it."""
    return {
        "code": "referrals",
        "version": 1,
        "row_kind": "entry",
        "title": "非法采矿涉刑案件台账",
        "sheet_title": "涉刑台账",
        "unit_line": "单位：亩、元、人",
        "unit_words": "填报单位：",
        "data_as_of_words": "数据截止：",
        "subtotal_words": "小计",
        "total_words": "合计",
        "signatures": [
            {"name": "auditor", "words": "审核人：", "column": 1},
            {"name": "filled_on", "words": "填报时间：", "column": 4},
            {"name": "filler", "words": "填报人：", "column": 8},
        ],
        "heads": [
            {"head": "县市区", "key": "county", "width": 10},
            {"head": "当事人", "key": "party", "width": 24},
            {"head": "地点", "key": "place", "width": 24},
            {
                "head": "行政处理",
                "under": [
                    {"head": "占地面积", "key": "land_area", "width": 11},
                    {"head": "没收违法所得", "key": "confiscated_income", "width": 13},
                ],
            },
            {
                "head": "移送公安情况",
                "under": [
                    {"head": "移送日期", "key": "referred_on", "width": 12},
                    {"head": "涉嫌罪名", "key": "suspected_crime", "width": 20},
                    {"head": "刑拘", "key": "criminal_detention", "width": 7},
                ],
            },
            {"head": "备注", "key": "remark", "width": 24},
        ],
        **changes,
    }


@pytest.fixture
def second(campaign):
    """The campaign, reporting with the second form."""
    add_form(declared())
    campaign.form_code = "referrals"
    campaign.save(update_fields=["form_code"])
    return campaign


@pytest.fixture
def seat(cast, second):
    """交城's ledger in it."""
    return build.ledger(second, cast.county)


@pytest.fixture
def book(second, tmp_path):
    """`book(rows)` writes a workbook of the second form."""

    def write(rows, day=date(2026, 5, 15)):
        path = tmp_path / "typed.xlsx"
        with path.open("wb") as stream:
            write_ledger(stream, form_of(second), rows, SheetWords("交城县自然资源局", filled_on=day))
        return path

    return write


def bring(cast, seat, path):
    """Import a workbook as 交城's liaison; returns (created, updated, unchanged)."""
    reading = read_workbook(path, seat.campaign)
    batch = import_rows(by=cast.liaison, ledger=seat, reading=reading, file_name=path.name)
    assert batch.report["rejected"] == batch.report["warnings"] == []
    return tuple(batch.report[key] for key in ("created", "updated", "unchanged"))


def test_what_was_typed_is_imported_drawn_frozen_exported_and_imported_again(
    cast, second, seat, book, tmp_path
):
    assert bring(cast, seat, book([TYPED])) == (1, 0, 0)
    kept = ImportedValues.objects.get()
    assert kept.values == {
        "land_area": "12.6",
        "confiscated_income": "84000.05",
        "referred_on": "2026-05-06",
        "suspected_crime": "非法采矿罪",
        "criminal_detention": 2,
        "remark": "表内备注",
    }
    (row,) = draw(second)
    assert row.values == TYPED
    submission = acting.submit(cast, seat, "05-20")
    assert submission.version_code == "referrals-1"
    assert (
        submission.rows.get().values
        == {"county": "交城县", "party": "某石料厂", "place": "东沟口"} | kept.values
    )
    assert submission.totals["now"] == {
        "land_area": "12.6", "confiscated_income": "84000.05", "criminal_detention": 2,
    }  # fmt: skip
    assert check_submissions() == (1, None)
    path = tmp_path / "exported.xlsx"
    with path.open("wb") as stream:
        export_submission(stream, submission)
    assert [line.values for line in read_ledger(path, form_of(second)).rows] == [TYPED]
    assert bring(cast, seat, path) == (0, 0, 1)
    assert draw(second)[0].values == TYPED


def test_the_new_fields_draw_themselves_from_decision_and_referral(cast, second):
    case = build.case(cast, sides=("mining",))
    build.decision(cast, case, ("mining", "confiscate_income", "300"), ("land", "confiscate_income", "50.5"))
    build.referral(cast, case, on="05-05")
    build.referral(cast, case, on="05-09")
    build.entry(second, cast.county, case)
    (row,) = draw(second, as_of=build.day("05-31"))
    assert [row.value(key) for key in NEW] == [Decimal("350.5"), date(2026, 5, 5), "非法采矿罪"]
    assert [len(row.cells[key].evidence) for key in NEW] == [2, 2, 2]
    assert [row.cells[key].evidence[0].thing[0] for key in NEW] == ["case"] * 3
    (before,) = draw(second, as_of=build.day("05-04"))
    assert [before.value(key) for key in NEW] == [None, None, None]
    assert [before.cells[key].applicable for key in NEW] == [True, False, False]


def test_a_native_referral_stands_above_what_the_workbook_said(cast, second, seat, book):
    bring(cast, seat, book([TYPED]))
    case = build.case(cast)
    build.referral(cast, case, on="05-08")
    entry = second.entries.get()
    entry.links.create(case=case)
    (row,) = draw(second)
    assert row.value("referred_on") == date(2026, 5, 8)
    assert [fact.what for fact in row.cells["referred_on"].evidence] == ["移送公安"]


def test_its_pages_show_it(cast, second, seat, book, sign_in):
    bring(cast, seat, book([TYPED, TYPED | {"party": "另一厂", "confiscated_income": None}]))
    client = sign_in(cast.liaison)
    page = client.get(second.get_absolute_url()).content.decode()
    for text in ("移送公安情况", "2026-05-06", "非法采矿罪", "84,000.05", "合计（2 条）", "referrals-1"):
        assert text in page, text
    entry = second.entries.order_by("pk").first()
    page = client.get(entry.get_absolute_url()).content.decode()
    assert "其他" in page
    assert "没收违法所得" in page
    cell = client.get(f"/ledgers/entries/{entry.public_id}/cells/referred_on/")
    assert cell.status_code == 200, cell
    assert "移送公安日期 2026-05-06" in cell.content.decode()
    case = client.get(entry.links.get().case.get_absolute_url())
    shown = {line["label"]: line["value"] for line in case.context["imported_rows"]}
    assert shown["移送公安日期"] == "2026-05-06"
    assert "采矿罚款金额" not in shown


def test_days_are_days_in_the_workbook_and_what_is_no_day_is_refused(cast, second, seat, book, tmp_path):
    stream = io.BytesIO()
    bring(cast, seat, book([TYPED]))
    export_live(stream, second, rows_of(second), unit="", as_of=date(2026, 5, 20))
    sheet = openpyxl.load_workbook(stream).active
    assert (sheet["F6"].value.date(), sheet["F6"].number_format) == (date(2026, 5, 6), "yyyy-mm-dd")
    sheet["F6"] = "下个月"
    path = tmp_path / "bad.xlsx"
    sheet.parent.save(path)
    (fault,) = read_ledger(path, form_of(second)).faults
    assert (fault.column, fault.reason) == ("F", "“下个月”认不出是哪一天，请写成 2021-05-15 的样子。")
    sheet["F6"] = "二〇二六年五月六日"
    sheet.parent.save(path)
    assert read_ledger(path, form_of(second)).rows[0].values["referred_on"] == date(2026, 5, 6)


def test_a_county_first_column_takes_the_words_of_a_subtotal(cast, second):
    for agency in (cast.county, cast.neighbour):
        case = build.case(cast, agency=agency)
        build.land(cast, case, "2")
        build.entry(second, agency, case)
    stream = io.BytesIO()
    export_live(stream, second, rows_of(second), unit="", as_of=date(2026, 5, 20))
    sheet = openpyxl.load_workbook(stream).active
    assert [sheet[f"A{row}"].value for row in range(6, 11)] == [
        "文水县", "文水县小计（1 条）", "交城县", "交城县小计（1 条）", "合计（2 条）",
    ]  # fmt: skip


def with_heads(*more):
    return declared(heads=[*declared()["heads"], *more])


def fines(*above):
    """Two heads of the same words, under the words above or without any."""
    heads = [{"head": "罚款金额", "key": key, "width": 9} for key in ("land_fine", "mining_fine")]
    groups = [{"head": word, "under": [head]} for word, head in zip(above, heads, strict=False)]
    return with_heads(*(groups or heads))


def signed(column, words="审核人："):
    signatures = declared()["signatures"]
    signatures[0] |= {"column": column, "words": words}
    return declared(signatures=signatures)


def nested(depth):
    node = {"head": "开采矿种", "key": "mineral", "width": 9}
    for _ in range(depth - 1):
        node = {"head": "上层", "under": [node]}
    return with_heads(node)


FAULTY = [
    (with_heads({"head": "奖励", "key": "reward", "width": 9}), "“reward”不是台账字段。"),
    (with_heads({"head": "备注", "key": "remark", "width": 9}), "“备注”出现了 2 次。"),
    (with_heads({"head": "矿种", "key": "mineral", "width": 0}), "“矿种”的列宽应在 1 和 100 之间。"),
    (with_heads({"head": "采矿方面", "under": []}), "有一个表头下面没有列。"),
    (with_heads({"head": " ", "key": "mineral", "width": 9}), "有一个表头没有文字。"),
    (with_heads({"head": "矿种", "width": 9}), "表头“矿种”没有对应的字段。"),
    (with_heads({"head": "矿石", "key": "mineral", "width": 9}),
     "表头“矿石”认不出是“开采矿种”，导入时会找不到这一列。"),
    (nested(6), "表头最多 5 层。"),
    (declared(heads=[]), "表头是空的。"),
    (declared(heads=declared()["heads"][1:]), "缺少“县市区”。"),
    (declared(title=""), "没有填写标题。"),
    (declared(version=0), "版本应是从 1 起的整数。"),
    (declared(row_kind="clue"), "没有“clue”这种台账行。"),
    (declared(version=10**9), "版本不能大于 32767。"),
    (declared(code="my form/2"), "代码只用小写字母、数字和短横线。"),
    (declared(code="c" * 31), "代码有 31 个字，最多 30 个。"),
    (declared(title="台" * 500), "标题有 500 个字，最多 120 个。"),
    (declared(sheet_title="台" * 32), "工作表名有 32 个字，最多 31 个。"),
    (declared(sheet_title="2026/台账"), "工作表名不能有 \\ / * ? : [ ]，也不能以单引号开头或结尾。"),
    (declared(title="台账\x00"), "有的文字里有看不见的控制字符，请重新填写。"),
    (with_heads({"head": "罚款金额（万元）", "key": "mining_fine", "width": 9}),
     "表头“罚款金额（万元）”的单位应是元，表上写的是万元。"),
    (declared(total_words="总数"), "“总数”认不出是合计的字样，导入时会当成一行台账。"),
    (signed(1, "签字："), "落款“签字：”认不出来，导入时会当成一行台账。"),
    (signed(10), "落款“审核人：”不在表内，应在第 1 到第 9 列。"),
    (signed(4), "第 4 列有两处落款。"),
    (declared(signatures=declared()["signatures"][1:]), "落款中应有一处“审核人”。"),
]  # fmt: skip


def test_two_fines_that_nobody_can_tell_apart_are_both_refused():
    fine = "表头“罚款金额”认不出是“{}”，导入时会找不到这一列。"
    assert layout_faults(fines()) == [fine.format("占地罚款金额"), fine.format("采矿罚款金额")]


@pytest.mark.parametrize(("declaration", "sentence"), FAULTY, ids=[sentence for _, sentence in FAULTY])
def test_a_faulty_form_is_refused_with_a_sentence(declaration, sentence):
    assert layout_faults(declaration) == [sentence]
    with pytest.raises(Refused) as refusal:
        add_form(declaration)
    assert refusal.value.sentence == sentence
    assert not LedgerForm.objects.filter(code="referrals").exists()


def test_heads_of_the_same_words_are_told_apart_by_those_above():
    assert layout_faults(fines("占地方面", "采矿方面")) == []


@pytest.mark.parametrize("field", LedgerForm._meta.concrete_fields, ids=lambda field: field.name)
def test_a_table_has_room_for_whatever_a_form_may_declare(field):
    if field.name in LONGEST:
        assert field.max_length == LONGEST[field.name]
        too_long = declared(**{field.name: "c" * (field.max_length + 1)})
        assert f"最多 {field.max_length} 个" in layout_faults(too_long)[0]


def test_a_form_never_changes_and_a_new_version_is_a_new_row(second):
    kept = LedgerForm.objects.get(code="referrals")
    for change in (lambda: LedgerForm.objects.update(title="别的"), kept.delete, kept.save):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(Refused, match="第1版已有"):
        add_form(declared(title="别的"))
    add_form(declared(version=2, title="别的"))
    assert [layout_of("referrals", version).title for version in (1, 2)] == ["非法采矿涉刑案件台账", "别的"]


def test_the_houses_forms_are_there_and_loading_them_again_adds_nothing():
    assert load_shipped() == 0
    for declaration in shipped_forms():
        row = LedgerForm.objects.get(code=declaration["code"], version=declaration["version"])
        assert row.declaration == declaration


@pytest.mark.django_db(transaction=True)
def test_the_houses_forms_are_there_again_when_all_tables_were_emptied():
    drop_triggers()
    call_command("flush", interactive=False, verbosity=0)
    assert LedgerForm.objects.filter(code="luliang", version=1).exists()


def test_the_new_fields_are_in_the_one_catalogue():
    assert [FIELDS[key].kind for key in NEW] == [Kind.MONEY, Kind.DATE, Kind.TEXT]
    assert {FIELDS[key].side for key in NEW} == {Side.NONE}
    assert {kind for field in FIELDS for kind in field.rows} == {"entry"}
