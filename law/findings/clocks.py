"""Steps against their periods: 告知, 处罚决定, 追责时效."""

from datetime import date

from common.workdays import add_months
from law.facts import WITHOUT_PENALTY, day_of
from law.figures import Figure
from law.findings.shape import Case, Finding
from law.periods import decision_period
from law.windows import GOES_ON

NOTICE = (
    "行政处罚法第四十四条、第四十五条、第六十二条、第六十四条；自然资源行政处罚办法第三十三条、第三十四条"
)
LIMIT_NOTE = "行政处罚法第三十六条"


def notice_missing(case: Case) -> Finding | None:
    """NOTICE_MISSING: no served 告知, or decided before its working days had passed (no waiver, no plea)."""
    facts = case.facts
    if not facts.decided or facts.closing in WITHOUT_PENALTY:
        return None
    noticed, decided = day_of(facts.steps.noticed), facts.decided_on
    if noticed is None and facts.carries is not None and "dates.noticed" not in facts.carries:
        return None
    if noticed is None:
        return Finding("NOTICE_MISSING", NOTICE, "已作出处罚决定，没有告知书送达的记录。")
    if decided is None:
        return None
    if decided < noticed:
        because = f"处罚决定（{decided}）早于告知书送达（{noticed}）。"
        return Finding("NOTICE_MISSING", NOTICE, because)
    days = case.figures.get("notice_days", None, decided)
    last = case.calendar.add_workdays(noticed, int(days.value))
    if decided > last or facts.notice_waived or facts.plea_answered:
        return None
    return _too_early(noticed, decided, last, days)


def _too_early(noticed: date, decided: date, last: date, days: Figure) -> Finding:
    because = (
        f"告知书{noticed}送达，{days.value:f}个工作日到{last}届满，处罚决定于{decided}作出，"
        "未见当事人放弃权利或者陈述申辩已复核的记录。"
    )
    figures = {"noticed": noticed.isoformat(), "last": last.isoformat(), "decided": decided.isoformat()}
    return Finding("NOTICE_MISSING", f"{NOTICE}；{days.article}", because, ({**figures, "days": days.value},))


def decision_overdue(case: Case) -> Finding | None:
    """DECISION_OVERDUE: decided, or still undecided, after the period of the rule in force at filing."""
    facts = case.facts
    if (facts.decided and facts.decided_on is None) or (not facts.decided and facts.closed):
        return None
    period, until = decision_period(facts, case.figures, case.calendar), facts.judged_on
    if period is None or period.due is None or until <= period.due:
        return None
    days = (period.due - period.start).days
    done = f"{until}才作出处罚决定" if facts.decided else f"到{until}仍未作出处罚决定"
    because = f"{period.start}立案，应在{days}日内（至迟{period.due}）作出处罚决定，{done}。"
    figures = {"filed": period.start.isoformat(), "last": period.due.isoformat(), "days": days}
    figures |= {"excluded": days - period.counted, "sure": period.sure}
    return Finding("DECISION_OVERDUE", period.article, because, (figures,))


def limitation_passed(case: Case) -> Finding | None:
    """LIMITATION_PASSED: found later than two (five) years after the act ended; a continuing act has not.

    Work on occupied land ended, yet what was built stands; land kept back is kept back until it is returned:
    their period runs from the end of that state, so one such violation keeps the case open unless the case
    says that nothing continues (行政处罚法 art 36(2)).
    """
    facts = case.facts
    discovered, ended = day_of(facts.steps.found), facts.acts_ended
    stands = bool(facts.codes & GOES_ON) and facts.continuing is not False
    if discovered is None or ended is None or facts.continuing or stands:
        return None
    key = "limitation_years_harm" if facts.life_health else "limitation_years"
    years = case.figures.get(key)
    last = add_months(ended, int(years.value) * 12)
    if discovered <= last:
        return None
    because = (
        f"违法行为{ended}终了，{discovered}才发现，已超过{years.value:f}年，不能再给予行政处罚；"
        "行为有连续或者继续状态的（如非法占地未恢复原状、土地未交还），从终了之日起计算。"
    )
    figures = {"ended": ended.isoformat(), "last": last.isoformat(), "found": discovered.isoformat()}
    return Finding("LIMITATION_PASSED", LIMIT_NOTE, because, ({**figures, "years": years.value},))
