"""A workbook that comes again finds its rows, wherever they went, and native ones too."""

from datetime import date
from decimal import Decimal

import pytest

from cases.models import Case
from ledgers.models import EntryLink, EntryState, LedgerEntry
from ledgers.services import entries, reshaping
from ledgers.services.drawing import draw
from registry.services import words
from tests.ledgers import build
from tests.ledgers.importing.conftest import ROW
from tests.ledgers.sheets.books import FORM

OTHER = ROW | {"party": "乙公司"}
LATER = "2021年6月30日"
KEPT = [key for key in FORM.keys if key not in ("mining_fine", "remark")]


def said(batch) -> list[str]:
    return [each["reason"] for each in batch.report["warnings"]]


@pytest.fixture
def two(bring, workbook, campaign):
    """甲公司 and 乙公司 imported: the workbook, and their entries."""
    path = workbook([ROW, OTHER])
    bring(path)
    return path, *campaign.entries.order_by("pk")


@pytest.fixture
def native(cast, campaign):
    """`native()` is the system's own row of 甲公司 at 某沟, with what was found."""

    def row(*tonnes, place="某沟", **more):
        case = build.case(cast, names=("甲公司",), place=place, filed="2021-05-01", mineral="石灰岩", **more)
        build.mined(cast, case, *tonnes, on="2021-05-01", mineral="石灰岩")
        return build.entry(campaign, cast.county, case, party="甲公司", place=place, opened="2021-05-01")

    return row


def test_a_merged_row_is_not_made_again(two, bring, counts, campaign, cast, fresh):
    path, one, other = two
    reshaping.merge_entry(by=fresh(cast.liaison), entry=other, into=one, reason="同一件")
    before = [row.values for row in draw(campaign)]
    batch = bring(path)
    assert batch.report["created"] == batch.report["updated"] == 0
    assert said(batch) == ["这一行对应的条目已归并到第1行（甲公司），未写入。"]
    assert [row.values for row in draw(campaign)] == before
    assert before[0]["mined_tonnes"] == 200


def test_a_struck_row_is_not_made_again(two, bring, counts, campaign, cast, fresh):
    path, _, other = two
    entries.strike_entry(by=fresh(cast.liaison), entry=other, reason="不属实")
    batch = bring(path)
    assert counts(batch) == (0, 0, 2)
    assert said(batch) == ["这一行对应的条目已剔除（不属实），未写入。"]
    assert len(draw(campaign)) == 1


def test_a_moved_row_is_not_made_again(two, bring, counts, campaign, cast, fresh):
    path, _, other = two
    reshaping.move_entry(by=fresh(cast.prefecture), entry=other, to_agency=cast.neighbour, reason="属文水")
    batch = bring(path)
    assert counts(batch) == (0, 0, 2)
    assert said(batch) == ["这一行对应的条目已移出到文水县，未写入。"]
    assert LedgerEntry.objects.filter(state=EntryState.IN).count() == 2


def test_a_row_merged_and_struck_in_two_steps_is_followed_to_its_end(two, bring, counts, cast, fresh):
    path, one, other = two
    one = reshaping.merge_entry(by=fresh(cast.liaison), entry=other, into=one, reason="同一件")
    entries.strike_entry(by=fresh(cast.liaison), entry=one, reason="不属实")
    batch = bring(path)
    assert counts(batch) == (0, 0, 2)
    assert len(said(batch)) == 2 and all("已剔除" in each for each in said(batch))


def renamed(cast, fresh, entry, party="甲有限公司"):
    entries.amend_entry(
        by=fresh(cast.liaison), entry=entry, party=party, place=entry.place, mineral=entry.mineral
    )


def test_a_renamed_row_is_found_by_its_old_words_and_by_its_new(two, bring, workbook, counts, cast, fresh):
    path, one, _ = two
    renamed(cast, fresh, one)
    assert counts(bring(path)) == (0, 0, 2)
    new = workbook([ROW | {"party": "甲有限公司", "mined_tonnes": 300}, OTHER], day=LATER)
    assert counts(bring(new)) == (0, 1, 1)
    assert LedgerEntry.objects.count() == 2


def test_a_renamed_row_that_moved_is_found_by_its_old_words(two, workbook, campaign, cast, fresh, counts):
    from accounts import roles
    from ledgers.services.importing import import_rows, ledger_of, read_workbook
    from tests.cast import add_person

    _, one, _ = two
    moved = reshaping.move_entry(
        by=fresh(cast.prefecture), entry=one, to_agency=cast.neighbour, reason="属文水"
    )
    entries.amend_entry(
        by=fresh(cast.neighbour_liaison), entry=moved, party="另名", place=moved.place, mineral=moved.mineral
    )
    by = add_person("city", "市联络", cast.prefecture_office, roles.LIAISON)
    reading = read_workbook(workbook([ROW | {"county": "文水县"}]), campaign)
    into = ledger_of(campaign, cast.prefecture_office)
    assert counts(import_rows(by=fresh(by), ledger=into, reading=reading)) == (0, 0, 1)


