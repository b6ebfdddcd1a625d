"""The handbook stands in the product, and each page knows its chapter."""

import re

import pytest

from config import handbook
from config.policy import POLICY

pytestmark = pytest.mark.django_db
# The handbook's own pages lead to its contents; the health door is no page.
WITHOUT_CHAPTER = {"health", "help", "help_chapter", "help_image"}


def test_the_contents_lead_to_every_chapter(cast, sign_in):
    page = sign_in(cast.handler).get("/help/").content.decode()
    found = re.findall(r'href="/help/(\d+)/"', page)
    assert [int(number) for number in found] == [each.number for each in handbook.chapters()]


def test_a_chapter_shows_its_pictures_and_the_next_one(cast, sign_in):
    client = sign_in(cast.handler)
    page = client.get(handbook.help_url("clues:register_clue")).content.decode()
    pictures = re.findall(r'src="(/help/images/[\w-]+\.png)"', page)
    later = handbook.chapters()[2].title
    assert pictures and f"下一章：{later}" in page
    for picture in pictures:
        answer = client.get(picture)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")


def test_every_picture_of_the_handbook_is_there():
    named = re.findall(r"\]\((images/[^)]+)\)", (handbook.FOLDER / "README.md").read_text(encoding="utf-8"))
    assert [name for name in named if not (handbook.FOLDER / name).is_file()] == []


def test_each_address_has_a_chapter_of_the_handbook():
    titles = {chapter.title for chapter in handbook.chapters()}
    assert {title for _, title in handbook.CHAPTER_OF} <= titles
    without = {name for name in POLICY if handbook.help_url(name) == "/help/"}
    assert without == WITHOUT_CHAPTER


def test_no_chapter_is_a_wall_of_text():
    """A screen of 1366×768 shows some 20 lines: what is longer wants a heading or steps."""
    text = (handbook.FOLDER / "README.md").read_text(encoding="utf-8")
    chapter = text.partition("## 二、登记线索")[2].partition("\n## ")[0]
    assert max(len(line) for line in chapter.splitlines()) < 200
    assert chapter.count("\n### ") >= 4 and chapter.count("](images/") >= 2


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/", "登录和工作台"),
        ("/clues/new/", "登记线索"),
        ("/cases/referrals/", "移送公安"),
        ("/ledgers/imports/", "导入以前的台账"),
        ("/ledgers/duties/", "报送任务和提醒"),
        ("/law/", "法规"),
        ("/law/行政处罚法/57/", "法规"),
        ("/accounts/", "管理"),
        ("/accounts/calendar/", "管理"),
        ("/accounts/me/", "登录和工作台"),
        ("/reminders/roster/", "管理"),
        ("/reminders/", "报送任务和提醒"),
    ],
)
def test_a_page_links_to_its_chapter(cast, sign_in, address, title):
    page = sign_in(cast.liaison if "ledgers" in address else cast.handler).get(address, follow=True)
    chapter = next(each for each in handbook.chapters() if each.title == title)
    assert f'href="{chapter.get_absolute_url()}"' in page.content.decode()


LONG_NAME = f"/help/images/{'9' * 300}.png"


@pytest.mark.parametrize(
    "address", ["/help/0/", "/help/99/", "/help/images/none.png", "/help/images/..%2Fx.png", LONG_NAME]
)
def test_what_is_not_in_the_handbook_is_not_found(cast, sign_in, address):
    assert sign_in(cast.handler).get(address).status_code == 404
