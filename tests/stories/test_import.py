"""A liaison brings the office's own workbook in: answers what is asked, mends a cell, writes it."""

from datetime import date

import pytest

from ledgers.models import ImportBatch, LedgerEntry
from tests.ledgers import build
from tests.ledgers.importing.books import cumulative, puzzling, saved
from tests.stories.conftest import PHONE
from tests.stories.desk import path_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ledger(live_cast):
    """交城's empty ledger."""
    return build.ledger(build.campaign(live_cast), live_cast.county)


def brought(page, ledger, path):
    """Choose a workbook; the preview comes."""
    page.goto(f"{ledger.campaign.get_absolute_url()}{ledger.agency.code}/import/")
    page.set_input_files("input[name=upload]", str(path))
    with page.expect_navigation():
        page.click("main .act__bar button[type=submit]")


def pressed(page, words):
    """Press a button of the bar and wait for the next page."""
    with page.expect_navigation():
        page.get_by_role("button", name=words).click()


def head(page, words, value):
    """Choose what a column is."""
    page.get_by_label(f"{words}对应栏目").select_option(value)


def fits(page) -> bool:
    """Nothing makes the page itself scroll sideways."""
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_workbook_is_asked_about_mended_and_written_on_one_page(
    live_cast,
    ledger,
    at_pc,
    tmp_path,
):
    page = at_pc(live_cast.liaison)
    brought(page, ledger, saved(puzzling(), tmp_path / "台账.xlsx"))
    assert page.get_by_role("button", name="写入").count() == 0 and fits(page)
    head(page, "占地面积(亩)", "land_area")
    head(page, "占地面积(平方米)", "-")
    head(page, "罚款金额(万元)", "land_fine")
    page.get_by_label("是同一条目，各行的数字相加").check()
    pressed(page, "重新核对")
    cell = page.get_by_label("第5行非法占地面积")
    cell.fill("三亩")
    cell.press("Enter")  # the keyboard alone: looked at again, nothing written
    page.wait_for_load_state("load")
    assert not LedgerEntry.objects.exists()
    cell = page.get_by_label("第5行非法占地面积")
    cell.fill("3.2")
    pressed(page, "写入")
    assert "还没有写入" in page.inner_text("main")
    pressed(page, "写入 3 条")
    assert "已新增 3 条" in page.inner_text("main")
    assert LedgerEntry.objects.count() == 3
    assert ImportBatch.objects.get().choices["edited"] == [["台账", 5, "land_area", "大概三亩多吧"]]


def test_on_a_phone_too_and_what_was_typed_is_not_left_by_mistake(
    live_cast,
    ledger,
    at_pc,
    tmp_path,
):
    page = at_pc(live_cast.liaison, viewport=PHONE)
    brought(page, ledger, saved(cumulative(), tmp_path / "月.xlsx"))
    assert fits(page)
    page.get_by_label("工作表五月怎样读").select_option("ignored")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_role("link", name="没有读入的行").click()
    page.wait_for_load_state("load")
    assert asked == ["beforeunload"]
    assert fits(page) and "填报时间" in page.inner_text("main")
    pressed(page, "写入 5 条")
    assert LedgerEntry.objects.count() == 3
    assert path_of(page) == ImportBatch.objects.get().get_absolute_url()
    assert LedgerEntry.objects.order_by("opened_on").first().opened_on == date(2021, 5, 30)