def test_a_sum_of_merged_rows_that_differs_is_a_conflict(two, bring, workbook, counts, cast, fresh):
    _, one, other = two
    reshaping.merge_entry(by=fresh(cast.liaison), entry=other, into=one, reason="同一件")
    assert counts(bring(workbook([ROW | {"mined_tonnes": 200}], day=LATER))) == (0, 0, 1)
    batch = bring(workbook([ROW | {"mined_tonnes": 250}], day=LATER))
    assert counts(batch) == (0, 0, 1)
    assert "系统中“非法开采数量”为 200 吨，表中为 250 吨" in said(batch)[0]


# ---- rows of the system's own


def test_a_native_row_takes_up_what_the_system_has_not(native, bring, workbook, counts, campaign):
    entry = native("320")
    row = ROW | {"mined_tonnes": 320, "mining_fine": 50000, "arrest": 2, "remark": "表内备注"}
    assert counts(bring(workbook([row]))) == (0, 1, 0)
    (drawn,) = draw(campaign)
    assert drawn.entry == entry
    assert drawn.values["mined_tonnes"] == 320
    assert (drawn.values["mining_fine"], drawn.values["arrest"]) == (50000, 2)
    assert drawn.values["remark"] == "表内备注"
    facts = entry.links.get(case__imported=True).case.imported_values.get()
    assert facts.of("mined_tonnes") is None
    assert counts(bring(workbook([row]))) == (0, 0, 1)


def test_the_case_that_a_native_row_took_up_can_be_opened(native, bring, workbook, sign_in, cast):
    entry = native("320")
    bring(workbook([ROW | {"mined_tonnes": 320, "mining_fine": 50000}]))
    case = entry.links.get(case__imported=True).case
    text = sign_in(cast.handler).get(case.get_absolute_url()).content.decode()
    assert case.number in text and "50,000" in text
    assert sign_in(cast.handler).get(entry.get_absolute_url()).status_code == 200
    assert sign_in(cast.handler).get("/cases/").status_code == 200


def test_what_the_system_decided_is_never_overwritten(native, bring, workbook, counts, campaign):
    entry = native("430")
    batch = bring(workbook([ROW | {"mined_tonnes": 320, "mining_fine": 50000}]))
    assert counts(batch) == (0, 1, 0)
    assert said(batch) == [
        "系统中“非法开采数量”为 430 吨，表中为 320 吨，没有用表中的值覆盖。请核对以哪个为准。"
    ]
    (drawn,) = draw(campaign)
    assert (drawn.values["mined_tonnes"], drawn.values["mining_fine"]) == (430, 50000)
    assert drawn.entry == entry


def test_what_is_decided_later_stands_above_what_a_native_row_took_up(
    native, bring, workbook, cast, campaign, counts
):
    entry = native("320")
    path = workbook([ROW | {"mined_tonnes": 320, "mining_fine": 50000}])
    bring(path)
    case = entry.links.get(case__imported=False).case
    build.decision(cast, case, ("mining", "fine", "60000"), on="2021-06-20")
    (drawn,) = draw(campaign)
    assert drawn.values["mining_fine"] == Decimal(60000)
    batch = bring(path)
    assert counts(batch) == (0, 0, 1)
    assert "为 60,000 元，表中为 50,000 元" in said(batch)[0]


def test_a_native_row_with_nothing_new_stays_as_it_is(native, bring, workbook, counts):
    entry = native("100")
    batch = bring(workbook([ROW]))
    assert counts(batch) == (0, 0, 1)
    assert said(batch) == []
    assert entry.links.count() == 1 and not Case.objects.filter(imported=True).exists()


def test_the_words_of_a_native_row_stay_its_cases(native, bring, workbook, campaign):
    native("320")
    bring(workbook([ROW | {"party": "甲 公司", "mining_fine": 5}]))
    (drawn,) = draw(campaign)
    assert (drawn.values["party"], drawn.values["place"]) == ("甲公司", "某沟")


def test_near_native_rows_are_named_and_others_are_not(native, bring, workbook, campaign):
    native("1", place="某沟北侧")
    native("1", place="远处某山")
    batch = bring(workbook([ROW, ROW | {"party": "别的公司", "place": "某沟"}]))
    (warning,) = batch.report["warnings"]
    assert warning["row"] == 5
    assert "第1行甲公司（某沟北侧）、第2行甲公司（远处某山）" in warning["reason"]


