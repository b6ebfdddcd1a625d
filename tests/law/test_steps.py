"""Notice, decision, limitation, closing: steps against what the law asks of them."""

from dataclasses import replace
from datetime import date

import pytest

from law.facts import Facts, Native, Prior, Told, Unweighed, Violation
from law.figures import SEEDED, objection
from law.findings import assess
from law.gates import Draft, stops
from law.reading import read_line, read_rows
from law.shipped import calendar
from tests.law.making import asked_for, case_of, codes, decided, facts_of, miner, one


@pytest.mark.parametrize(
    ("noticed", "day", "missing"),
    [
        (None, "2025-09-30", True),
        ("2025-09-26", "2025-10-10", True),
        ("2025-09-26", "2025-10-11", False),
        ("2025-09-01", "2025-08-31", True),
    ],
)
def test_five_working_days_after_the_notice(noticed, day, missing):
    """行政处罚法第四十四条、第六十四条；自然资源行政处罚办法第三十三条, across the October holiday"""
    dates = {"filed": "2025-08-05", "noticed": noticed, "decided": day}
    assert ("NOTICE_MISSING" in codes(**miner(dates=dates))) == missing


@pytest.mark.parametrize("record", ["notice_waived", "plea_answered"])
def test_waiver_or_answered_plea_ends_the_wait(record):
    """行政处罚法第四十五条"""
    dates = decided("2025-09-03")
    assert "NOTICE_MISSING" not in codes(**miner(dates=dates, **{record: True}))
    assert "NOTICE_MISSING" in codes(**miner(dates={**dates, "noticed": None}, **{record: True}))


def test_a_decision_not_to_punish_needs_no_notice():
    """行政处罚法第三十三条"""
    dates = {"filed": "2025-08-05", "decided": "2025-09-01", "closed": "2025-09-02"}
    assert "NOTICE_MISSING" not in codes(**miner(dates=dates, closing="决定不予处罚"))


def overdue(filed, day, **more):
    dates = {"found": filed, "filed": filed, "noticed": filed, "decided": day}
    return "DECISION_OVERDUE" in codes(**miner("2019-01-01", dates=dates, **more))


@pytest.mark.parametrize(
    ("filed", "day", "more", "late"),
    [
        ("2025-07-10", "2025-10-08", {}, False),
        ("2025-07-10", "2025-10-09", {}, True),
        ("2025-07-10", "2025-11-07", {"extended": True}, False),
        ("2025-07-10", "2025-11-08", {"extended": True}, True),
        ("2025-07-10", "2025-10-18", {"excluded_days": 10}, False),
        ("2025-07-10", "2025-10-19", {"excluded_days": 10}, True),
        ("2021-07-15", "2021-10-13", {}, False),
        ("2021-07-14", "2021-09-13", {}, True),
        ("2021-07-14", "2021-09-12", {}, False),
    ],
)
def test_the_period_of_the_rule_in_force_at_filing(filed, day, more, late):
    """自然资源行政处罚办法第三十八条；行政处罚法第六十条"""
    assert overdue(filed, day, **more) == late


def test_waiting_for_public_security_does_not_count():
    """自然资源行政处罚办法第三十八条第二款"""
    dates = {
        "filed": "2025-07-10",
        "noticed": "2025-09-01",
        "referred": "2025-08-01",
        "decided": "2025-10-28",
    }
    assert "DECISION_OVERDUE" not in codes(**miner(dates={**dates, "police_declined": "2025-08-21"}))
    assert "DECISION_OVERDUE" in codes(**miner(dates={**dates, "police_declined": "2025-08-20"}))


def test_undecided_is_judged_as_of_a_day():
    line = miner(dates={"filed": "2025-07-10", "noticed": "2025-11-01", "decided": "2025-11-20"})
    assert "DECISION_OVERDUE" not in codes(as_of=date(2025, 10, 8), **line)
    assert "DECISION_OVERDUE" in codes(as_of=date(2025, 10, 9), **line)
    own = read_line({**line, "as_of": "2025-10-09"}, date(2025, 10, 8))
    assert "DECISION_OVERDUE" in {each.code for each in assess(own, SEEDED, calendar())}


