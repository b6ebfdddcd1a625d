"""The whole road, by people at their own PCs, none of whom may do another's act.

A clue is registered, becomes a filed case (approved on paper by one leader), is decided (approved
in the system by another), referred; detentions come back; the ledger draws itself, is submitted,
returned by the prefecture, corrected, accepted; its Excel is downloaded and read.
"""

from datetime import date

import openpyxl
import pytest

from accounts.models import local_today
from campaigns.models import Campaign, CampaignMember
from tests.stories.desk import PDF, act, fill, path_of, press, refused

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CAMPAIGN = "/ledgers/campaigns/now/"


@pytest.fixture
def campaign(live_cast):
    """An open campaign of the prefecture with its members."""
    made = Campaign.objects.create(
        code="now",
        name="严厉打击非法采矿占地专项行动",
        region=live_cast.regions["141100"],
        from_day=date(local_today().year, 1, 1),
    )
    for code in ("141122-zrzy", "141121-zrzy", "141100-zrzy", "141122-ga"):
        CampaignMember.objects.create(campaign=made, agency=live_cast.agencies[code])
    return made


def register(page, cast):
    """王登记 registers a clue and gives it to 李承办."""
    page.goto("/clues/new/")
    fill(
        page,
        source="无人机",
        summary="无人机巡查发现后沟有人盗采石灰岩，挖掘机一台。",
        place="夏家营镇后沟",
        mineral="石灰岩",
        mining_violations=["K21"],
        **{"party-0-kind": "单位", "party-0-name": "后沟石料有限公司"},
    )
    press(page)
    clue = path_of(page)
    act(page, "assign", handler=cast.handler.pk)
    return clue


def work_up(page, cast, clue):
    """李承办 verifies, proposes filing, and types the deputy's approval from paper."""
    page.goto(clue)
    act(
        page,
        "verify",
        facts_found="现场有新开挖面和挖掘机一台，已制作笔录。",
        judgment="true",
        ongoing="yes",
        stopped="yes",
        stop_action="责令停止，设备撤离",
        lookers=[cast.handler.pk, cast.second_handler.pk],
    )
    with page.expect_navigation():
        page.locator("main a[href*='/cases/from-clue/']").first.click()
    fill(page, cause="后沟石料有限公司涉嫌非法采矿案", second_handler=cast.second_handler.pk)
    press(page)
    case = path_of(page)
    act(
        page,
        "approve-filing",
        opinion="同意立案。",
        signer=cast.deputy.pk,
        signed_on=local_today().isoformat(),
        scan=PDF,
    )
    act(
        page,
        "record-mineral-finding",
        happened_on=local_today().isoformat(),
        **{"rows-0-mineral": "石灰岩", "rows-0-tonnes": "1280", "rows-0-value": "128000"},
    )
    page.get_by_role("heading", name="呈批移送公安").wait_for()  # what is due comes first
    return case


def recognise(page, case):
    """陈副局 finds in the inbox what was typed in his name, and says that it is his."""
    page.goto("/reminders/inbox/")
    page.get_by_role("link", name="去核对").click()
    page.locator("main table").get_by_role("link", name="核对").first.click()
    page.get_by_text("李承办").first.wait_for()
    with page.expect_navigation():
        page.get_by_role("button", name="是我签的", exact=True).click()
    page.goto(case)
    page.get_by_text("签批人已确认").first.wait_for()


def decide(page, case):
    """李承办 may not propose a fine; confiscation goes on, and the referral that is due."""
    page.goto(case)
    assert page.get_by_text("应移送公安").count()
    page.locator("main a[href$='/propose-decision/']").first.click()
    page.get_by_text("不能呈批罚款").first.wait_for()
    fill(
        page,
        basis="矿产资源法第六十四条",
        **{"items-0-kind": "没收违法采出的矿产品", "items-0-tonnes": "1280"},
    )
    press(page)
    act(page, "propose-referral", report="价值十二万八千元，涉嫌非法采矿罪。")
    return path_of(page)


