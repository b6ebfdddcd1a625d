"""记录核查: who, when, what was found, stopped or not."""

import re

import pytest

from accounts.models import local_today
from clues.models import Verification
from clues.services.informants import InformantFacts
from clues.services.verification import Look, verify_clue
from common.errors import Refused
from tests.clues.making import (
    ago,
    ahead,
    assert_only,
    assigned,
    at,
    jpeg,
    last_entry,
    merged_pair,
    open_clocks,
    pending,
    proposed,
    registered,
)


def looked(cast, clue, **more):
    values = {
        "looked_on": local_today(),
        "lookers": [cast.handler, cast.second_handler],
        "facts_found": "现场有采坑一处",
        "judgment": "true",
        **more,
    }
    files = values.pop("files", ())
    return verify_clue(by=cast.handler, clue=clue, look=Look(**values), files=files)


def test_a_look_is_recorded_and_ends_the_clock(cast):
    clue = assigned(cast)
    assert open_clocks(clue) == ["clue_check"]
    clue = looked(cast, clue, files=[jpeg()])
    assert clue.state == "verified"
    assert open_clocks(clue) == []
    look = Verification.objects.get()
    assert {one.name for one in look.lookers.all()} == {"李承办", "赵协办"}
    assert clue.files.count() == 1


def test_the_trail_says_what_was_found(cast):
    clue = looked(
        cast,
        assigned(cast),
        looked_on=ago(5),
        ongoing=True,
        stopped=True,
        stop_notice_number="交自然资停字[2026]3号",
    )
    entry = last_entry(clue)
    assert entry.act == "verify_clue"
    assert entry.happened_on == ago(5)
    assert entry.changes["已制止"][1] == "是"
    assert entry.changes["责令停止违法行为通知书文号"][1] == "交自然资停字〔2026〕3号"


def test_a_handler_who_finds_it_himself_need_not_be_sent(cast):
    clue = looked(cast, registered(cast))
    assert (clue.state, clue.handler) == ("verified", cast.handler)


def test_a_second_look_ends_the_clock_of_looking_again(cast):
    clue = looked(cast, pending(cast), judgment="unverifiable")
    assert clue.state == "verified"
    assert open_clocks(clue) == []
    assert clue.verifications.count() == 2


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"looked_on": ahead(1)}, "核查日期不能晚于今天"),
        ({"facts_found": " "}, "请填写核查情况"),
        ({"judgment": "maybe"}, "请选择核查结论"),
        ({"ongoing": True}, "请选择是否已制止"),
        ({"ongoing": True, "stopped": True}, "请填写制止措施"),
        ({"ongoing": True, "stopped": False, "judgment": "untrue"}, "不能是“不属实”"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(cast, wrong, sentence):
    with pytest.raises(Refused, match=sentence):
        looked(cast, assigned(cast), **wrong)


def test_a_look_by_one_is_recorded_and_flagged(cast, sign_in):
    clue = looked(cast, assigned(cast), lookers=[cast.handler])
    assert clue.state == "verified"
    page = sign_in(cast.handler).get(clue.get_absolute_url())
    row = next(r for r in page.context["looks"][0]["rows"] if r["label"] == "核查人员")
    assert (row["value"], row["flags"]) == ("李承办", [("一人核查", "amber")])
    clue = looked(cast, clue)
    page = sign_in(cast.handler).get(clue.get_absolute_url())
    flagged = [
        row["flags"] for one in page.context["looks"] for row in one["rows"] if row["label"] == "核查人员"
    ]
    assert sorted(flagged) == [[], [("一人核查", "amber")]]


def test_who_looks_belongs_to_the_office(cast):
    with pytest.raises(Refused, match="请选择核查人员"):
        looked(cast, assigned(cast), lookers=[])
    with pytest.raises(Refused, match="邻承办在.*不是本单位的人员"):
        looked(cast, assigned(cast), lookers=[cast.handler, cast.neighbour_handler])
    looked(cast, assigned(cast), lookers=[cast.handler, cast.reporter])


def test_only_a_handler_of_the_office(cast, sign_in):
    assert_only(cast, sign_in, assigned(cast), "verify_clue", ["handler"])


def test_not_while_a_disposition_waits_nor_when_merged(cast):
    with pytest.raises(Refused, match="处理待批"):
        looked(cast, proposed(cast))
    with pytest.raises(Refused, match="已归并"):
        looked(cast, merged_pair(cast)[0])


def test_the_form_says_at_the_field_what_is_missing(cast, sign_in):
    clue = assigned(cast)
    data = {
        "looked_on": ahead(1).isoformat(),
        "lookers": [cast.handler.pk],
        "facts_found": "写了半天的情况",
        "judgment": "true",
        "ongoing": "yes",
    }
    answer = sign_in(cast.handler).post(at(clue, "verify_clue"), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    for said in ("核查日期不能晚于今天", "请选择是否已制止", "写了半天的情况"):
        assert said in page


def test_untrue_and_still_going_on_is_said_at_the_field(cast, sign_in):
    clue = assigned(cast)
    data = {
        "looked_on": ago(0).isoformat(),
        "lookers": [cast.handler.pk, cast.second_handler.pk],
        "facts_found": "采坑一处",
        "judgment": "untrue",
        "ongoing": "yes",
        "stopped": "no",
    }
    answer = sign_in(cast.handler).post(at(clue, "verify_clue"), data)
    assert answer.status_code == 422
    assert 'href="#field-judgment"' in answer.content.decode()


def test_the_form_records(cast, sign_in):
    clue = assigned(cast)
    data = {
        "looked_on": local_today().isoformat(),
        "lookers": [cast.handler.pk, cast.second_handler.pk],
        "facts_found": "采坑一处",
        "judgment": "partly_true",
        "ongoing": "no",
        "_version": str(clue.version),
        "files": [jpeg(), jpeg("二.jpg", colour=(1, 2, 3))],
    }
    answer = sign_in(cast.handler).post(at(clue, "verify_clue"), data)
    assert answer.status_code == 302
    look = Verification.objects.get()
    assert (look.judgment, look.ongoing, look.stopped) == ("partly_true", False, None)
    assert clue.files.count() == 2


def test_the_check_sheet_has_facts_and_lines_and_no_informant(cast, sign_in):
    clue = assigned(
        cast, informant=InformantFacts(name="秘密举报人", phone="13912345678"), violations=["K21"]
    )
    page = sign_in(cast.handler).get(at(clue, "verification_form")).content.decode()
    assert clue.number in page
    assert "无证开采" in page
    assert page.count("write-in") >= 8
    assert "秘密" not in page
    assert "13912345678" not in page


def test_what_was_done_to_stop_it_is_asked_where_it_goes_on(cast, sign_in):
    page = sign_in(cast.handler).get(at(assigned(cast), "verify_clue")).content.decode()
    upfront = page.partition("act__more")[0]
    for name in ("stopped", "stop_action", "stop_notice_number"):
        assert re.search(rf'id="field-{name}" data-when="ongoing"\s+data-is="yes"', upfront), name