@pytest.mark.parametrize(
    ("ended", "found", "more", "passed"),
    [
        ("2023-08-01", "2025-08-01", {}, False),
        ("2023-08-01", "2025-08-02", {}, True),
        ("2020-08-01", "2025-08-01", {"life_health": True}, False),
        ("2020-08-01", "2025-08-02", {"life_health": True}, True),
        ("2015-08-01", "2025-08-02", {"continuing": True}, False),
    ],
)
def test_two_or_five_years_after_the_act_ended(ended, found, more, passed):
    """行政处罚法第三十六条"""
    assert ("LIMITATION_PASSED" in codes(**miner(ended, dates={"found": found}, **more))) == passed


@pytest.mark.parametrize(
    ("violations", "more", "passed"),
    [
        (["T11"], {}, False),
        (["K21", "T11"], {}, False),
        (["K21"], {}, True),
        (["T11"], {"continuing": False}, True),
        (["T42"], {}, False),
        (["T42"], {"continuing": False}, True),
        (["T43"], {}, False),
        (["T43"], {"continuing": False}, True),
        (["T31"], {}, True),
    ],
)
def test_what_stands_or_is_kept_back_goes_on_until_it_is_restored(violations, more, passed):
    """行政处罚法第三十六条第二款"""
    line = {**miner("2015-08-01", dates={"found": "2025-08-02"}), "violation": violations, **more}
    assert ("LIMITATION_PASSED" in codes(**line)) == passed
    for deed, gate in (("filing", "G29"), ("decision", "G29d")):
        assert (gate in {stop.gate.code for stop in stops(case_of(**line), Draft(deed))}) == passed


def test_a_late_filing_asks_when_it_was_found():
    """行政处罚法第三十六条"""
    assert "dates.found" in asked_for(**miner("2021-09-30", dates={"filed": "2024-10-29"}))
    assert "dates.found" not in asked_for(**miner("2023-09-30", dates={"filed": "2024-10-29"}))


@pytest.mark.parametrize(
    ("found", "more", "asked"),
    [
        ("2025-08-01", {}, False),
        ("2025-08-02", {}, True),
        ("2025-08-02", {"life_health": False}, False),
        ("2025-08-02", {"continuing": True}, False),
        ("2028-08-01", {}, True),
        ("2028-08-02", {}, False),
    ],
)
def test_past_two_years_it_asks_whether_life_and_health_were_harmed(found, more, asked):
    """行政处罚法第三十六条: five years where they were"""
    line = miner("2023-08-01", dates={"found": found}, **more)
    assert ("life_health" in asked_for(as_of=date(2029, 1, 1), **line)) == asked


@pytest.mark.parametrize(
    ("violation", "found", "more", "asked"),
    [
        ("T11", "2025-08-02", {}, True),
        ("T11", "2025-08-01", {}, False),
        ("T11", "2025-08-02", {"continuing": False}, False),
        ("T11", "2025-08-02", {"continuing": True}, False),
        ("K21", "2025-08-02", {}, False),
    ],
)
def test_past_two_years_it_asks_whether_what_stood_on_land_is_gone(violation, found, more, asked):
    """行政处罚法第三十六条第二款"""
    line = {**miner("2023-08-01", dates={"found": found}), "violation": violation, **more}
    assert ("continuing" in asked_for(**line)) == asked


def test_a_register_has_no_column_for_either_and_is_not_asked():
    row = {"violations": "T11", "acts_ended": date(2023, 8, 1), "found": date(2025, 8, 2)}
    for violation in ("T11", "K21"):
        facts = read_rows([{**row, "violations": violation}], date(2026, 1, 1))
        missing = {
            each.figures[0]["fact"]
            for each in assess(facts, SEEDED, calendar())
            if each.code == "FACTS_MISSING"
        }
        assert not {"life_health", "continuing"} & missing


FULL = {"fine": 100_000, "confiscated_income": 7000, "confiscated_tools": "none", "restoration": "none"}


@pytest.mark.parametrize(("paid", "found"), [(106_999, True), (107_000, False), (None, False)])
def test_closed_as_carried_out_while_unpaid(paid, found):
    """自然资源行政处罚办法第四十六条第一款第（四）项"""
    line = miner(decision=FULL, closing="执行完毕", paid=paid)
    assert ("CLOSED_UNPAID" in codes(**line)) == found
    assert ("paid" in asked_for(**line)) == (paid is None)
    assert "CLOSED_UNPAID" not in codes(**{**line, "closing": "已申请法院或政府强制执行"})