def submit(liaison, checker, correction=""):
    """孙联络 prepares, 吴审核 checks and submits; returns the submission's address."""
    liaison.goto(CAMPAIGN)
    with liaison.expect_navigation():
        liaison.locator("main a[href*='/prepare/']").first.click()
    if correction:
        fill(liaison, correction=correction)
    press(liaison)
    checker.goto(f"{CAMPAIGN}check/")
    for box in checker.locator("main [name^='row']").all():
        box.check()
    rest = checker.locator("main [name='rest']")
    if rest.count() and rest.first.is_visible():
        rest.first.check()
    press(checker)
    checker.goto(f"{CAMPAIGN}submit/")
    press(checker)
    return path_of(checker)


def test_from_a_clue_to_an_accepted_ledger(at_pc, live_cast, campaign, picture, tmp_path):
    cast = live_cast
    intake, handler, chief = at_pc(cast.intake), at_pc(cast.handler), at_pc(cast.chief)
    police, liaison, checker = at_pc(cast.police), at_pc(cast.liaison), at_pc(cast.checker)
    prefecture, neighbour = at_pc(cast.prefecture), at_pc(cast.neighbour_chief)

    clue = register(intake, cast)
    assert refused(intake, f"{clue}verify/") and refused(neighbour, clue)

    case = work_up(handler, cast, clue)
    recognise(at_pc(cast.deputy), case)
    assert refused(police, case), "nothing is seen before it was sent"
    referral = decide(handler, case)
    assert refused(handler, f"{case}return-decision/") and refused(intake, f"{case}approve-decision/")

    assert refused(chief, f"{case}review-decision/")
    reviewer = at_pc(cast.legal)
    reviewer.goto(case)
    act(reviewer, "review-decision", opinion="同意。", qualification="A20181411220001")

    chief.goto(case)
    act(chief, "approve-decision", opinion="同意。")
    chief.goto(referral)
    act(chief, "approve-referral", opinion="同意移送。")
    assert refused(chief, f"{referral}send-referral/")
    handler.goto(referral)
    act(handler, "send-referral", sent_on=local_today().isoformat())

    police.goto(referral)
    day = local_today().isoformat()
    act(police, "receive-referral", received_on=day, receiver="郑公安")
    act(police, "record-police-filing", answered_on=day)
    act(police, "record-detention", kind="criminal_detention", happened_on=day, name="后某某")
    assert refused(police, f"{case}propose-closing/") and refused(neighbour, referral)

    liaison.goto(f"{CAMPAIGN}candidates/")
    for box in liaison.locator("main tbody [name='pick']").all():
        box.check()
    with liaison.expect_navigation():
        liaison.locator("main").get_by_role("button", name="纳入选中的", exact=True).click()
    press(liaison)
    first = submit(liaison, checker)
    assert refused(checker, f"{first}accept-submission/") and refused(neighbour, first)

    prefecture.goto(first)
    act(prefecture, "return-submission", reason="占地面积未填，请核实后重报。")
    handler.goto(case)
    act(
        handler, "record-land-finding", happened_on=day, **{"rows-0-land_class": "林地", "rows-0-area": "2.5"}
    )
    second = submit(liaison, checker, "开采数量按认定更正。")
    assert second != first
    prefecture.goto(second)
    act(prefecture, "accept-submission")
    picture(prefecture, "frozen")

    with prefecture.expect_download() as waiting:
        prefecture.locator("main a[href*='/download/']").first.click()
    path = tmp_path / "ledger.xlsx"
    waiting.value.save_as(path)
    sheet = openpyxl.load_workbook(path).active
    row = [cell.value for cell in sheet[7]]
    assert row[1:5] == ["交城县", "后沟石料有限公司", "夏家营镇后沟", "石灰岩"]
    assert (row[5], row[8], row[9], row[10], row[13]) == (2.5, 1280, 1280, None, 1)
