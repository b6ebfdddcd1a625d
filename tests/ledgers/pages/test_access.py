"""Who comes to which ledger page, and how many queries a page takes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import local_today
from ledgers.models import EntryMark
from ledgers.services import refreshing
from ledgers.services.refreshing import Part, settle
from tests.ledgers import acting, build


def test_the_first_page_leads_straight_to_the_act(cast, page, campaign, entry):
    settle(Part(campaign), local_today())
    text = page(cast.checker, "/ledgers/")
    url = reverse("ledgers:check", args=[campaign.code, "141122-zrzy"])
    assert f'href="{url}"' in text and "交城县" in text and "已核对 0/1" in text
    assert url not in page(cast.chief, "/ledgers/")


def test_the_first_page_counts_what_waits_and_draws_nothing(cast, page, campaign, entry, monkeypatch):
    monkeypatch.setattr(refreshing, "refresh", None)
    text = page(cast.checker, "/ledgers/")
    assert "1 条正在重新计算" in text and EntryMark.objects.filter(entry=entry).exists()


@pytest.mark.parametrize(("part", "there"), [("police", False), ("liaison", True), ("prefecture", True)])
def test_the_first_page_shows_no_way_that_is_closed(cast, page, sign_in, campaign, part, there):
    person = getattr(cast, part)
    text = page(person, "/ledgers/")
    for name in ("ledgers:submissions", "ledgers:imports"):
        assert (f'href="{reverse(name)}"' in text) is there
        assert sign_in(person).get(reverse(name)).status_code == (200 if there else 403)


def test_a_campaign_without_my_office_is_not_there(cast, page, sign_in, campaign, entry):
    assert campaign.name not in page(cast.other_prefecture, "/ledgers/")
    client = sign_in(cast.other_prefecture)
    for name in ("campaign", "download", "candidates", "check", "submit"):
        assert client.get(reverse(f"ledgers:{name}", args=[campaign.code])).status_code == 404


def test_a_neighbour_finds_no_entry(cast, sign_in, entry):
    pages = [
        entry.get_absolute_url(),
        reverse("ledgers:cell", args=[entry.public_id, "party"]),
        *(
            reverse(f"ledgers:{name}", args=[entry.public_id])
            for name in ("amend_entry", "strike_entry", "move_entry")
        ),
    ]
    for person in (cast.neighbour_chief, cast.neighbour_liaison, cast.neighbour_police):
        client = sign_in(person)
        assert [client.get(url).status_code for url in pages] == [404] * len(pages)


@pytest.mark.parametrize("part", ["system_admin", "audit_admin", "procurator", "department"])
def test_others_come_to_no_ledger(cast, sign_in, part):
    client = sign_in(getattr(cast, part))
    assert client.get("/ledgers/").status_code == 403
    assert client.get("/ledgers/submissions/").status_code == 403


def test_readers_of_a_county_open_what_they_may(cast, page, campaign, entry, county_ledger):
    made = acting.submit(cast, county_ledger)
    for person in (cast.handler, cast.chief, cast.prefecture, cast.province, cast.statistics):
        for url in ("/ledgers/", campaign.get_absolute_url(), entry.get_absolute_url()):
            assert page(person, url)
        assert page(person, made.get_absolute_url())


def rows(cast, campaign, count, start=0):
    """Rows with facts of every kind."""
    for number in range(start, start + count):
        case = build.case(cast, names=(f"某{number}",), place=f"{number}号沟", sides=("mining", "land"))
        build.mined(cast, case, "10")
        build.land(cast, case, "1")
        build.decision(cast, case, ("mining", "fine", "1000"))
        police = build.matter(cast, of=build.referral(cast, case))
        build.measure(cast, police, "criminal_detention", f"某{number}")
        build.entry(campaign, cast.county, case, party=f"某{number}", place=f"{number}号沟")


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_a_sheet_of_sixty_takes_as_many_queries_as_one_of_five(cast, sign_in, campaign, county_ledger):
    names = ("campaign", "check", "submit", "candidates")
    urls = [reverse(f"ledgers:{name}", args=[campaign.code]) for name in names] + ["/ledgers/"]
    client = sign_in(cast.checker)
    rows(cast, campaign, 5)
    few = [queries(client, url) for url in urls]
    rows(cast, campaign, 55, start=5)
    assert [queries(client, url) for url in urls] == few


def test_a_frozen_sheet_of_sixty_takes_as_many_queries_as_one_of_five(cast, sign_in, campaign, county_ledger):
    client = sign_in(cast.prefecture)
    rows(cast, campaign, 5)
    small = acting.submit(cast, county_ledger)
    few = queries(client, small.get_absolute_url())
    rows(cast, campaign, 55, start=5)
    big = acting.submit(cast, county_ledger, "05-30")
    # 上期 is one more row to read.
    assert queries(client, big.get_absolute_url()) <= few + 1
    compared = f"{big.get_absolute_url()}?with={small.public_id}"
    assert queries(client, compared) <= few + 4
