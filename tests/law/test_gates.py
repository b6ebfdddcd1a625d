"""Gates: what stops a deed, in which words, by which article."""

import re
from dataclasses import replace
from datetime import date

import pytest

from law.facts import Decision, Look, Native, Party
from law.figures import SEEDED
from law.findings import Level
from law.gates import GATES, Draft, armed, remarks, stops, stops_by_record, unarmed
from law.penalties import covered
from tests.law.making import case_of, decided, miner

FINE = Decision(fine=300_000, income=0, minerals=True, tools=True)
# Each waits for an act that records what it asks for, and then leaves this list: the act → its gates.
UNARMED = {
    "回避的申请和决定": ("G04",),
    "询问笔录、证人证言、现场勘验笔录": ("G05", "G06", "G07"),
    "先行登记保存、查封、扣押": ("G08", "G08b"),
    "案件审理": ("G09",),
    "告知、陈述申辩": ("G12", "G13"),
    "听证告知、听证": ("G14", "G15"),
    "申请法院强制执行": ("G24", "G36"),
    "强制执行": ("G25", "G37", "G38"),
    "卫片图斑的实地核查": ("G26",),
    "电子监控设备的审核": ("G27",),
    "处罚决定的公开": ("G28",),
    "责令改正通知书": ("G30",),
    "延期、分期缴款": ("G32",),
    "没收物的处置": ("G33",),
    "向公安机关移交涉案物品": ("G34",),
    "当事人的年龄": ("G31", "G31b"),
    "入企检查": ("G39",),
}


def stopped(draft, figures=SEEDED, **line):
    return {stop.gate.code for stop in stops(case_of(figures, **line), draft)}


def decision(*items, **more):
    return Draft("decision", items or (FINE,), **more)


def test_the_unarmed_gates_are_these():
    assert {gate.code for gate in unarmed()} == {code for codes in UNARMED.values() for code in codes}


def test_every_gate_has_an_article_and_words_and_a_code_of_its_own():
    assert len({gate.code for gate in GATES}) == len(GATES)
    for gate in GATES:
        assert gate.article and gate.sentence.endswith("。"), gate.code


def test_prohibitions_are_worded_as_such():
    """Most gates forbid: “…，不能…”; the others say what must be there."""
    worded = [gate for gate in GATES if re.search("不能|须|应|只是", gate.sentence)]
    assert len([gate for gate in worded if "不能" in gate.sentence]) > len(GATES) / 2
    assert worded == list(GATES)


def test_an_unarmed_gate_remarks_and_stops_nothing():
    case, draft = case_of(**miner(value=100_000)), decision()
    assert "G09" not in {stop.gate.code for stop in stops(case, draft)}
    said = {stop.gate.code: stop.level for stop in remarks(case, draft)}
    assert said["G09"] == Level.INFO


def test_a_lawful_decision_passes():
    assert stopped(decision(), **miner(value=60_000, illegal_income=0)) == set()


def test_unknown_party_is_neither_filed_nor_decided_nor_fined():
    """办法第十六条第一款第（一）项；行政处罚法第五十九条"""
    line = miner(party="当事人不明")
    assert "G01" in stopped(Draft("filing"), **line)
    assert "G16" in stopped(decision(), **line)
    assert not {"G01", "G16"} & (
        stopped(Draft("filing"), **miner(party="某")) | stopped(decision(), **miner(party="某"))
    )


def test_what_meets_all_five_conditions_is_filed():
    """办法第十六条；自然资办函〔2021〕1288号四"""
    lawful = "超过追责时效"
    assert "G01b" in stopped(Draft("non_filing", reason=lawful, conditions=(True,) * 5))
    assert stopped(Draft("non_filing", reason=lawful, conditions=(True, True, True, True, False))) == set()
    assert "G02" in stopped(Draft("non_filing", reason="已罚款", conditions=(False,) * 5))
    assert "G01b" in stopped(Draft("unfiled", conditions=(True,) * 5))
    slight = "违法行为轻微并及时纠正，没有造成危害后果"
    assert stopped(Draft("non_filing", reason=slight, conditions=(True,) * 5)) == set()


LACKS_FACT = (True, False, True, True, True)


