"""办理记录 of a case and of a clue: the newest thirty entries, and the way to those before them."""

import pytest

from accounts.services import trail
from tests.cases import making


def entered(cast, thing, count):
    """So many entries more in the record of a thing."""
    posting = cast.handler.current_postings[0]
    for n in range(count):
        trail.record(by=cast.handler, posting=posting, act="label_case", label=f"第{n}次", thing=thing)


def acts(page):
    """What the record of a page says was done."""
    return [row["act"] for row in page.context["trail"]]


@pytest.mark.parametrize("make", [making.bare_clue, lambda cast: making.bare_case(cast, named=True)])
def test_older_entries_stand_on_pages_of_their_own(cast, sign_in, make):
    thing = make(cast)
    thing.agency = cast.county
    entered(cast, thing, 35)
    client, url = sign_in(cast.handler), thing.get_absolute_url()
    first = client.get(url)
    assert acts(first) == [f"第{n}次" for n in range(34, 4, -1)]
    older = client.get(url + first.context["more_url"])
    assert acts(older) == [f"第{n}次" for n in range(4, -1, -1)]
    assert (older.context["more_url"], "最新的记录" in older.content.decode()) == ("", True)
    assert acts(client.get(url + older.context["newest_url"])) == acts(first)


def test_the_filter_of_the_record_stays_on_older_pages(cast, sign_in):
    case = making.bare_case(cast, named=True)
    entered(cast, case, 31)
    page = sign_in(cast.handler).get(case.get_absolute_url() + "?record=&before=" + "9" * 18)
    assert page.context["more_url"].startswith("?record=&before=")
    assert page.context["newest_url"] == "?record=#trail"


@pytest.mark.parametrize("before", ["x", "-1", "²", "9" * 30])
def test_what_is_no_entry_begins_with_the_newest(cast, sign_in, before):
    case = making.bare_case(cast, named=True)
    entered(cast, case, 2)
    page = sign_in(cast.handler).get(case.get_absolute_url(), {"before": before})
    assert acts(page) == ["第1次", "第0次"]
