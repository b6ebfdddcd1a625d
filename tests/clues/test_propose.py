"""提出处理意见: filing is the default, anything else must say why."""

import pytest

from accounts.models import local_today
from clues.services.conditions import CONDITIONS
from clues.services.disposition import propose_disposition, return_disposition
from clues.services.outcomes import Proposal
from clues.services.verification import Look, verify_clue
from common.errors import Refused
from tests.clues.making import (
    ahead,
    answered,
    assert_only,
    assigned,
    at,
    last_entry,
    merged_pair,
    open_clocks,
    proposed,
    registered,
    verified,
)

REASONS = ("no_actor", "no_fact", "no_liability", "not_ours", "time_barred")


def test_a_proposal_waits_for_a_leader(cast):
    clue = proposed(cast, "pending")
    assert clue.state == "proposed"
    entry = last_entry(clue)
    assert entry.act == "propose_disposition"
    assert entry.changes["处理意见"][1] == "待查"
    assert entry.changes["再查日期"][1] == ahead(10).isoformat()
    assert entry.reason == "现场无人，走访不到行为人。"


def seen_by_one(cast, judgment):
    """A clue that 李承办 looked at alone."""
    look = Look(local_today(), [cast.handler, cast.handler], "看了一眼", judgment)
    return verify_clue(by=cast.handler, clue=assigned(cast), look=look)


@pytest.mark.parametrize(
    ("outcome", "judgment"), [("non_filing", "true"), ("handover", "true"), ("unfounded", "untrue")]
)
def test_a_look_by_one_settles_nothing(cast, outcome, judgment):
    clue = seen_by_one(cast, judgment)
    with pytest.raises(Refused, match="只有一人核查.*第四十二条"):
        proposed(cast, outcome, clue=clue)
    again = Look(local_today(), [cast.handler, cast.reporter], "再看", judgment)
    verify_clue(by=cast.handler, clue=clue, look=again)
    assert proposed(cast, outcome, clue=clue).state == "proposed"


def test_a_look_by_one_may_be_put_aside_until_two_have_looked(cast):
    assert proposed(cast, "pending", clue=seen_by_one(cast, "true")).state == "proposed"


def test_filing_is_not_proposed_here(cast):
    with pytest.raises(Refused, match="呈批立案"):
        proposed(cast, "filing")


def test_all_else_says_why(cast):
    with pytest.raises(Refused, match="充分说明理由"):
        proposal = Proposal("pending", look_again_on=ahead(3), reason=" ")
        propose_disposition(by=cast.handler, clue=verified(cast), proposal=proposal)


@pytest.mark.parametrize(
    ("outcome", "more"), [("non_filing", {"reason_code": "no_liability"}), ("handover", {}), ("pending", {})]
)
def test_with_all_five_conditions_a_case_must_be_filed(cast, outcome, more):
    with pytest.raises(Refused, match="必须立案查处.*1288号"):
        proposed(cast, outcome, clue=verified(cast), conditions=answered(), **more)


def test_the_slight_and_mended_may_stay_unfiled_with_all_five(cast):
    clue = proposed(cast, "non_filing", conditions=answered(), reason_code="minor")
    assert clue.dispositions.get().get_reason_code_display().startswith("违法行为轻微")


@pytest.mark.parametrize(("missing", "reason"), list(zip(CONDITIONS, REASONS, strict=True)))
def test_a_reason_cannot_contradict_what_is_answered(cast, missing, reason):
    clue = verified(cast, "unverifiable")
    others = [code for code in CONDITIONS if code != missing]
    with pytest.raises(Refused, match="矛盾.*第十六条"):
        proposed(cast, "non_filing", clue=clue, conditions=answered(*others), reason_code=reason)
    proposed(cast, "non_filing", clue=clue, conditions=answered(missing), reason_code=reason)


def seen_going_on(cast, *, stopped=False):
    """A clue found true, the work going on."""
    how = "口头责令停止" if stopped else ""
    lookers = [cast.handler, cast.second_handler]
    look = Look(
        local_today(), lookers, "挖掘机正在采挖", "true", ongoing=True, stopped=stopped, stop_action=how
    )
    return verify_clue(by=cast.handler, clue=assigned(cast), look=look)


