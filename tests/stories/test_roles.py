"""A department's and a township's day, and what public security finds, in a real browser."""

import pytest
from django.urls import reverse

from clues.models import Clue
from clues.services.verification import assign_clue
from tests.clues.making import registered
from tests.stories.conftest import PHONE
from tests.stories.desk import PDF, act, fill, path_of, press, refused

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def settle(page):
    """Wait until whatever the page fetches by itself has come or was refused."""
    page.wait_for_load_state("networkidle")


def test_a_townships_day(at_pc, live_cast, picture):
    """田所长 reports from the field, reads what became of it, adds a photo; it stays on the page."""
    cast = live_cast
    reporter, intake = at_pc(cast.reporter, PHONE), at_pc(cast.intake)
    reporter.goto("/clues/new/")
    fill(reporter, source="林长/山长/田长/村级报告", summary="河滩有铲车挖砂。", place="天宁镇磁窑河滩")
    press(reporter)
    clue = path_of(reporter).removesuffix("receipt/")

    intake.goto(clue)
    act(intake, "assign", handler=cast.handler.pk)

    reporter.goto("/")
    with reporter.expect_navigation():
        reporter.locator(f"main a[href='{clue}']").first.click()
    settle(reporter)
    assert path_of(reporter) == clue, "the page stays where it is"
    assert reporter.get_by_text("河滩有铲车挖砂。").first.is_visible()
    assert not reporter.locator("#notice").is_visible()
    picture(reporter, "township-clue-phone")
    photo = {"name": "补拍.pdf", "mimeType": "application/pdf", "buffer": PDF["buffer"]}
    act(reporter, "files", files=photo)
    assert reporter.get_by_text("补拍.pdf").count()
    assert refused(reporter, f"{clue}assign/") and refused(reporter, "/cases/")


def test_a_departments_day(at_pc, live_cast, picture):
    """水利员 finds the clue on the desk, signs for it, tells what was done; the bureau reads it."""
    cast = live_cast
    handler, deputy, department = at_pc(cast.handler), at_pc(cast.deputy), at_pc(cast.department)
    clue = assign_clue(
        by=cast.brigade_head, clue=registered(cast, place="磁窑河二号桥下游"), handler=cast.handler
    ).get_absolute_url()
    assert refused(department, clue), "nothing is seen before it was handed over"
    handler.goto(clue)
    receiver = cast.agencies["141122-sl"].pk
    act(handler, "propose", outcome="handover", to_agency=receiver, reason="河道采砂由水利部门管理。")
    deputy.goto(clue)
    act(deputy, "approve", opinion="同意移交。")

    department.goto("/")
    with department.expect_navigation():
        department.get_by_role("link", name="签收", exact=True).first.click()
    press(department)
    settle(department)
    assert path_of(department) == clue, "the page stays where it is"
    act(department, "department-answer", kind="done", text="已责令停止采砂，罚款五千元。", paper=PDF)
    settle(department)
    picture(department, "department-clue")
    department.goto("/")
    assert department.get_by_text("签收移交的线索").count() == 0

    handler.goto(clue)
    for words in ("已签收", "罚款五千元"):
        assert handler.get_by_text(words).count()
    assert Clue.objects.get().dispositions.get().answers.count() == 2


def test_a_refused_piece_leaves_the_page_and_says_why(at_pc, live_cast):
    """Somebody's post ends while the page is open: what the page fetches then is refused in place."""
    cast = live_cast
    page, clue = at_pc(cast.handler), registered(cast)
    page.goto(clue.get_absolute_url())
    settle(page)
    piece = reverse("accounts:audit")
    page.evaluate(f"htmx.ajax('GET', '{piece}', {{target: 'main', swap: 'innerHTML'}})")
    page.locator("#notice").wait_for(state="visible")
    assert "您的岗位不能打开" in page.locator("#notice").inner_text()
    assert path_of(page) == clue.get_absolute_url()
    assert page.get_by_text(clue.number).first.is_visible()
