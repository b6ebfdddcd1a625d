"""The drawer of a cell: facts with their days; links only to what the person may see."""

from django.urls import reverse

from accounts.services import grants
from tests.ledgers import acting, build

DRAWER = {"HX-Request": "true", "HX-Target": "drawer-body"}


def cell(entry, key, **asked):
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    address = reverse("ledgers:cell", args=[entry.public_id, key])
    return address + (f"?{query}" if query else "")


def test_the_drawer_names_the_facts_behind_a_figure(cast, page, entry):
    text = page(cast.chief, cell(entry, "mining_fine"))
    assert "84,000" in text and "2026-05-10" in text and "处罚决定" in text
    assert entry.links.get().case.get_absolute_url() in text


def test_the_drawer_is_a_piece_and_a_page(cast, page, entry):
    assert "<!doctype" not in page(cast.chief, cell(entry, "mining_fine"), headers=DRAWER)
    assert "<!doctype" in page(cast.chief, cell(entry, "mining_fine"))


def test_public_security_reads_the_figure_and_no_case_that_was_not_referred(cast, page, entry):
    case = entry.links.get().case
    text = page(cast.police, cell(entry, "mining_fine"))
    assert "84,000" in text and "没有移送本单位的案件不在这里显示" in text
    for words in (str(case), case.get_absolute_url(), "2026-05-10"):
        assert words not in text, words
    text = page(cast.police, entry.get_absolute_url())
    assert "1,860.5" in text and "没有本单位可以查阅的" in text and str(case) not in text
    assert "项事实" not in text.split("公安部门处理情况")[0]


def test_what_was_referred_to_it_opens_behind_the_same_figure(cast, page, entry):
    case = entry.links.get().case
    referral = build.referral(cast, case)
    posting = cast.handler.current_postings[0]
    grants.give(by=cast.handler, posting=posting, thing=case, agency=cast.police_office, reason="移送")
    text = page(cast.police, cell(entry, "mining_fine"))
    assert str(case) in text and case.get_absolute_url() in text and "不在这里显示" not in text
    assert str(case) in page(cast.police, entry.get_absolute_url())
    assert build.matter(cast, of=referral).agency == cast.police_office


def test_its_own_half_opens_where_the_other_half_stays_closed(cast, page, entry):
    own = build.matter(cast, title="自行查处")
    build.measure(cast, own, "criminal_detention", "张某")
    entry.links.create(matter=own)
    assert "张某" in page(cast.police, cell(entry, "criminal_detention"))
    assert "不在这里显示" in page(cast.police, cell(entry, "mining_fine"))


def test_why_a_report_came_back_is_the_countys_alone(cast, page, campaign, entry):
    acting.submit(cast, build.ledger(campaign, cast.county))
    acting.send_back(cast, campaign.submissions.get(), "面积要核实")
    url = campaign.get_absolute_url()
    assert "面积要核实" in page(cast.liaison, url)
    assert "面积要核实" not in page(cast.police, url)


def test_the_drawer_tells_unfilled_from_not_applicable(cast, page, entry):
    assert "已作出的决定没有这一项" in page(cast.chief, cell(entry, "confiscated_tonnes"))
    assert "不涉及占地方面" in page(cast.chief, cell(entry, "land_area"))
    assert "没有移送公安机关" in page(cast.chief, cell(entry, "arrest"))


def test_unfilled_says_how_it_gets_filled(cast, page, campaign):
    case = build.case(cast, names=("吴某",), place="别处")
    row = build.entry(campaign, cast.county, case, party="吴某", place="别处")
    text = page(cast.chief, cell(row, "mined_tonnes"))
    assert "未填" in text and "还没有录入" in text and "采矿认定" in text


def test_the_drawer_looks_at_the_day_of_the_sheet(cast, page, entry):
    text = page(cast.chief, cell(entry, "mining_fine", as_of="2026-05-09"))
    assert "84,000" not in text and "截至 2026-05-09" in text


def test_what_is_not_counted_is_named_with_its_reason(cast, page, campaign):
    case = build.case(cast, names=("老某",), place="老地方")
    build.decision(cast, case, ("mining", "fine", "1000"), on="2025-12-01")
    row = build.entry(campaign, cast.county, case, party="老某", place="老地方", carried_over=True)
    text = page(cast.chief, cell(row, "mining_fine"))
    assert "未计入" in text and "不在专项行动期间" in text


def test_a_column_that_the_form_lacks_is_not_there(cast, sign_in, entry):
    assert sign_in(cast.chief).get(cell(entry, "nonsense")).status_code == 404


def test_a_frozen_cell_keeps_its_facts(cast, page, entry, county_ledger):
    made = acting.submit(cast, county_ledger)
    build.decision(cast, entry.links.get().case, ("mining", "fine", "1"), on="05-12")
    address = reverse("ledgers:submission_cell", args=[made.public_id, entry.public_id, "mining_fine"])
    text = page(cast.chief, address, headers=DRAWER)
    assert "84,000" in text and "84,001" not in text and "截至 2026-05-15" in text