@pytest.mark.parametrize(
    ("reason", "lacking", "contradiction"),
    [
        ("no_fact", ("fact",), "属实”、正在实施、未制止，这里却说没有违法事实"),
        ("no_actor", ("actor", "fact"), "属实”、正在实施、未制止，这里却说没有违法事实"),
        ("time_barred", ("in_time",), "正在实施、未制止，追责时效从行为终了之日起算"),
        ("minor", (), "正在实施、未制止，这里却说已及时纠正"),
    ],
)
def test_what_the_look_found_is_not_argued_away(cast, reason, lacking, contradiction):
    """自然资源行政处罚办法第十六条"""
    with pytest.raises(Refused, match=contradiction):
        proposed(
            cast,
            "non_filing",
            clue=seen_going_on(cast),
            reason_code=reason,
            conditions=answered(*lacking),
        )


def test_what_was_stopped_may_count_as_mended(cast):
    clue = seen_going_on(cast, stopped=True)
    assert proposed(cast, "non_filing", clue=clue, reason_code="minor", conditions=answered())


@pytest.mark.parametrize("outcome", ["handover", "pending"])
def test_nor_by_settling_it_otherwise(cast, outcome):
    with pytest.raises(Refused, match="与核查结论矛盾.*没有违法事实"):
        proposed(cast, outcome, clue=verified(cast), conditions=answered("fact"))


def test_what_was_found_untrue_has_no_fact(cast):
    with pytest.raises(Refused, match="不属实”，这里却说有违法事实"):
        proposed(cast, "non_filing", clue=verified(cast, "untrue"), conditions=answered("actor"))


@pytest.mark.parametrize("outcome", ["non_filing", "handover", "pending"])
def test_each_condition_is_answered(cast, outcome):
    answers = answered("actor")
    del answers["in_time"]
    with pytest.raises(Refused, match="逐项回答，还没有回答：违法行为没有超过追诉时效"):
        proposed(cast, outcome, conditions=answers)


def test_what_nobody_found_out_is_put_aside_not_closed(cast):
    answers = answered("actor", in_time="unclear")
    with pytest.raises(Refused, match="没有查清的不能不予立案，可以提出待查"):
        proposed(cast, "non_filing", conditions=answers)
    clue = proposed(cast, "pending", conditions=answers)
    assert "违法行为没有超过追诉时效：没有查清" in last_entry(clue).changes["立案条件"][1]


@pytest.mark.parametrize(
    ("outcome", "wrong", "sentence"),
    [
        ("non_filing", {"reason_code": ""}, "须写明法定理由"),
        ("handover", {"to_agency": None}, "请选择移交单位"),
        ("pending", {"look_again_on": None}, "请填写再查日期"),
        ("pending", {"look_again_on": ahead(0)}, "应晚于今天"),
        ("merged", {}, "请填写并入的线索号"),
        ("dream", {}, "请选择处理意见"),
    ],
)
def test_each_outcome_needs_its_own(cast, outcome, wrong, sentence):
    with pytest.raises(Refused, match=sentence):
        proposed(cast, outcome, **wrong)


def test_a_handover_goes_to_another_department_of_the_prefecture(cast):
    for nowhere in (cast.county, cast.neighbour, cast.agencies["140929-zrzy"]):
        with pytest.raises(Refused, match="不能移交给"):
            proposed(cast, "handover", to_agency=nowhere)
    proposed(cast, "handover", to_agency=cast.police_office)


def test_unfounded_needs_a_look_that_found_so(cast):
    with pytest.raises(Refused, match="最近一次核查结论是“属实”"):
        proposed(cast, "unfounded")
    with pytest.raises(Refused, match="可以提出待查"):
        proposed(cast, "unfounded", clue=verified(cast, "unverifiable"))
    proposed(cast, "unfounded", clue=verified(cast, "untrue"))


