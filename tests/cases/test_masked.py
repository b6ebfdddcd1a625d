"""Identity numbers, phones and detained people's names are masked wherever they are shown."""

import io

import openpyxl
import pytest
from django.db import connection

from accounts.models import TrailEntry
from cases import desk, search
from reminders.models import Notice, Outbox
from reminders.services import outbox
from tests.cases import making
from tests.cases.pages import at
from tests.desks import sent_by, waiting_for

SECRETS = (making.PERSON_ID, "13912345678", "李隐名")


@pytest.fixture
def sent(cast):
    """A referral of a party whose number and phone are known; one 李隐名 detained."""
    party = {**making.suspect(), "phone": "13912345678"}
    clue = making.verified_clue(cast, parties=[party])
    case = making.filed_case(cast, clue=clue, signed_on=making.ago(9))
    case = making.mined(cast, case, value="200000")
    case = making.decided_case(cast, case, items=[making.MINERALS])
    sent = making.sent_referral(cast, case=case)
    making.detained(cast, sent, name="李隐名", identity=making.OTHER_ID)
    return sent


def assert_clean(text: str) -> None:
    """None of the secrets stands in the text."""
    for secret in (*SECRETS, making.OTHER_ID):
        assert secret not in text


def test_no_page_shows_them(cast, sign_in, sent):
    case = sent.case
    urls = [
        "/cases/",
        "/cases/referrals/",
        case.get_absolute_url(),
        sent.get_absolute_url(),
        f"{case.get_absolute_url()}approval-form/decision/",
        at(sent, "referral_approval_form"),
        at(case, "propose_closing"),
        at(case, "record_payment"),
    ]
    for part in ("handler", "chief", "prefecture"):
        for url in urls:
            response = sign_in(getattr(cast, part)).get(url)
            if response.status_code == 200:
                assert_clean(response.content.decode())
    for url in ("/cases/referrals/", sent.get_absolute_url(), at(sent, "record_detention")):
        assert_clean(sign_in(cast.police).get(url).content.decode())


def test_the_workbook_has_none(cast, sign_in, sent):
    for url in ("/cases/?export=xlsx", "/cases/referrals/?export=xlsx"):
        body = b"".join(sign_in(cast.handler).get(url).streaming_content)
        book = openpyxl.load_workbook(io.BytesIO(body))
        assert_clean(str([list(sheet.values) for sheet in book]))


def test_the_trail_messages_desk_and_search_have_none(cast, sent):
    outbox.deliver()
    told = [str(list(rows.objects.values())) for rows in (TrailEntry, Outbox, Notice)]
    assert_clean("".join(told))
    assert_clean(str(waiting_for(desk, cast.handler, None) + sent_by(desk, cast.handler)))
    assert_clean(str(search.search(cast.handler, "张三丰")))


def test_no_row_of_the_database_has_them_in_plain(cast, sent):
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table.startswith(("cases_", "clues_", "accounts_")):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                assert_clean(str(cursor.fetchall()))
