"""Every address of the product, asked for a workbook: what comes as a file has left its line."""

import pytest
from django.urls import reverse

from accounts.models import ExportLine
from tests.frames import bare_frame
from tests.matrix.house import PARTS, counts_once, open_house, plain_refusals, request
from tests.matrix.oracle import RULES, arguments_of, expected, places_of

pytestmark = pytest.mark.django_db  # inside the house's own transaction
# Pages for posts; the forms of acts (by relation) all answer through `act_page`, with a page.
READ = sorted(address for address, rule in RULES.items() if "GET" in rule["methods"] and not rule["acts"])
# Addresses that answer with a file. One more is found by itself; it belongs here then.
FILES = {
    *("accounts:audit", "accounts:exports", "clues:list", "cases:list", "cases:referrals"),
    *("campaigns:board", "campaigns:book", "campaigns:book#township", "campaigns:duties"),
    *("ledgers:download", "ledgers:imports", "ledgers:submission_download", "ledgers:submissions"),
    *("reminders:clocks", "reminders:deliveries"),
}
ONLY_WORKBOOKS: set[str] = set()
# A stored file handed back as it came.
PARTED = 4  # one test after the other, none of them long
STORED = ("accounts:file", "accounts:preview", "accounts:thumbnail")


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    """The cast and the offices' things."""
    with django_db_blocker.unblock(), bare_frame(), plain_refusals(), counts_once(), open_house() as built:
        yield built


def somebody(house, address):
    """Who may come to an address about which of the offices' things."""
    for name in places_of(address):
        for part in PARTS:
            if expected(address, "GET", part, house.places[name], house) == "in" and part != "visitor":
                return part, house.places[name]
    return None


def ask(house, address, kind):
    """Whether an address answers somebody with a file, and how many lines that left."""
    if (who := somebody(house, address)) is None:
        return False, 0
    part, place = who
    url = reverse(RULES[address]["name"], args=arguments_of(address, place))
    return taken(house.clients[part], address, f"{url}?export={kind}")


def taken(client, address, url):
    """Whether an answer is a file, and how many lines it left."""
    before = ExportLine.objects.count()
    answer = request(client, "GET", url)
    is_file = answer.streaming and not RULES[address]["name"].startswith(STORED)
    if answer.streaming:
        b"".join(
            answer.streaming_content
        )  # to its end: the test's client then closes it without the database
    return is_file, ExportLine.objects.count() - before


@pytest.mark.parametrize("part", range(PARTED))
def test_every_file_left_a_line_and_nothing_else_did(house, part):
    found, asked = set(), READ[part::PARTED]
    for address in asked:
        is_file, lines = ask(house, address, "xlsx")
        assert lines == is_file, address
        found |= {address} if is_file else set()
    assert found == FILES & set(asked)
    for address in sorted(found - ONLY_WORKBOOKS):
        assert ask(house, address, "csv") == (True, 1), address
