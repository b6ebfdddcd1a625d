"""From a clue to a closed case by two people, each from 工作台, and the one who reviews what is 重大: pages
and clicks are counted."""

import pytest

from cases.models import Case
from tests.stories.counting import Counted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_PAGES, MOST_CLICKS = 25, 40


def file_it(handler, cast):
    """李承办 was on the ground: clue, verification and 呈批立案 in one form."""
    handler.begin("登记并呈批立案")
    handler.choose("source", "日常巡查")
    handler.page.get_by_role("button", name="添加当事人").click()
    handler.type(
        summary="沟内有人用挖掘机采煤。",
        place="西社镇某沟",
        **{"party-0-name": "张三丰"},
        facts_found="现场有采坑一处，已制作笔录。",
        cause="张三丰无证开采煤矿案",
    )
    handler.tick("lookers", cast.second_handler.pk)
    handler.tick("mining_violations", "K21")
    handler.choose("second_handler", "赵协办")
    handler.press()


def decide(handler):
    """What was mined; the save lands on 呈批处罚决定, with the items that the law asks for."""
    handler.today()
    handler.type(
        **{
            "rows-0-mineral": "煤",
            "rows-0-tonnes": "82",
            "rows-0-value": "20000",
            "rows-0-illegal_income": "15000",
        },
    )
    handler.press()
    assert "呈批处罚决定" in handler.heading()
    handler.press()


def carry_out(handler):
    """Served, paid, handed over, closed down: the last of them lands on 呈批结案. Days are today's, and what
    is paid what is owed, unless something else is typed."""
    handler.today()
    handler.type(receipt_number="交送〔2026〕1号")
    handler.press()
    handler.begin("记录缴纳")
    handler.press()
    handler.begin("记录没收拆除执行")
    handler.type(note="移交县财政局清点82吨。")
    handler.press()
    assert "验收取缔" in handler.heading()
    handler.type(finding="矿口已封堵。")
    handler.tick("complete", "yes")
    handler.press()
    assert "呈批结案" in handler.heading()
    handler.tick("ground", "executed")
    handler.press()


def approve(leader, heading):
    """陈副局, from the one line of the desk."""
    leader.today()
    assert heading in leader.heading()
    leader.press("同意")


def review(reviewer):
    """法审核, from the line of the desk: without it a confiscation isn't decided."""
    reviewer.today()
    assert "法制审核" in reviewer.heading()
    reviewer.type(opinion="同意。", qualification="A20181411220001")
    reviewer.press("通过")


def test_two_people_go_from_a_clue_to_a_closed_case(at_pc, live_cast):
    handler = Counted(at_pc(live_cast.handler))
    file_it(handler, live_cast)
    leader = Counted(at_pc(live_cast.deputy))
    approve(leader, "批准立案")
    handler.desk()
    decide(handler)
    reviewer = Counted(at_pc(live_cast.legal))
    review(reviewer)
    leader.desk()
    approve(leader, "批准处罚决定")
    handler.desk()
    carry_out(handler)
    leader.desk()
    approve(leader, "批准结案")
    assert Case.objects.get().state == "closed"
    pages, clicks = map(sum, zip(handler.figures(), leader.figures(), strict=True))
    print(f"{pages} pages, {clicks} clicks by two people: {handler.figures()}, {leader.figures()}")
    print(f"{reviewer.figures()} by the reviewer, who comes in because the ore is confiscated")
    assert pages <= MOST_PAGES and clicks <= MOST_CLICKS
    assert reviewer.figures()[0] <= 3
