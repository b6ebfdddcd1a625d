"""时限: whose clocks a person finds on the board, in which order, narrowed how, and in the workbook."""

import io
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import Clock
from accounts.services import clocks
from clues.terms import CHECK
from reminders.due_sources import HANDLERS
from reminders.services import clock_board
from tests.cases.making import filed_case, sent_referral
from tests.clues.making import assigned, registered

URL = "/clocks/"


def numbers(client, **asked) -> list[str]:
    """What the board lists, in its order."""
    lines = client.get(URL, asked).context["list"].lines()
    return [line["cells"][0]["text"] for line in lines]


def due_in(thing, **span) -> None:
    """Let the open clock of a thing end so much later than now."""
    clocks.of(thing).filter(met_at=None).update(due_at=timezone.now() + timedelta(**span))


def test_open_time_limits_stand_nearest_first_with_their_thing_and_its_handler(cast, sign_in):
    near, far = assigned(cast), registered(cast)
    due_in(near, days=1), due_in(far, days=9)
    page = sign_in(cast.handler).get(URL)
    first, second = page.context["list"].lines()
    assert [first["cells"][0]["text"], second["cells"][0]["text"]] == [
        f"线索 {near.number}",
        f"线索 {far.number}",
    ]
    assert first["href"] == near.get_absolute_url()
    text = page.content.decode()
    assert cast.handler.name in text and "未指定" in text and "剩" in text


def test_what_was_done_in_time_is_on_the_board_no_more(cast, sign_in):
    clue = assigned(cast)
    client = sign_in(cast.handler)
    assert numbers(client) == [f"线索 {clue.number}"]
    clocks.meet_all(thing=clue)
    assert numbers(client) == [] and "没有正在计算的时限" in client.get(URL).content.decode()


def test_another_county_sees_none_of_it_and_the_prefecture_all(cast, sign_in):
    clue = registered(cast)
    assert numbers(sign_in(cast.neighbour_chief)) == []
    upper = sign_in(cast.prefecture)
    assert numbers(upper) == numbers(upper, whose="below") == [f"线索 {clue.number}"]
    assert numbers(upper, whose="office") == []
    assert cast.county.name in upper.get(URL).content.decode()


def test_mine_are_those_of_things_i_handle_first_or_second(cast, sign_in):
    mine, other = assigned(cast), registered(cast)
    client = sign_in(cast.handler)
    assert numbers(client, whose="mine") == [f"线索 {mine.number}"]
    assert set(numbers(client, whose="office")) == {f"线索 {mine.number}", f"线索 {other.number}"}
    case = filed_case(cast)
    assert f"案件 {case.number}" in numbers(sign_in(cast.second_handler), whose="mine")


def test_clocks_of_a_referral_name_its_case(cast, sign_in):
    referral = sent_referral(cast)
    told = numbers(sign_in(cast.handler))
    assert f"{referral._meta.verbose_name} {referral.case.number}" in told


def test_by_when_counts_from_now_and_leaves_out_what_stands_still(cast, sign_in):
    over, soon, later, still = (registered(cast) for _ in range(4))
    due_in(over, hours=-1), due_in(soon, days=2), due_in(later, days=20), due_in(still, days=2)
    clocks.suspend(thing=still, kind=CHECK.kind, on=timezone.localdate(), reason="鉴定")
    client = sign_in(cast.chief)
    assert numbers(client, due="over") == [f"线索 {over.number}"]
    assert numbers(client, due="3") == [f"线索 {soon.number}"]
    assert numbers(client, due="30") == [f"线索 {soon.number}", f"线索 {later.number}"]
    assert numbers(client, state="stood") == [f"线索 {still.number}"]
    assert "中止计算" in client.get(URL).content.decode()


def test_taking_one_filter_off_leaves_the_range_beside_it(cast, sign_in):
    registered(cast)
    asked = {"due": "30", "due_at_after": "2020-01-01"}
    bar = sign_in(cast.chief).get(URL, asked).context["list"].bar
    taken_off = {chip["name"]: chip["url"] for chip in bar.chips()}
    assert "due_at_after=2020-01-01" in taken_off["due"] and "due=30" not in taken_off["due"]
    assert taken_off["due_at"] == "?due=30"


def test_which_time_limits_can_be_chosen_is_asked_of_no_table(cast, sign_in):
    client = sign_in(cast.chief)
    with CaptureQueriesContext(connection) as seen:
        bar = client.get(URL, {"more": 1}).context["list"].bar
    assert (CHECK.kind, CHECK.label) in bar.form.fields["kind"].choices
    assert not [each for each in seen.captured_queries if "DISTINCT" in each["sql"]]


def test_a_time_limit_is_chosen_by_its_name(cast, sign_in):
    case = filed_case(cast)
    clue = registered(cast)
    client = sign_in(cast.handler)
    assert numbers(client, kind="decide") == [f"案件 {case.number}"]
    assert numbers(client, kind=CHECK.kind) == [f"线索 {clue.number}"]


def test_the_workbook_holds_every_row_with_the_reason_for_the_day(cast, sign_in):
    clue = registered(cast)
    client = sign_in(cast.chief)
    client.post(URL, {"_columns": "1", "col": ["thing", "due_at", "explanation"]})
    answer = client.get(URL, {"export": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    told = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert f"线索 {clue.number}" in told
    assert Clock.objects.get(met_at=None).explanation in told


def test_the_number_of_queries_does_not_grow_with_the_rows(cast, sign_in):
    client = sign_in(cast.chief)
    counts = []
    for rows in (1, 4):
        for _ in range(rows):
            registered(cast)
        client.get(URL)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(URL)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_kind_of_thing_that_nobody_registered_is_on_no_board(cast, clock):
    clock()
    assert not clock_board.seen_by(cast.chief).exists()
    assert all(hasattr(model.objects, "visible_to") for model, _, _ in HANDLERS.values())