@pytest.mark.parametrize(
    ("items", "dates", "found"),
    [
        ({"restoration": True}, {}, True),
        ({"restoration": True}, {"carried_out": "2025-12-01"}, False),
        ({"confiscated_minerals": True}, {}, True),
        ({"confiscated_minerals": True}, {"handed_over": "2025-12-01"}, False),
        ({"confiscated_tools": True}, {}, True),
        ({"confiscated_tools": "none", "restoration": "none"}, {}, False),
    ],
)
def test_closed_as_carried_out_while_things_are_open(items, dates, found):
    """自然资源行政处罚办法第四十六条第一款第（四）项"""
    line = miner(decision=items, closing="执行完毕", dates=dates)
    assert ("CLOSED_NOT_CARRIED_OUT" in codes(**line)) == found


@pytest.mark.parametrize(
    ("county", "facts", "found"),
    [
        ("510824", {"mineral": "煤"}, True),
        ("510824", {"mineral": "地热"}, True),
        ("510824", {"mineral": "砂岩"}, False),
        ("510824", {"mineral": "砂岩", "mine_scale": "中型"}, True),
        ("510824", {"mineral": "煤", "joined": True}, False),
        ("510824", {"mineral": "煤", "joined": "2025-09-01"}, False),
        ("141122", {"mineral": "煤", "mine_scale": "大型"}, False),
        ("220322", {"mineral": "煤"}, False),
    ],
)
def test_the_prefecture_joins_where_a_document_says_so(county, facts, found):
    """川自然资办函〔2021〕203号二（一）"""
    assert ("PREFECTURE_MUST_JOIN" in codes(**miner(**facts), county=county)) == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [("2025-08-31", False), ("2025-09-03", False), ("2025-09-04", True), (True, False), (None, True)],
)
def test_to_ask_the_prefecture_once_it_is_decided_is_too_late(asked, found):
    """川自然资办函〔2021〕203号二（一）: it takes part in the case, not in its file"""
    line = miner(mineral="煤", joined=asked, dates=decided("2025-09-03"), county="510824")
    assert ("PREFECTURE_MUST_JOIN" in codes(**line)) == found


def test_a_document_does_not_reach_back_to_closed_files():
    """川自然资办函〔2021〕203号, of 2021-09-10"""
    for closed, found in (("2021-09-09", False), ("2021-09-10", True)):
        line = miner(
            "2021-01-01", mineral="煤", closing="执行完毕", dates={"closed": closed}, county="510824"
        )
        assert ("PREFECTURE_MUST_JOIN" in codes(**line)) == found


def test_a_document_of_another_prefecture_switches_the_rule_on():
    row = replace(
        SEEDED.get("prefecture_joins", "510000", date(2026, 1, 1)), region="141100", document="示例"
    )
    assert "PREFECTURE_MUST_JOIN" in codes(SEEDED.joined([row]), **miner(mineral="煤"))


def test_an_unknown_graphite_is_asked_for():
    assert "mineral" in asked_for(**miner(mineral="石墨"), county="510824")
    assert "PREFECTURE_MUST_JOIN" in codes(**miner(mineral="晶质石墨"), county="510824")


def native(**known):
    facts = Facts(as_of=date(2026, 1, 1), violations=(Violation("K21"),), native=Native(**known))
    return {each.code for each in assess(facts, SEEDED, calendar())} - {"FACTS_MISSING"}


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ("unfiled", "NOT_FILED"),
        ("overdue", "OVERDUE_CLOCK"),
        ("soft_passed", "SOFT_GATE_PASSED"),
        ("revoked", "REVOKED"),
        ("edited", "EDITED_AFTER_SUBMISSION"),
        ("reopened", "REOPENED_SITE"),
    ],
)
def test_native_findings(known, code):
    assert native(**{known: (Told("所见"),)}) == {code}


