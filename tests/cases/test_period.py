"""办案期限 (自然资源行政处罚办法 art 38): 不计入的时间, 延长; the clock and the flag are one count."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import local_today
from accounts.services import nearest
from accounts.services.signing import Signature
from cases import assessing
from cases.assessing.period import GROUNDS
from cases.models import PAUSES, Case, PeriodChange
from cases.services import period
from common.errors import Refused
from law.periods import REFERRAL
from law.terms.procedure import EXCLUDED
from tests.cases import making
from tests.cases.pages import assert_only, last_entry, open_clocks, post

FILED = 60  # days ago


@pytest.fixture(autouse=True)
def the_nearest_follows(db):
    """Whatever a test did, beside each case stands the nearest of its clocks."""
    yield
    assert not nearest.strayed(Case.objects.all()).exists()


@pytest.fixture
def case(cast):
    """A case filed sixty days ago."""
    return making.filed_case(cast, signed_on=making.ago(FILED), found_on=making.ago(FILED))


def stop(cast, case, since, until=None, kind="appraisal", reason="委托鉴定"):
    said = period.Stop(kind, making.ago(since), reason, until and making.ago(until))
    return period.stop_period(by=cast.handler, case=case, stop=said)


def last_day(case) -> date:
    return timezone.localdate(open_clocks(case)["decide"].due_at)


def plain() -> date:
    """The last day if nothing stops or extends it."""
    return making.ago(FILED) + timedelta(90)


def test_days_of_an_appraisal_are_not_counted_and_said(cast, case):
    case = stop(cast, case, 40, 30)
    assert last_day(case) == plain() + timedelta(10)
    why = open_clocks(case)["decide"].explanation
    assert f"中止10日（{making.ago(40)}至{making.ago(30)}，鉴定：委托鉴定），顺延" in why
    assert last_entry(case).changes["不计入办案期限"][1] == f"鉴定 {making.ago(40)}至{making.ago(30)}"


def test_days_that_overlap_are_left_out_once(cast, case):
    case = stop(cast, stop(cast, case, 40, 30), 35, 25, kind="notice", reason="公告送达")
    assert last_day(case) == plain() + timedelta(15)


def test_it_stands_still_until_it_runs_again(cast, case):
    case = stop(cast, case, 40)
    clock = open_clocks(case)["decide"]
    assert clock.suspended_on == making.ago(40) and "恢复后再算到期日" in clock.explanation
    row = case.period_changes.get()
    case = period.resume_period(by=cast.handler, case=case, change=row, until=making.ago(20))
    assert open_clocks(case)["decide"].suspended_on is None
    assert last_day(case) == plain() + timedelta(20)
    with pytest.raises(Refused, match="还缺：正在中止的期限"):
        period.resume_period(by=cast.handler, case=case, change=row, until=making.ago(10))


def test_the_wait_for_public_security_is_among_them(cast, case):
    case = stop(cast, case, 5)
    one = making.sent_referral(cast, case=making.mined(cast, case, value="200000"))
    assert open_clocks(one.case)["decide"].suspended_on == making.ago(5)
    appraisal, waiting = assessing.facts_of(one.case).pauses
    assert (appraisal.since, appraisal.until) == (making.ago(5), None)
    assert waiting.reason.startswith("移送后等待公安机关、检察机关作出决定") and waiting.until is None


def test_the_head_extends_it_by_thirty_days_in_all_and_longer_where_it_is_complex(cast, case):
    case = period.extend_period(by=cast.deputy, case=case, days=20, reason="鉴定复杂")
    assert last_day(case) == plain() + timedelta(20)
    with pytest.raises(Refused, match="作出处罚决定最多延长30日"):
        period.extend_period(by=cast.deputy, case=case, days=11, reason="鉴定复杂")
    case.refresh_from_db()
    case = period.extend_period(
        by=cast.deputy, case=case, days=40, especially_complex=True, reason="涉及多县"
    )
    assert last_day(case) == plain() + timedelta(60)
    why = open_clocks(case)["decide"].explanation
    assert f"{local_today()}经批准延长20日（自然资源行政处罚办法第三十八条第一款，鉴定复杂）" in why
    assert assessing.facts_of(case).extended == 60


def test_what_ran_out_is_not_extended(cast, case):
    Case.objects.filter(pk=case.pk).update(filed_on=making.ago(91))
    case.refresh_from_db()
    with pytest.raises(Refused, match=f"办案期限已于{making.ago(1)}届满，不能再延长"):
        period.extend_period(by=cast.deputy, case=case, days=30, reason="鉴定复杂")
    in_time = Signature(signer=cast.deputy, signed_on=making.ago(1), scan=making.scan())
    case = period.extend_period(by=cast.handler, case=case, days=30, reason="鉴定复杂", signature=in_time)
    assert "decision_overdue" not in case.flags


def test_a_case_filed_under_the_law_before_leaves_no_appraisal_out(cast, case):
    Case.objects.filter(pk=case.pk).update(filed_on=date(2024, 4, 30))
    case.refresh_from_db()
    with pytest.raises(Refused, match="法律没有规定可以从作出处罚决定的期限中扣除"):
        stop(cast, case, 40, 30)
    assert not PeriodChange.objects.exists()


def test_the_flag_says_what_the_clock_says(cast, case):
    Case.objects.filter(pk=case.pk).update(filed_on=making.ago(100))
    case.refresh_from_db()
    case = stop(cast, case, 50, 41, kind="hearing", reason="听证")
    assert "decision_overdue" in case.flags
    case = stop(cast, case, 30, 29, kind="post", reason="邮寄")
    assert "decision_overdue" not in case.flags
    case = period.withdraw_period_change(
        by=cast.handler, case=case, change=case.period_changes.last(), reason="写错了"
    )
    assert "decision_overdue" in case.flags


def test_a_stop_has_its_order_of_days(cast, case):
    with pytest.raises(Refused, match=f"开始日期不能早于{making.ago(FILED)}"):
        stop(cast, case, FILED + 1, 40)
    with pytest.raises(Refused, match="恢复计算日期应晚于开始日期"):
        stop(cast, case, 40, 40)
    with pytest.raises(Refused, match="恢复计算日期不能晚于今天"):
        stop(cast, case, 40, -1)


def test_through_the_pages_and_who_may(cast, sign_in, case):
    assert_only(cast, sign_in, case, "stop_period", "handler")
    assert_only(cast, sign_in, case, "extend_period", "handler", "deputy", "chief")
    client, day = sign_in(cast.handler), making.ago
    said = {"kind": "appraisal", "happened_on": day(9).isoformat(), "reason": "送省厅鉴定"}
    assert post(client, case, "stop_period", **said).status_code == 302
    row = case.period_changes.get()
    said = {"change": row.pk, "until": day(4).isoformat()}
    assert post(client, case, "resume_period", **said).status_code == 302
    assert last_day(case) == plain() + timedelta(5)
    page = client.get(case.get_absolute_url()).content.decode()
    assert f"鉴定 {day(9)}至{day(4)}" in page and "送省厅鉴定" in page
    said = {"days": "30", "reason": "鉴定复杂"}
    assert post(sign_in(cast.deputy), case, "extend_period", **said).status_code == 302
    assert last_day(case) == plain() + timedelta(35)
    said = {"change": row.pk, "reason": "写错了"}
    assert post(client, case, "withdraw_period_change", **said).status_code == 302
    assert last_day(case) == plain() + timedelta(30)


def test_each_kind_of_pause_is_a_ground_of_the_article_and_no_word_beside_it():
    """自然资源行政处罚办法第三十八条第二款"""
    assert set(GROUNDS) == {code for code, _ in PAUSES}
    assert {*GROUNDS.values(), REFERRAL} == set(EXCLUDED)