def test_not_into_itself_nor_a_merged_one(cast):
    clue = verified(cast)
    gone, into = merged_pair(cast)
    with pytest.raises(Refused, match="自己"):
        proposed(cast, "merged", clue=clue, into=clue)
    with pytest.raises(Refused, match=f"请改填{into.number}"):
        proposed(cast, "merged", clue=clue, into=gone)
    proposed(cast, "merged", clue=clue, into=into, conditions=answered())


def test_not_before_somebody_looked(cast):
    for clue in (registered(cast), assigned(cast)):
        with pytest.raises(Refused, match="还没有核查"):
            proposed(cast, clue=clue)


def test_only_handler_and_brigade_head(cast, sign_in):
    assert_only(cast, sign_in, verified(cast), "propose_disposition", ["handler", "brigade_head"])


def posted(**answers) -> dict:
    """Answers as the form sends them."""
    return {f"condition_{code}": answer for code, answer in answers.items()}


def test_the_form_says_at_the_field_what_is_missing(cast, sign_in):
    clue = verified(cast)
    client = sign_in(cast.handler)
    data = {"outcome": "non_filing", "reason": "写了半天的理由", **posted(**answered())}
    answer = client.post(at(clue, "propose_disposition"), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    for said in ("必须立案查处", "不予立案须写明法定理由", "写了半天的理由"):
        assert said in page
    data = {"outcome": "non_filing", "reason_code": "no_actor", "reason": "x"}
    page = client.post(at(clue, "propose_disposition"), data).content.decode()
    assert page.count("请回答是否具备。") >= len(CONDITIONS)
    data = {"outcome": "pending", "look_again_on": ahead(5).isoformat(), "reason": "找不到人"}
    data |= posted(**answered("actor"))
    assert client.post(at(clue, "propose_disposition"), data).status_code == 302


def test_the_form_does_not_offer_filing(cast, sign_in):
    page = sign_in(cast.handler).get(at(verified(cast), "propose_disposition")).content.decode()
    assert 'value="filing"' not in page
    assert "立案是常态" in page


def test_sichuans_own_letter_is_not_shown_in_shanxi(cast, sign_in):
    """自然资源行政处罚办法第十六条第二款"""
    page = sign_in(cast.handler).get(verified(cast).get_absolute_url()).content.decode()
    assert "川自然资" not in page
    assert "自然资办函〔2021〕1288号" in page


def test_nobody_looked_yet_but_it_is_another_departments_matter(cast, sign_in):
    clue = registered(cast)
    url = at(clue, "propose_disposition")
    client = sign_in(cast.handler)
    page = client.get(url).content.decode()
    assert "只能移交其他部门" in page
    assert 'value="pending"' not in page
    data = {"outcome": "handover", "to_name": "交城县文物局", "reason": "属文物管理。"}
    assert client.post(url, data).status_code == 302
    clue.refresh_from_db()
    assert clue.state == "proposed"
    assert last_entry(clue).changes["移交单位"] == ["", "交城县文物局"]
    assert open_clocks(clue) == ["clue_check"]


@pytest.mark.parametrize("make", [registered, assigned])
def test_what_nobody_looked_at_can_not_be_settled_otherwise(cast, make):
    for outcome in ("non_filing", "pending", "unfounded"):
        with pytest.raises(Refused, match="只能提出移交其他部门"):
            proposed(cast, outcome, clue=make(cast))


@pytest.mark.parametrize("make", [registered, assigned])
def test_returned_it_stands_where_it_stood(cast, make):
    before = make(cast)
    clue = proposed(cast, "handover", clue=before)
    return_disposition(by=cast.deputy, clue=clue, reason="先去核查")
    state = before.state
    clue.refresh_from_db()
    assert clue.state == state


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "请选择移交单位；不在名单里的"),
        ({"to_agency": "141122-sl", "to_name": "交城县水利局"}, "移交单位只填一处"),
    ],
)
def test_one_receiver_and_only_one(cast, sign_in, given, sentence):
    clue = verified(cast)
    if "to_agency" in given:
        given = given | {"to_agency": cast.agencies["141122-sl"].pk}
    data = {"outcome": "handover", "reason": "不归我们管", **given, **posted(**answered("ours"))}
    answer = sign_in(cast.handler).post(at(clue, "propose_disposition"), data)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