def test_each_condition_has_its_answer_and_the_reason_fits_it():
    """办法第十六条第一款"""
    reason = "没有违法事实"
    assert stopped(Draft("non_filing", reason=reason, conditions=LACKS_FACT)) == set()
    assert "G02b" in stopped(Draft("non_filing", reason=reason, conditions=(None, False, True, True, True)))
    assert "G02b" in stopped(Draft("non_filing", reason=reason))
    assert "G02c" in stopped(Draft("non_filing", reason="超过追责时效", conditions=LACKS_FACT))


def test_the_last_look_is_not_argued_away():
    """办法第十六条；行政处罚法第三十六条"""
    going_on = Native(look=Look(date(2026, 8, 1), "属实", true=True, ongoing=True, stopped=False))
    draft = Draft("non_filing", reason="没有违法事实", conditions=LACKS_FACT)
    (stop,) = stops_by_record(draft, going_on, date(2026, 9, 1))
    assert stop.gate.code == "G02d"
    assert "2026-08-01核查结论是“属实”、正在实施、未制止" in stop.sentence
    ended = replace(going_on, look=Look(date(2026, 8, 1), "不属实", true=False))
    assert stops_by_record(draft, ended, date(2026, 9, 1)) == []


@pytest.mark.parametrize(("officers", "stopped_by"), [(0, ["G03"]), (1, ["G03"]), (2, []), (None, [])])
def test_two_with_valid_certificates_investigate(officers, stopped_by):
    """办法第十七条；行政处罚法第四十二条"""
    said = stops_by_record(Draft("inquiry"), Native(officers=officers), date(2026, 9, 1))
    assert [stop.gate.code for stop in said] == stopped_by


@pytest.mark.parametrize(
    ("code", "on", "forbidden"),
    [("K21", date(2025, 7, 1), False), ("K21", date(2025, 6, 30), True), ("T11", date(2025, 7, 1), True)],
)
def test_sealing_needs_a_law(code, on, forbidden):
    """行政强制法第十条、第十七条；矿产资源法（2024）第五十七条第一款第（四）项"""
    case = case_of(**miner(code=code))
    for measure, stop in (("查封", forbidden), ("封存文件、资料", False)):
        draft = Draft("measure", measure=measure, on=on)
        assert ("G08" in {each.gate.code for each in remarks(case, draft)}) == stop


def test_past_limitation_there_is_neither_filing_nor_penalty():
    """行政处罚法第三十六条"""
    line = miner("2020-01-01", dates={"found": "2025-01-01"})
    assert "G29" in stopped(Draft("filing"), **line)
    assert "G29d" in stopped(decision(), **line)


def test_no_fine_in_place_of_a_referral():
    """国务院令第310号第五条、第十一条"""
    line = miner(value=150_000)
    case = case_of(**line)
    (stop,) = [each for each in stops(case, decision()) if each.gate.code == "G18"]
    assert "不能以罚代移" in stop.sentence and "150,000" in stop.sentence
    assert "第十一条" in stop.article
    assert "G18" not in stopped(decision(Decision(income=0, minerals=True)), **line)
    assert "G18" not in stopped(decision(), **line, not_referred="正职负责人不批准，理由在卷")
    assert "G18c" in stopped(Draft("closing", closing="执行完毕"), **line)


def test_an_estimate_asks_for_a_finding_first():
    """法释〔2016〕25号第十三条"""
    line = miner(value=150_000, value_estimated=True)
    soft = {stop.gate.code: stop.level for stop in stops(case_of(**line), decision())}
    assert soft["G18e"] == Level.WARN
    assert "G18" not in soft


WAYS_BACK = ["不予立案", "撤销案件", "不起诉", "无罪", "免予刑事处罚"]


