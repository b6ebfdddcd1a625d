"""报请参与, 参与: where a document says so the county asks, and the prefecture answers by a day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Standard, local_today
from cases import desk
from cases.assessing import facts_of, findings_of
from cases.models import Joining
from cases.services import closing, decision, flags, guards, joining
from cases.services.joining_source import JOININGS
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import STRANGERS, assert_only, at, last_entry, post
from tests.desks import waiting_for


@pytest.fixture
def coal(cast):
    """A case of coal, under investigation in a prefecture whose document has it take part."""
    making.prefecture_joins()
    return making.mined(cast, making.filed_case.anew(cast, signed_on=making.ago(40)))


def ask(cast, case, on=None):
    return joining.ask_prefecture(by=cast.handler, case=case, asked_on=on or local_today(), reason="矿种为煤")


def answer(cast, case, by=None, **more):
    said = {"joins": True, "answered_on": local_today(), "people": "吕市审", **more}
    return joining.answer_joining(by=by or cast.prefecture, case=case, answer=joining.JoiningAnswer(**said))


def waits(person) -> set[str]:
    return {task.what for task in waiting_for(desk, person, timezone.now())}


def test_to_ask_is_the_countys_part(cast, coal):
    """川自然资办函〔2021〕203号二（一）, as a rule of the place"""
    assert "prefecture" in coal.flags
    case = ask(cast, coal)
    assert not {"prefecture", "prefecture_silent"} & set(case.flags)
    assert facts_of(case).steps.joined == local_today()
    assert Joining.objects.get().to_agency.code == "141100-zrzy"
    assert last_entry(case).changes["报请参与"][1].endswith("吕梁市规划和自然资源局参与")


def test_without_having_asked_the_county_decides_nothing(cast, coal):
    """川自然资办函〔2021〕203号二（一）: 必须参与; the prefecture's silence afterwards stops nothing"""
    with pytest.raises(Refused, match="未报请参与不能作出处罚决定.*未见参与或者报请参与的记录") as said:
        making.proposed_decision(cast, coal)
    assert said.value.missing == (("报请市局参与", "next-head"),)
    assert making.proposed_decision(cast, ask(cast, coal)).state == "decision"


def test_a_case_of_the_prefectures_own_asks_nobody(cast, coal):
    content = decision.DecisionContent(items=(making.FINE, making.MINERALS))
    assert "G22" in {stop.gate.code for stop in guards.decision_stops(coal, content)}
    coal.agency = coal.agency.parent
    assert "G22" not in {stop.gate.code for stop in guards.decision_stops(coal, content)}


def test_to_ask_once_it_is_decided_leaves_the_finding(cast, coal):
    case = making.recorded_decision(cast, coal)  # decided yesterday
    case = ask(cast, case)
    assert "prefecture" in case.flags
    Joining.objects.update(asked_on=making.ago(1))
    assert "PREFECTURE_MUST_JOIN" not in {each.code for each in findings_of(case)}


def test_it_waits_for_the_prefecture_which_answers(cast, coal):
    case = ask(cast, coal)
    assert "答复报请参与" in waits(cast.prefecture)
    assert "答复报请参与" not in waits(cast.other_prefecture)
    case = answer(cast, case)
    row = Joining.objects.get()
    assert (row.joins, row.people, row.answered_by) == (True, "吕市审", cast.prefecture)
    assert "答复报请参与" not in waits(cast.prefecture)
    with pytest.raises(Refused, match="还缺：等待答复的报请"):
        answer(cast, case)


@pytest.mark.parametrize(
    ("said", "words"),
    [({"people": " "}, "参与人员"), ({"joins": False, "people": ""}, "理由")],
)
def test_an_answer_says_with_whom_or_why_not(cast, coal, said, words):
    with pytest.raises(Refused, match=words):
        answer(cast, ask(cast, coal), **said)


def test_who_does_not_take_part_was_asked_all_the_same(cast, coal):
    case = answer(cast, ask(cast, coal), joins=False, people="", answer="由县局办理")
    assert "prefecture" not in case.flags


def test_typed_by_the_county_it_needs_the_prefectures_paper(cast, coal):
    case = ask(cast, coal)
    with pytest.raises(Refused, match="扫描件"):
        answer(cast, case, by=cast.handler)
    assert (
        answer(cast, case, by=cast.handler, files=[making.scan()])
        .files.filter(kind="市局对参与的答复")
        .exists()
    )


def test_silence_is_the_prefectures_own_and_stops_no_closing(cast, coal):
    case = ask(cast, coal, making.ago(30))
    assert Joining.objects.get().answer_due < local_today()
    assert "prefecture_silent" in case.flags
    case = closing.propose_closing(by=cast.handler, case=case, ground="terminated", text="事实不成立")
    assert case.state == "closing" and "prefecture_silent" in case.flags
    assert "prefecture_silent" not in answer(cast, back(cast, case)).flags


def back(cast, case):
    return closing.return_closing(by=cast.deputy, case=case, opinion="等市局答复")


def test_a_place_sets_how_long_the_prefecture_may_take(cast, coal):
    Standard.objects.create(
        key="join_answer_days",
        value=3,
        unit="日",
        valid_from=making.ago(400),
        document="示例",
        region_id="141100",
    )
    ask(cast, coal, making.ago(2))
    assert Joining.objects.get().answer_due <= local_today() + timedelta(days=4)


def test_the_desk_counts_to_the_day_of_the_answer(cast, coal):
    ask(cast, coal)
    (line,) = (task for task in waiting_for(desk, cast.prefecture, timezone.now()) if task.verb == "答复")
    assert timezone.localdate(line.due) == Joining.objects.get().answer_due


def test_the_prefecture_is_reminded_until_it_answers(cast, coal):
    case = ask(cast, coal)
    (due,) = JOININGS.take(timezone.now(), 10)
    assert (due.agency_id, due.desk) == (cast.prefecture_office.pk, ("prefecture",))
    answer(cast, case)
    assert JOININGS.take(timezone.now(), 10) == []


def test_one_asked_by_mistake_is_taken_back_and_asked_for_again(cast, coal):
    case = joining.withdraw_joining(by=cast.handler, case=ask(cast, coal), reason="写错了")
    assert "prefecture" in flags.renew(case).flags
    with pytest.raises(Refused, match="正在等待答复"):
        ask(cast, ask(cast, case))


def test_through_the_pages(cast, sign_in, coal):
    assert_only(cast, sign_in, coal, "ask_prefecture", "handler")
    today = local_today().isoformat()
    client = sign_in(cast.handler)
    assert post(client, coal, "ask_prefecture", asked_on=today, reason="矿种为煤").status_code == 302
    for part in STRANGERS:
        assert sign_in(getattr(cast, part)).get(at(coal, "answer_joining")).status_code == 404
    upper = sign_in(cast.prefecture)
    page = upper.get(at(coal, "detail")).content.decode()
    assert at(coal, "answer_joining") in page and at(coal, "ask_prefecture") not in page
    values = {"joins": "yes", "answered_on": today, "people": "吕市审"}
    assert post(upper, coal, "answer_joining", **values).status_code == 302
    assert "吕市审" in client.get(at(coal, "detail")).content.decode()
