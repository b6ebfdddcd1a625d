"""登记移送函: what was handed over on paper has its letter on record."""

import pytest

from accounts.models import Grant
from clues.services.disposition import approve_disposition
from clues.services.letters import record_handover_letter
from common.errors import Refused
from tests.clues.making import ago, ahead, assert_only, at, last_entry, pending, proposed, registered, scan

NUMBER = "交自然资函〔2026〕8号"


def handed_over(cast):
    """A clue handed over to a department that isn't in the system."""
    clue = proposed(cast, "handover", clue=registered(cast), to_agency=None, to_name="交城县文物局")
    return approve_disposition(by=cast.deputy, clue=clue)


def data(**more):
    return {"number": NUMBER, "sent_on": ago(0).isoformat(), "scan": scan("移送函.pdf"), **more}


def test_a_paper_receiver_gets_no_grant_and_the_letter_is_owed(cast, sign_in):
    clue = handed_over(cast)
    assert (clue.state, clue.outcome) == ("settled", "handover")
    assert not Grant.objects.filter(kind="clue").exists()
    desk = sign_in(cast.handler).get("/").content.decode()
    assert at(clue, "record_handover_letter") in desk


def test_number_day_and_scan_stand_on_the_page_and_in_the_record(cast, sign_in):
    clue = handed_over(cast)
    client = sign_in(cast.handler)
    assert client.post(at(clue, "record_handover_letter"), data()).status_code == 302
    one = clue.dispositions.get()
    assert (one.letter_number, one.letter_sent_on) == (NUMBER, ago(0))
    page = client.get(clue.get_absolute_url()).content.decode()
    for word in ("交城县文物局", NUMBER, one.letter.get_absolute_url()):
        assert word in page
    assert last_entry(clue).changes["移送函文号"] == ["", NUMBER]
    assert client.get(one.letter.get_absolute_url()).status_code == 200
    assert sign_in(cast.neighbour_chief).get(one.letter.get_absolute_url()).status_code == 404
    assert at(clue, "record_handover_letter") not in sign_in(cast.handler).get("/").content.decode()


def test_once_and_only_for_a_handover(cast):
    clue = handed_over(cast)
    record_handover_letter(by=cast.handler, clue=clue, number=NUMBER, sent_on=ago(0), scan=scan("函.pdf"))
    with pytest.raises(Refused, match="还缺：批准移交"):
        record_handover_letter(by=cast.handler, clue=clue, number=NUMBER, sent_on=ago(0), scan=scan("函.pdf"))
    with pytest.raises(Refused, match="待查"):
        record_handover_letter(
            by=cast.handler, clue=pending(cast), number=NUMBER, sent_on=ago(0), scan=scan()
        )


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [({"sent_on": ahead(1).isoformat()}, "发函日期不能晚于今天"), ({"scan": ""}, "请选择移送函扫描件")],
)
def test_what_lacks_is_said(cast, sign_in, wrong, sentence):
    answer = sign_in(cast.handler).post(at(handed_over(cast), "record_handover_letter"), data(**wrong))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_only_staff_record_it(cast, sign_in):
    clue = handed_over(cast)
    assert_only(cast, sign_in, clue, "record_handover_letter", ["intake", "handler", "brigade_head"])