@pytest.mark.parametrize("way", WAYS_BACK)
@pytest.mark.parametrize("filed", [None, date(2025, 8, 10)])
def test_each_way_back_frees_the_case_also_after_public_security_filed_it(way, filed):
    """行政处罚法第二十七条第一款、第三十五条第二款；国务院令第310号第十条、第十三条"""
    case = case_of(
        **miner(value=150_000, illegal_income=0, dates={"filed": "2025-08-01", "referred": "2025-08-03"})
    )
    steps = replace(case.facts.steps, police_filed=filed)
    waiting = replace(case, facts=case.facts.varied(steps=steps))
    back = replace(case, facts=case.facts.varied(steps=replace(steps, freed=date(2025, 12, 1))))
    bare = decision(Decision(income=0, minerals=True, tools=True))
    assert "G19" in {stop.gate.code for stop in stops(waiting, decision())}
    assert {stop.gate.code: stop.level for stop in stops(waiting, bare)} == {"G19b": Level.WARN}
    for draft in (decision(), bare):
        assert not {"G18", "G19", "G19b"} & {stop.gate.code for stop in stops(back, draft)}


def test_a_written_reason_covers_the_gap_it_names_alone():
    """自然资办函〔2021〕1288号四"""
    line, bare = (
        miner(value=60_000, illegal_income=0),
        Decision(fine=300_000, income=0, minerals=False, tools=False),
    )
    tools = {"tools": "租来的机械，已退还出租人"}
    assert "G17" in stopped(decision(bare), **line)
    assert "G17" in stopped(decision(bare, opted_out=tools), **line)
    both = {**tools, "minerals": "矿产品已灭失"}
    assert "G17" not in stopped(decision(bare, opted_out=both), **line)


def test_where_the_law_is_unsure_a_reason_needs_the_word_of_legal_staff():
    """矿产资源法（2009）第三十九条、勘查区块登记管理办法第二十七条 (K24)"""
    line = miner("2025-06-30", "K24", illegal_income=9000, value=9000)
    bare = Decision(fine=1000, income=0, minerals=True)
    reason = {"income": "已退赔"}
    assert "G17" in stopped(decision(bare, opted_out=reason), **line)
    assert "G17" not in stopped(decision(bare, opted_out=reason, confirmed=frozenset({"income"})), **line)


def test_nothing_is_taken_without_a_basis():
    """行政处罚法第三十八条第一款；矿产资源法（2024）第六十八条"""
    line = miner(code="K32", destroyed_value=1000)
    case = case_of(**line)
    (stop,) = [each for each in stops(case, decision()) if each.gate.code == "G17b"]
    assert "没有规定没收，不能没收" in stop.sentence
    assert "G17b" not in stopped(decision(Decision(fine=300_000)), **line)


LAND = {"violation": "T21", "acts_ended": "2025-08-01", "land": [{"class": "耕地", "area_m2": "900"}]}


@pytest.mark.parametrize(
    ("item", "code", "stop"),
    [
        ({"structures": True}, "T21", False),
        ({"buildings": True}, "T21", True),
        ({"buildings": True}, "T11", False),
    ],
)
def test_to_restore_land_confiscates_nothing(item, code, stop):
    """土地管理法（2019）第七十五条、第七十七条: 恢复原状、拆除 stand beside 没收, they are none"""
    draft = decision(Decision(fine=1, income=0, **item))
    assert ("G17b" in stopped(draft, **{**LAND, "violation": code})) == stop


def test_ore_is_confiscated_in_full_or_the_reason_names_it():
    """自然资办函〔2021〕1288号四；矿产资源法（2024）第六十四条"""
    line = miner(value=60_000, illegal_income=0, quantity=[{"v": 820, "u": "吨"}])
    part = decision(replace(FINE, ore=410))
    (stop,) = [each for each in stops(case_of(**line), part) if each.gate.code == "G17"]
    assert "没收违法采出的矿产品（认定820吨，没收410吨）" in stop.sentence
    assert stop.article.startswith("矿产资源法（2024）第六十四条；自然资办函")
    assert "G17" not in stopped(decision(replace(FINE, ore=820)), **line)
    assert "G17" not in stopped(replace(part, opted_out={"minerals": "其余已灭失"}), **line)


def test_what_is_not_said_of_tools_or_buildings_is_asked_for():
    """行政处罚法第五十九条第一款第（三）项"""
    line = miner(value=60_000, illegal_income=0)
    soft = {stop.gate.code: stop for stop in stops(case_of(**line), decision(replace(FINE, tools=None)))}
    assert soft["G17u"].level == Level.WARN and "工具、设备" in soft["G17u"].sentence
    assert "G17u" not in stopped(decision(), **line)


