"""涉嫌犯罪移送: must, suspected, near, grave, repeated, late (国务院令第310号; 行政处罚法 arts 27, 82)."""

from datetime import datetime, timedelta

from law.crimes import illegal_mining_priors
from law.crimes.thresholds import ThresholdTest
from law.facts import Moment, end_of, start_of
from law.figures.rows import plain
from law.findings.shape import Case, Finding, of
from law.words import ART_3

DUTY = (
    "行政执法机关移送涉嫌犯罪案件的规定（国务院令第310号）第五条、第十一条；行政处罚法第二十七条、第八十二条"
)
REPEAT = "法释〔2016〕25号第三条第一款第（三）项；自然资办函〔2021〕1288号二"


def _sentences(tests: list[ThresholdTest]) -> str:
    """Why, and that a stand-in figure is one."""
    stand_in = next((each.limit.document for each in tests if each.limit.fallback), "")
    return "；".join(each.sentence for each in tests) + (f"（{stand_in}）" if stand_in else "")


def must_refer(case: Case) -> Finding | None:
    """MUST_REFER: a test is met that neither a sending nor 不批准移送 has answered."""
    if not case.must_refer:
        return None
    because = f"{_sentences(case.owed)}，应移送公安机关，未见移送或者不批准移送的记录。"
    return of("MUST_REFER", case.owed, because + _perhaps_serious(case.owed))


def closed_without_referral(case: Case) -> Finding | None:
    """CLOSED_WITHOUT_REFERRAL: closed while it must go (办法 art 46②)."""
    if not (case.must_refer and case.facts.closed):
        return None
    article = "自然资源行政处罚办法第四十六条第二款；行政执法机关移送涉嫌犯罪案件的规定第十一条"
    because = f"{_sentences(case.owed)}，应在结案前移送公安机关，未移送已结案，不能以罚代移。"
    return Finding("CLOSED_WITHOUT_REFERRAL", article, because, tuple(each.figures() for each in case.owed))


def suspect_referral(case: Case) -> Finding | None:
    """SUSPECT_REFERRAL: an estimate, or a test that is not settled, reaches the figure."""
    tests = case.unanswered([each for each in case.threshold_tests if each.suspected])
    if not tests or case.must_refer:
        return None
    return of(
        "SUSPECT_REFERRAL",
        tests,
        f"{_sentences(tests)}，为估算或者尚待认定，疑似应移送，请先认定。" + _perhaps_serious(tests),
    )


def _perhaps_serious(tests: list[ThresholdTest]) -> str:
    """That what is estimated, or not settled, would be five times the figure: to be identified first."""
    return (
        "尚待认定的计入后达到情节特别严重的数额，请先认定。"
        if any(each.perhaps_serious for each in tests)
        else ""
    )


def near_referral(case: Case) -> Finding | None:
    """NEAR_REFERRAL: in [80 %, 100 %) of the figure that holds, where no other of its kind is reached."""
    share = case.figures.value("crime_near_share")
    done = {each.group for each in case.threshold_tests if each.met or each.suspected}
    groups = {"mining", "land"} - done
    tests = [each for each in case.threshold_tests if each.group in groups and each.near(share)]
    if not tests:
        return None
    return of("NEAR_REFERRAL", tests, f"{_sentences(tests)}，接近移送标准，请继续查清数额。")


def especially_serious(case: Case) -> Finding | None:
    """ESPECIALLY_SERIOUS: five times the figure (法释〔2016〕25号 art 3②), no estimate counted."""
    tests = [each for each in case.threshold_tests if each.serious]
    if not tests:
        return None
    times = case.figures.get("crime_serious_times")
    because = f"{_sentences(tests)}，为标准的{plain(times.value)}倍以上，属于情节特别严重。"
    return Finding("ESPECIALLY_SERIOUS", times.article, because, tuple(each.figures() for each in tests))


def repeat_offender(case: Case) -> Finding | None:
    """REPEAT_OFFENDER: two penalties for 非法采矿 within the two years before this act of 非法采矿."""
    facts = case.facts
    if not facts.codes & (ART_3 | {"K26"}):
        return None
    counted, limit = illegal_mining_priors(facts, case.figures), case.figures.value("crime_repeat_count")
    if len(counted) < limit:
        return None
    days = "、".join(sorted(each.on.isoformat() for each in counted))
    because = f"二年内因非法采矿受过{len(counted)}次行政处罚（{days}），又实施非法采矿行为。"
    figures = {"count": len(counted), "limit": limit, "unit": "次"}
    return Finding("REPEAT_OFFENDER", REPEAT, because, (figures,))


def referred_late(case: Case) -> Finding | None:
    """REFERRED_LATE: sent past the latest reading of 24 hours from the head's approval."""
    steps = case.facts.steps
    if steps.referral_approved is None or steps.referred is None:
        return None
    hours = case.figures.get("referral_hours")
    latest = end_of(steps.referral_approved) + timedelta(hours=int(hours.value))
    if start_of(steps.referred) <= latest:
        return None
    because = (
        f"批准移送后应在24小时内（至迟{latest:%Y-%m-%d %H:%M}）移送，实际于{_shown(steps.referred)}移送。"
    )
    figures = {"hours": hours.value, "latest": latest.isoformat(), "sent": steps.referred.isoformat()}
    return Finding("REFERRED_LATE", hours.article, because, (figures,))


def _shown(moment: Moment) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if isinstance(moment, datetime) else f"{moment}"
