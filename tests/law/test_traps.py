"""The traps (a) to (d) of the clocks."""

from datetime import date

import pytest

from law.terms.traps import LAND, MINING, Urged, court_window, limitation, limits, may_seal

D = date.fromisoformat


def test_a_demolition_may_be_enforced_after_sixty_days_and_within_three_months_of_the_fifteenth(shipped):
    window = court_window(Urged(D("2025-09-01"), demolition=True, urged=D("2025-10-20")), shipped)
    # 诉讼 to 2025-09-16, 复议 to 2025-10-31, 催告 + 10 working days 2025-11-03
    assert window.earliest == D("2025-11-03")
    assert window.latest == D("2025-12-16")
    assert window.warn_from == D("2025-10-31")
    assert window.open and window.sentence == ""


def test_an_early_urging_does_not_open_the_window_before_the_review_is_over(shipped):
    window = court_window(Urged(D("2025-09-01"), demolition=True, urged=D("2025-09-02")), shipped)
    assert window.earliest == D("2025-10-31")


def test_a_late_urging_can_close_the_window(shipped):
    window = court_window(Urged(D("2025-09-01"), demolition=True, urged=D("2025-12-10")), shipped)
    assert not window.open
    assert "2025-12-16" in window.sentence


def test_without_an_urging_the_window_does_not_open(shipped):
    window = court_window(Urged(D("2025-09-01"), demolition=True), shipped)
    assert window.earliest is None and "催告" in window.sentence


def test_a_fine_goes_by_six_months_and_then_three_clamped_step_by_step(shipped):
    window = court_window(Urged(D("2025-08-31"), urged=D("2026-02-01")), shipped)
    assert window.earliest == D("2026-02-28")  # a worked Saturday
    assert window.latest == D("2026-05-28")  # not 05-31: the months are added one after the other


def test_a_transfer_of_land_is_not_in_the_wording_of_the_fifteen_days(shipped):
    """土地管理法第七十四条: six months, so the window is the fine's."""
    transfer = court_window(Urged(D("2025-09-01"), demolition=False, urged=D("2025-10-20")), shipped)
    assert (transfer.earliest, transfer.latest) == (D("2026-03-02"), D("2026-06-02"))  # 03-01 is a Sunday
    assert transfer.alarm == D("2026-06-01")  # from the nominal day


def test_a_deferred_payment_moves_the_window_to_its_end(shipped):
    late = court_window(
        Urged(D("2025-08-31"), urged=D("2026-07-01"), deferred_until=D("2026-08-31")), shipped
    )
    assert (late.earliest, late.latest) == (D("2026-08-31"), D("2026-11-30"))
    early = court_window(
        Urged(D("2025-08-31"), urged=D("2026-02-01"), deferred_until=D("2025-12-31")), shipped
    )
    assert early.earliest == D("2026-02-28")


def test_the_alarm_counts_from_nominal_days(shipped):
    # 15 days end on 2025-10-05 and roll to 10-09; three months from there, the alarm from 10-05.
    window = court_window(Urged(D("2025-09-20"), demolition=True, urged=D("2025-10-20")), shipped)
    assert window.latest == D("2026-01-09")
    assert window.alarm == D("2026-01-05")


def test_what_goes_on_does_not_lapse(shipped):
    lapses = limitation(None, shipped)
    assert lapses.due is None and "继续状态" in lapses.sentence
    assert not limits(D("2026-11-15"), lapses)


@pytest.mark.parametrize(
    ("found", "life_health", "late"),
    [("2025-11-22", False, False), ("2025-11-23", False, True), ("2028-11-22", True, False),
     ("2028-11-23", True, True)],
)  # fmt: skip
def test_two_years_undiscovered_or_five_end_it(found, life_health, late, shipped):
    lapses = limitation(D("2023-11-22"), shipped, life_health=life_health)
    assert limits(D(found), lapses) is late


def test_sealing_needs_a_law_that_allows_it(shipped):
    assert may_seal(MINING, D("2025-07-01"), shipped).due == D("2025-07-31")
    before = may_seal(MINING, D("2025-06-30"), shipped)
    assert before.due is None and "没有法律授权" in before.sentence
    land = may_seal(LAND, D("2026-03-01"), shipped)
    assert land.due is None and "封存文件资料" in land.sentence
    assert "土地管理法第六十八条" in land.article