@pytest.mark.parametrize(
    ("reason", "kinds"),
    [
        ("矿产品全部销售", {"minerals"}),
        ("违法所得已退赔，挖掘机为租用", {"income", "tools"}),
        ("货款已退还煤矿，工地另有砂石料场", {"income"}),
        ("另案处理", set()),
        ("", set()),
    ],
)
def test_a_reason_covers_the_kinds_that_it_names(reason, kinds):
    assert set(covered([reason], ["income", "minerals", "tools"])) == kinds


def test_where_one_kind_is_lacking_its_reason_need_not_name_it():
    assert covered(["另案处理"], ["income"]) == {"income": "另案处理"}


def test_a_lower_fine_needs_its_ground_and_a_discussion():
    """行政处罚法第三十二条、第五十七条第二款"""
    low = replace(FINE, fine=150_000, mitigation="行政处罚法第三十二条第（一）项")
    line = miner(value=100_000, illegal_income=0, referred=True, dates={"police_declined": "2025-09-01"})
    assert "G21" in stopped(decision(low), **line)
    assert "G21" not in stopped(decision(low, discussed=True), **line)
    assert "G21" in stopped(decision(replace(low, mitigation=""), discussed=True), **line)


def test_a_heavy_decision_waits_for_its_review_and_its_discussion():
    """行政处罚法第五十七条第二款、第五十八条"""
    line = miner(value=60_000, illegal_income=0)
    draft = decision(unreviewed=("没收违法采出的矿产品",), undiscussed=("情节复杂或者重大",))
    said = {stop.gate.code: stop for stop in stops(case_of(**line), draft)}
    assert "未经法制审核或者审核未通过，不能作出。本案：没收违法采出的矿产品。" in said["G10"].sentence
    assert "未经集体讨论，不能作出处罚决定。本案：情节复杂或者重大。" in said["G11"].sentence
    assert stopped(decision(), **line) == set()


def test_one_act_is_fined_once_and_each_party_by_name():
    """行政处罚法第二十九条；办法第三十七条第二款"""
    fined = miner(value=60_000, decision={"fine": 300_000, "party": "甲"})
    assert "G20" in stopped(decision(replace(FINE, party="甲")), **fined)
    assert "G20" not in stopped(decision(replace(FINE, party="乙")), **fined)
    earlier = case_of(**fined)
    mined = replace(earlier.facts.decisions[0], acts=frozenset({"K21"}))
    earlier = replace(earlier, facts=earlier.facts.varied(decisions=(mined,)))
    for act, again in (("K21", True), ("T11", False)):
        draft = decision(replace(FINE, party="甲", acts=frozenset({act})))
        assert ("G20" in {stop.gate.code for stop in stops(earlier, draft)}) == again
    case = case_of(**miner(value=60_000))
    two = replace(case, facts=case.facts.varied(parties=(Party("甲"), Party("乙"))))
    assert "G16b" in {stop.gate.code for stop in stops(two, decision())}


@pytest.mark.parametrize(("age", "gates"), [(13, {"G31"}), (14, {"G31b"}), (17, {"G31b"}), (18, set())])
def test_children_and_minors(age, gates):
    """行政处罚法第三十条"""
    case = case_of(**miner(value=60_000))
    young = replace(case, facts=case.facts.varied(parties=(Party("某", age=age),)))
    assert {stop.gate.code for stop in remarks(young, decision())} & {"G31", "G31b"} == gates


@pytest.mark.parametrize(
    ("ended", "level", "stop"),
    [("2025-06-30", "county", True), ("2025-06-30", "province", False), ("2025-07-01", "county", False)],
)
def test_destructive_mining_before_the_new_law_is_the_provinces(ended, level, stop):
    """矿产资源法（2009）第四十四条、第四十五条"""
    draft = decision(Decision(fine=100_000), level=level)
    assert ("G35" in stopped(draft, **miner(ended, "K32", destroyed_value=300_000))) == stop


