"""A workbook that comes back: the prefecture marks and changes cells and uploads it; the county sees
the marks on its cells, takes one figure and declines the other."""

import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from ledgers.services.drawing import draw
from tests.ledgers import acting, build
from tests.stories.conftest import PHONE
from tests.stories.desk import act, fill, path_of, press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
YELLOW = PatternFill("solid", fgColor="FFFFFF00")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def sent(live_cast):
    """交城's report: two rows that a workbook had brought."""
    campaign = build.campaign(live_cast)
    build.imported_entry(
        campaign, live_cast, name="孙某", place="某废弃矿井", mined_tonnes=Decimal("96"), shutdown=True
    )
    build.imported_entry(campaign, live_cast, name="钱某某", place="某村东", land_area=Decimal("8.4"))
    return acting.submit(live_cast, build.ledger(campaign, live_cast.county))


def values(campaign) -> list:
    """Mined tonnes and land area of each row of today."""
    return [(row.value("mined_tonnes"), row.value("land_area")) for row in draw(campaign)]


def painted(page) -> bytes:
    """What the prefecture does in Excel with the workbook that it downloaded."""
    with page.expect_download() as download:
        page.locator("main a[href$='/download/']").first.click()
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    lines = {row[2].value: row for row in book.active.iter_rows() if row[2].value}
    lines["孙某"][8].value = 120
    lines["孙某"][8].comment = Comment("按储量报告核减", "吕市审")
    lines["钱某某"][5].value = 9
    lines["钱某某"][3].fill = YELLOW
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_marks_come_back_onto_the_cells_and_figures_wait_for_the_countys_answer(
    at_pc, live_cast, sent, picture
):
    prefecture = at_pc(live_cast.prefecture)
    prefecture.goto(sent.get_absolute_url())
    upload = {"name": "改.xlsx", "mimeType": XLSX, "buffer": painted(prefecture)}
    act(prefecture, "record-returned-workbook", upload=upload)
    assert "改动的数 2 处待县级答复" in prefecture.locator("main").inner_text()
    returned, before = path_of(prefecture), values(sent.campaign)
    assert before == [(Decimal("96"), None), (None, Decimal("8.4"))]
    prefecture.goto("/")
    assert "2处改数意见，等待县级答复" in prefecture.locator("main").inner_text()

    liaison = at_pc(live_cast.liaison)
    liaison.goto(f"{sent.campaign.get_absolute_url()}?county={live_cast.county.code}")
    table = liaison.locator("main table").first.inner_text()
    assert "市级改为 120" in table and "市级改为 9" in table
    assert "有批注" in table and "标黄" in table
    picture(liaison, "ledger-returned")
    liaison.goto("/")
    assert "2处改数意见待答复" in liaison.locator("main").inner_text()
    with liaison.expect_navigation():
        liaison.locator("main a", has_text="答复").first.click()
    assert path_of(liaison) == returned
    act(liaison, "take-proposal")
    assert "已采纳" in liaison.locator("main").inner_text()

    phone = at_pc(live_cast.liaison, viewport=PHONE)
    phone.goto(returned)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with phone.expect_navigation():
        phone.locator("main a[href*='/decline-proposal/']").first.click()
    fill(phone, reason="以决定书为准")
    press(phone)
    assert "未采纳" in phone.locator("main").inner_text()
    assert values(sent.campaign) == [(Decimal("120"), None), (None, Decimal("8.4"))]

    prefecture.goto(returned)
    told = prefecture.locator("main").inner_text()
    assert "改动的数都已答复" in told and "以决定书为准" in told
    for person in (prefecture, liaison):
        person.goto("/")
        assert "改数意见" not in person.locator("main").inner_text()