def test_a_part_of_the_name_at_a_part_of_the_place_is_near_too(native, bring, workbook):
    native("1", place="天宁镇某沟")
    batch = bring(workbook([ROW | {"party": "交城甲公司"}]))
    assert ["第1行甲公司（天宁镇某沟）" in each for each in said(batch)] == [True]


# ---- blanks, older forms


def test_a_blank_cell_is_no_conflict_with_what_the_system_shows(bring, workbook, counts, cast, campaign):
    """是否取缔 is 否 by itself once something was found; the workbook left it blank."""
    bring(workbook([ROW]))
    case = campaign.entries.get().links.get().case
    build.mined(cast, case, "100", on="2021-06-20")
    assert draw(campaign)[0].values["shutdown"] is False
    batch = bring(workbook([ROW], day=LATER))
    assert (counts(batch), said(batch)) == ((0, 0, 1), [])


def test_a_blank_erases_nothing_and_says_what_stays(bring, workbook, counts, campaign):
    bring(workbook([ROW | {"mining_fine": 5000, "remark": "x", "shutdown": "是"}]))
    batch = bring(workbook([ROW | {"mined_tonnes": None}], day=LATER))
    assert counts(batch) == (0, 0, 1)
    (drawn,) = draw(campaign)
    kept = [drawn.values[key] for key in ("mined_tonnes", "mining_fine", "remark", "shutdown")]
    assert kept == [100, 5000, "x", True]
    assert "此格空白，原有的 100 吨保留不变。要清除的，请勾选“空白处清除原有数字”。" in said(batch)
    assert len(said(batch)) == 4


def test_an_emptied_cell_of_a_newer_form_empties_the_row_where_that_was_ticked(
    bring, workbook, counts, campaign
):
    bring(workbook([ROW | {"mining_fine": 5000, "remark": "x"}]))
    assert counts(bring(workbook([ROW], day=LATER), clear_blanks=True)) == (0, 1, 0)
    (drawn,) = draw(campaign)
    assert (drawn.values["mining_fine"], drawn.values["remark"]) == (None, None)
    (then,) = draw(campaign, as_of=date(2021, 6, 20))
    assert then.values["mining_fine"] == 5000


def test_an_older_form_with_the_same_values_fills_history(bring, workbook, campaign):
    bring(workbook([ROW], day=LATER))
    batch = bring(workbook([ROW]))
    assert [row["outcome"] for row in batch.rows] == ["history"]
    assert len(draw(campaign, as_of=date(2021, 6, 20))) == 1
    assert [row["outcome"] for row in bring(workbook([ROW])).rows] == ["unchanged"]


def test_an_older_form_of_a_merged_row_is_left_out_with_a_word(two, bring, workbook, cast, fresh, counts):
    _, one, other = two
    reshaping.merge_entry(by=fresh(cast.liaison), entry=other, into=one, reason="同一件")
    links = EntryLink.objects.count()
    batch = bring(workbook([ROW | {"mined_tonnes": 1}], day="2021年5月15日"))
    assert (counts(batch), EntryLink.objects.count()) == ((0, 0, 1), links)
    assert "较早的台账不再补入" in said(batch)[0]


def test_warnings_stand_in_the_order_of_the_workbook(bring, workbook, campaign, cast, fresh):
    rows = [ROW | {"party": f"p{n}"} for n in range(12)]
    bring(workbook(rows))
    for entry in campaign.entries.all():
        entries.amend_entry(
            by=fresh(cast.liaison),
            entry=entry,
            party=entry.party,
            place=entry.place,
            mineral="砂",
            remark="手写",
        )
    batch = bring(workbook([row | {"mineral": "煤", "remark": "表"} for row in rows], day=LATER))
    places = [(each["row"], each["column"]) for each in batch.report["warnings"]]
    assert places == [(n, column) for n in range(5, 17) for column in ("E", "P")]


def test_a_missing_column_keeps_what_stood_and_says_so(bring, workbook, counts, campaign):
    bring(workbook([ROW | {"mining_fine": 5000}]))
    batch = bring(workbook([ROW], day=LATER, keys=KEPT))
    assert counts(batch) == (0, 0, 1)
    assert "表中没有这些列，原有数据不变：" in said(batch)[0]
    assert draw(campaign)[0].values["mining_fine"] == 5000


def test_the_case_that_a_native_row_takes_up_is_found_by_its_words(native, bring, workbook):
    native("320")
    words.fill()
    bring(workbook([ROW | {"mined_tonnes": 320, "mining_fine": 5000}]))
    assert Case.objects.filter(imported=True).count() == 1 and words.verify()["differing"] == []