@pytest.mark.parametrize("ended", ["2025-06-30", "2025-07-01"])
def test_a_licence_is_revoked_only_by_the_office_that_granted_it(ended):
    """矿产资源法（2009）第四十五条；矿产资源法（2024）第六十三条第二款、第六十四条第二款、第六十八条、第七十二条"""
    line = miner(ended, "K31", value=60_000, illegal_income=0)
    revoking = decision(replace(FINE, revokes=True), level="prefecture")
    (stop,) = [each for each in stops(case_of(**line), revoking) if each.gate.code == "G35b"]
    assert "不能吊销" in stop.sentence and "第四十五条" in stop.article
    assert "G35b" not in stopped(replace(revoking, grantor=True), **line)
    assert "G35b" not in stopped(decision(), **line)


def test_a_provincial_gate_stands_in_its_province_alone():
    """川自然资办函〔2021〕203号"""
    bare = decision(Decision(fine=300_000, income=0, minerals=True, tools=True))
    line = miner(value=60_000, illegal_income=60_000)
    assert "G17s" not in stopped(bare, **line)
    assert "G17s" in stopped(bare, **line, county="510824")


def test_the_prefecture_is_asked_to_join_where_a_document_says_so():
    """川自然资办函〔2021〕203号二（一）: 必须参与; met by 报请参与"""

    def remarked(draft, **line):
        return {stop.gate.code: stop for stop in stops(case_of(**line), draft)}

    line = miner(mineral="煤", county="510824")
    assert "川自然资办函〔2021〕203号" in remarked(decision(), **line)["G22"].article
    assert remarked(decision(), **line)["G22"].level == Level.BLOCK
    assert "G22" not in remarked(decision(), **{**line, "joined": True})
    assert "G22" not in remarked(decision(), **miner(mineral="煤"))
    assert "G22" not in remarked(Draft("closing", closing="执行完毕"), **line)


def test_closing_as_carried_out():
    """办法第四十六条第一款"""
    closing = Draft("closing", closing="执行完毕")
    line = miner(dates=decided(), decision={"fine": 100_000, "confiscated_tools": True}, paid=99_999)
    assert {"G23b", "G23c"} <= stopped(closing, **line)
    done = {**line, "paid": 100_000, "dates": decided(handed_over="2025-11-01")}
    assert stopped(closing, **done) == set()
    assert "G23" in stopped(Draft("closing", closing="领导同意"), **done)
    (unpaid,) = [each for each in stops(case_of(**line), closing) if each.gate.code == "G23b"]
    assert "还有1元没有缴清" in unpaid.sentence


@pytest.mark.parametrize("way", ["执行完毕", "终结执行", "已申请法院或政府强制执行"])
def test_execution_is_no_way_to_close_what_was_not_decided(way):
    """办法第四十六条第一款第（四）项至第（六）项"""
    assert "G23d" in stopped(Draft("closing", closing=way), **miner())
    assert "G23d" not in stopped(Draft("closing", closing="终止调查"), **miner())


def test_of_a_case_kept_here_what_is_open_is_named_one_by_one():
    """办法第四十六条第一款第（四）项"""
    done = decided(carried_out="2025-11-01", handed_over="2025-11-01")
    case = case_of(**miner(dates=done, decision={"confiscated_minerals": True}))
    kept = replace(case, facts=case.facts.varied(native=Native(undone=("恢复原状的验收",))))
    closing = Draft("closing", closing="执行完毕")
    assert stops(case, closing) == []
    (stop,) = stops(kept, closing)
    assert stop.gate.code == "G23c" and "恢复原状的验收" in stop.sentence


def test_what_was_not_served_on_a_party_is_not_carried_out():
    """办法第四十六条第一款第（四）项；行政处罚法第六十一条"""
    done = decided(carried_out="2025-11-01", handed_over="2025-11-01")
    case = case_of(**miner(dates=done, decision={"confiscated_minerals": True}))
    kept = replace(case, facts=case.facts.varied(native=Native(unserved=("李四",))))
    (stop,) = stops(kept, Draft("closing", closing="执行完毕"))
    assert stop.gate.code == "G23e" and stop.sentence.endswith("还没有送达：李四。")
    assert stops(kept, Draft("closing", closing="终结执行")) == []


def test_the_notice_gate_waits_for_its_act():
    """行政处罚法第四十四条、第四十五条、第六十二条"""
    case = case_of(**miner(dates={"filed": "2025-08-01"}))
    assert "G12" in {stop.gate.code for stop in remarks(case, decision(on=date(2025, 9, 1)))}
    assert "G12" not in {gate.code for gate in armed()}
