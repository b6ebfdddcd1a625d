"""补录处罚决定: what was issued on paper, entered once beside its scan."""

import pytest

from cases.services import decision
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import assert_only, at, last_entry, open_clocks, post, rows


def record(cast, case, **more):
    values = {
        "number": "交自然资罚字[2026]第5号",
        "decided_on": making.ago(5),
        **more,
    }
    head = {name: values.pop(name) for name in ("number", "decided_on")}
    said = {"items": [making.FINE, making.MINERALS], "scan": making.scan("决定书.pdf"), **values}
    content = decision.DecisionContent(**said)
    return decision.record_decision(by=cast.handler, case=case, content=content, **head)


@pytest.fixture
def case(cast):
    """A case under investigation, 820 tonnes of coal found."""
    return making.mined(cast, making.filed_case(cast, signed_on=making.ago(20)))


def test_it_stands_at_once_with_its_own_number_and_day(cast, case):
    case = record(cast, case)
    one = case.decisions.get()
    assert (case.state, one.state, one.issued) == ("execution", "made", True)
    assert (one.number, one.decided_on) == ("交自然资罚字〔2026〕第5号", making.ago(5))
    assert case.files.get(stage="decision").file == one.scan


def test_the_clocks_follow(cast, case):
    clocks = open_clocks(record(cast, case))
    assert "decide" not in clocks
    assert clocks["serve"].counted_from == making.ago(5)


def test_after_ninety_days_it_is_flagged(cast):
    case = making.mined(cast, making.filed_case(cast, signed_on=making.ago(120)))
    assert "late_decision" in record(cast, case).flags


def test_the_trail_says_it_was_entered_later(cast, case):
    entry = last_entry(record(cast, case))
    assert (entry.act, entry.happened_on) == ("record_decision", making.ago(5))
    assert "补录" in entry.reason


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"scan": None}, "扫描件"),
        ({"decided_on": making.ago(-1)}, "不能晚于今天"),
        ({"items": []}, "至少填写一项"),
    ],
)
def test_what_it_needs(cast, case, change, sentence):
    with pytest.raises(Refused, match=sentence):
        record(cast, case, **change)


def test_a_scan_that_lies_in_the_file_is_shown_beside_and_taken(cast, sign_in, case):
    client = sign_in(cast.handler)
    post(client, case, "add_case_files", files=[making.photo("决定书.jpg")], kind="决定书", stage="decision")
    paper = case.files.get(stage="decision")
    page = client.get(at(case, "record_decision")).content.decode()
    assert f"/files/{paper.file.public_id}/preview/" in page
    response = post(
        client,
        case,
        "record_decision",
        number="交自然资罚字〔2026〕9号",
        decided_on=making.ago(1).isoformat(),
        kept_scan=paper.pk,
        **rows("items", {"kind": "fine", "amount": "84000", "side": "mining"}),
    )
    assert response.status_code == 302
    assert case.decisions.get().scan == paper.file
    assert case.files.filter(stage="decision").count() == 1


def test_a_closed_case_takes_one_and_stays_closed(cast, case):
    case.state = "closed"
    case.save()
    assert record(cast, case).state == "closed"


def test_only_handlers(cast, sign_in, case):
    assert_only(cast, sign_in, case, "record_decision", "handler")
