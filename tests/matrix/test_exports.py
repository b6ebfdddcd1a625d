"""Every address of the product, asked for a workbook: what comes as a file has left its line."""

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import ExportLine
from common import csv_out, xlsx
from common.columns import SHOWN
from common.lists import values
from common.showing import figures
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
FAR = 10**6
PARTED = 4  # one test after the other, none of them long
STORED = ("accounts:file", "accounts:preview", "accounts:thumbnail")


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    """The cast and the offices' things."""
    with django_db_blocker.unblock(), bare_frame(), plain_refusals(), counts_once(), open_house() as built:
        yield built


def somebody(house, address, parts=PARTS):
    """Who may come to an address about which of the offices' things."""
    for name in places_of(address):
        for part in parts:
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


def lists_of(house):
    """Each list that goes out, with its rows and all its columns, as its page has them, for who sees most."""
    for address in sorted(FILES | {"accounts:people"}):
        part, place = somebody(house, address, ("system_admin", "prefecture", *PARTS))
        url = reverse(RULES[address]["name"], args=arguments_of(address, place))
        answer = request(house.clients[part], "GET", url)
        if answer.context is not None and "list" in answer.context:
            yield address, house.clients[part], url, answer.context["list"]


def test_a_file_says_of_every_row_what_its_page_shows(house):
    seen = {}
    for address, client, url, page in lists_of(house):
        columns = page.asked.columns
        rows = page.rows.prefetch_related(*(path for column in columns for path in column.reads))
        told = list(values.lines(rows, columns))
        for row, line in zip(rows, told, strict=True):
            for column, value in zip(columns, line, strict=True):
                cell, show = column.cell(row), SHOWN.get(column.kind, figures.blank)
                words = "、".join(word for word, _ in cell["flags"] or ())
                assert value == column.excel(row), (address, column.key)
                assert str(show(value)) == str(cell["text"]) if cell["flags"] is None else value == words
        seen[address] = len(told)
        of_page = [[plain(column.excel(row)) for column in page.columns] for row in rows]
        # The registers tell of the files that are taken here, above.
        assert plain_file(client, url)[-len(told) or FAR :] == of_page, address
        in_cells = [[each or None for each in line] for line in of_page]
        assert workbook(client, url)[-len(told) or FAR :] == in_cells, address
    assert {"clues:list", "cases:list", "cases:referrals", "campaigns:duties"} <= {
        address for address, count in seen.items() if count > 1
    }, seen


def plain(value):
    """A value as plain text has it."""
    return csv_out.written(value)


def plain_file(client, url):
    """The lines of a list as CSV, without its head."""
    content = b"".join(request(client, "GET", f"{url}?export=csv").streaming_content)
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1:]


def workbook(client, url):
    """The rows of a list's workbook, without its head, each value as plain text has it."""
    content = b"".join(request(client, "GET", f"{url}?export=xlsx").streaming_content)
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return [[written(cell) for cell in row] for row in sheet.iter_rows(min_row=2)]


def written(cell):
    if cell.value is None:
        return None
    value = cell.value.date() if cell.is_date and cell.number_format == xlsx.DAY else cell.value
    return plain(value)
