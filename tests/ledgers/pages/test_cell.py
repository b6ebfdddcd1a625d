"""The drawer of a cell: facts with their days; links only to what the person may see."""

from django.urls import reverse

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


def test_a_link_is_there_only_for_who_may_follow_it(cast, page, entry):
    case = entry.links.get().case
    text = page(cast.police, cell(entry, "mining_fine"))
    assert str(case) in text and case.get_absolute_url() not in text


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