def test_what_the_record_tells_brings_its_own_articles_and_its_first_day():
    late = Told("作出处罚决定", "自然资源行政处罚办法第三十八条", date(2025, 12, 1))
    fine = Told("缴纳罚款", "行政处罚法第六十七条", date(2025, 11, 1))
    facts = Facts(as_of=date(2026, 1, 1), native=Native(overdue=(late, fine, late)))
    (finding,) = assess(facts, SEEDED, calendar())
    assert finding.article == "自然资源行政处罚办法第三十八条；行政处罚法第六十七条"
    assert (finding.since, "缴纳罚款" in finding.because) == (date(2025, 11, 1), True)


def test_an_edit_after_a_report_cites_the_provinces_own_word_there_alone():
    """川自然资办函〔2021〕203号四"""
    told = Told("罚款", "某区专项行动方案")
    for county, article in (
        ("510106", "某区专项行动方案；川自然资办函〔2021〕203号四"),
        ("141122", "某区专项行动方案"),
    ):
        facts = Facts(as_of=date(2026, 1, 1), county=county, native=Native(edited=(told,)))
        assert [each.article for each in assess(facts, SEEDED, calendar())] == [article]


def test_an_edit_that_answers_no_duty_says_that_no_article_speaks_of_it():
    """自然资源行政处罚办法第五十一条: 定期逐级上报; 川自然资办函〔2021〕203号四"""
    for county, article, unwritten in (
        ("510106", "川自然资办函〔2021〕203号四", False),
        ("141122", "自然资源行政处罚办法第五十一条", True),
    ):
        facts = Facts(as_of=date(2026, 1, 1), county=county, native=Native(edited=(Told("罚款"),)))
        (finding,) = assess(facts, SEEDED, calendar())
        assert (finding.article, "没有专门条文" in finding.because) == (article, unwritten)


def test_a_major_decision_without_review():
    """行政处罚法第五十八条"""
    facts = facts_of(**miner(dates=decided()))
    for heavy, found in ((True, True), (False, False)):
        kept = facts.varied(native=Native(unreviewed=(Unweighed(date(2025, 8, 1), heavy),)))
        assert ("REVIEW_MISSING" in {each.code for each in assess(kept, SEEDED, calendar())}) == found


@pytest.mark.parametrize(
    ("day", "article"),
    [
        ("2017-12-31", None),
        ("2018-01-01", "行政处罚法（2017）第三十八条第三款"),
        ("2021-07-14", "行政处罚法（2017）第三十八条第三款"),
        ("2021-07-15", "行政处罚法第五十八条"),
        ("2024-04-30", "行政处罚法第五十八条"),
        ("2024-05-01", "行政处罚法第五十八条；自然资源行政处罚办法第三十二条"),
    ],
)
def test_a_review_is_asked_for_by_the_law_of_the_day_of_the_decision(day, article):
    """行政处罚法第五十八条, in force 2021-07-15; before it what the law of 2017 asked from 2018-01-01"""
    facts = facts_of(as_of=date(2026, 1, 1), violation="K21", dates={"decided": day})
    kept = facts.varied(native=Native(unreviewed=(Unweighed(date.fromisoformat(day), True),)))
    (finding,) = [each for each in assess(kept, SEEDED, calendar()) if each.code == "REVIEW_MISSING"] or [
        None
    ]
    assert (finding and finding.article) == article
    assert ("请法制人员核对" in finding.because) == ("2017" in article) if finding else True


def test_no_place_sets_another_day_for_reviews():
    row = replace(SEEDED.get("legal_review", None, date(2026, 1, 1)), region="141100", document="某文件")
    assert "各省不能另定" in objection(row)


def test_what_is_only_dated_later_has_not_happened():
    facts = facts_of(
        as_of=date(2025, 9, 10), **miner(dates=decided(), decision=FULL, closing="执行完毕", paid=1)
    )
    assert not facts.decided
    assert case_of(**miner(dates=decided())).facts.decided
    assert facts.prior_penalties == () == facts.varied(prior_penalties=()).prior_penalties
    assert Prior(date(2025, 1, 1)).what is None


def test_each_finding_names_its_article_and_its_figures():
    finding = one("DECISION_OVERDUE", **miner(dates={"filed": "2025-07-10"}))
    assert finding.article == "自然资源行政处罚办法第三十八条"
    assert finding.figures[0]["last"] == "2025-10-08"
