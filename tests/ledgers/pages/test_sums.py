"""小计 and 合计 open what adds up to them, live and frozen."""

import re

import pytest

from ledgers.showing import sums
from tests.ledgers import acting, build
from tests.ledgers.pages.test_live_ledger import HX, url_of


def opened_by(text, label) -> list[str]:
    """The addresses that the figures of a sum row open."""
    pattern = rf'<tr class="ledger__(?:sub)?total">\s*<td[^>]*>{label}.*?</tr>'
    row = re.search(pattern, text, re.S)
    return [url.replace("&amp;", "&") for url in re.findall(r'hx-get="([^"]+)"', row[0])]


def for_key(urls, key) -> str:
    (url,) = [url for url in urls if f"/sums/{key}/" in url]
    return url


def test_the_total_opens_the_rows_that_add_up(cast, page, campaign, entry, foreign_entry):
    total = opened_by(page(cast.prefecture, url_of(campaign)), "合计")
    text = page(cast.prefecture, for_key(total, "mined_tonnes"), **HX)
    assert "<html" not in text
    assert "<b>1,900.5</b> 吨" in text and "2 条中有 2 条有数" in text
    for row, figure in ((entry, "1,860.5"), (foreign_entry, "40")):
        url = f"/ledgers/entries/{row.public_id}/cells/mined_tonnes/"
        assert f'<a href="{url}" hx-get="{url}" hx-target="#drawer-body" data-drawer>{figure}' in text


def test_a_subtotal_opens_its_own_county_only(cast, page, campaign, entry, foreign_entry):
    small = opened_by(page(cast.prefecture, url_of(campaign)), "文水县小计")
    text = page(cast.prefecture, for_key(small, "mined_tonnes"), **HX)
    assert "文水县小计" in text and "<b>40</b> 吨" in text
    assert "邻某" in text and "张某某" not in text


def test_rows_without_the_figure_are_counted_but_not_listed(cast, page, campaign, entry, foreign_entry):
    total = opened_by(page(cast.prefecture, url_of(campaign)), "合计")
    text = page(cast.prefecture, for_key(total, "mining_fine"))
    assert "<html" in text
    assert "2 条中有 1 条有数" in text and "邻某" not in text


def test_a_blank_sum_opens_nothing(cast, page, campaign, entry):
    total = opened_by(page(cast.chief, url_of(campaign)), "合计")
    assert total and not any("/sums/land_area/" in url for url in total)


def test_the_day_goes_along(cast, page, campaign, entry):
    total = opened_by(page(cast.chief, url_of(campaign, as_of="2026-05-09")), "合计")
    text = page(cast.chief, for_key(total, "mined_tonnes"), **HX)
    assert "截至 2026-05-09" in text and "cells/mined_tonnes/?as_of=2026-05-09" in text


def test_a_stranger_sees_nothing_of_it(cast, page, sign_in, campaign, entry, foreign_entry):
    url = f"/ledgers/campaigns/{campaign.code}/sums/mined_tonnes/"
    assert "邻某" not in page(cast.chief, url) and "张某某" in page(cast.chief, url)
    assert sign_in(cast.chief).get(f"{url}?county=141121-zrzy").status_code == 404
    assert "邻某" not in page(cast.chief, f"{url}?region=141121")
    assert sign_in(cast.other_prefecture).get(url).status_code == 404


@pytest.mark.parametrize("key", ["party", "nothing", "remark"])
def test_what_has_no_sum_is_not_there(cast, sign_in, campaign, entry, key):
    url = f"/ledgers/campaigns/{campaign.code}/sums/{key}/"
    assert sign_in(cast.chief).get(url).status_code == 404


def test_a_frozen_total_opens_the_frozen_rows(cast, page, campaign, entry, county_ledger):
    made = acting.submit(cast, county_ledger)
    case = entry.links.get().case
    build.mined(cast, case, "7", on="05-02", round=2)
    total = opened_by(page(cast.chief, made.get_absolute_url()), "合计")
    text = page(cast.chief, for_key(total, "mined_tonnes"), **HX)
    assert "<b>1,860.5</b> 吨" in text
    kept = f"/ledgers/submissions/{made.public_id}/rows/{entry.public_id}/mined_tonnes/"
    assert f'hx-get="{kept}"' in text


def test_a_consolidated_subtotal_opens_its_county(cast, page, campaign, entry, foreign_entry, county_ledger):
    for office in (cast.county, cast.neighbour):
        acting.accept(cast, acting.submit(cast, build.ledger(campaign, office)))
    made = acting.consolidate(cast, campaign)
    text = page(cast.prefecture, made.get_absolute_url())
    drawer = page(cast.prefecture, for_key(opened_by(text, "文水县小计"), "mined_tonnes"), **HX)
    assert "<b>40</b> 吨" in drawer and "张某某" not in drawer


def test_a_very_long_sum_says_how_much_it_leaves_out(cast, page, campaign, entry, foreign_entry, monkeypatch):
    monkeypatch.setattr(sums, "SHOWN", 1)
    url = f"/ledgers/campaigns/{campaign.code}/sums/mined_tonnes/"
    text = page(cast.prefecture, url, **HX)
    assert "另有 1 条，共 1,860.5吨" in text or "另有 1 条，共 40吨" in text
