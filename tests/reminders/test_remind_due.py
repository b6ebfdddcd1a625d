"""The sweep makes each reminder once, for whom it may concern, and says what it left out."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from accounts import roles
from accounts.models import CalendarDay, Clock, Posting, User
from accounts.services import clocks
from accounts.terms import DAYS, HOURS, Term
from cases.models import Case
from clues.models import Clue
from reminders.models import Absence, DeliveryLog, Notice, Outbox, RosterEntry
from reminders.services import sweeping
from tests.cast import add_person
from tests.reminders.moments import at

DUE = "2026-11-30 18:00"


def swept(moment):
    return sweeping.sweep(now=at(moment))


def readers():
    return sorted(Notice.objects.values_list("recipient__username", flat=True))


@pytest.mark.parametrize(
    ("moment", "who"),
    [
        ("2026-11-23 09:01", ["liaison"]),
        ("2026-11-27 09:01", ["brigade_head", "liaison"]),
        ("2026-11-30 09:01", ["brigade_head", "liaison"]),
        ("2026-11-30 15:01", ["brigade_head", "liaison"]),
        ("2026-11-30 18:00", ["brigade_head", "liaison", "prefecture"]),
        ("2026-12-03 09:00", ["brigade_head", "liaison", "prefecture"]),
    ],
)
def test_each_stage_tells_those_the_table_names(clock, moment, who):
    clock(DUE)
    assert swept(moment)["reminders_made"] == len(who)
    assert readers() == who


def test_nothing_is_told_before_the_first_stage(clock):
    clock(DUE)
    assert swept("2026-11-20 09:00")["reminders_made"] == 0
    assert not Notice.objects.exists()


def test_the_whole_way_is_told_stage_by_stage_and_each_stage_once(clock):
    clock(DUE)
    moment = at("2026-11-22 00:00")
    while moment < at("2026-12-02 10:00"):
        sweeping.sweep(now=moment)
        moment += timedelta(minutes=30)
    told = Notice.objects.filter(recipient__username="liaison").values_list("key", flat=True)
    stages = [key.split(":")[3] for key in told.order_by("pk")]
    assert stages == ["d7", "eve", "day09", "day15", "over", "after20261201", "after20261202"]


def test_sweeping_twice_tells_nobody_twice(clock):
    clock(DUE)
    swept("2026-11-30 18:00")
    again = swept("2026-11-30 18:00")
    assert (again["reminders_made"], again["sent"]) == (0, 0)
    assert Notice.objects.count() == 3


def test_a_clock_moved_over_the_due_time_and_back_tells_nobody_twice(clock):
    clock(DUE)
    for moment in ("18:01", "17:59", "18:00", "18:01", "17:30", "18:02"):
        swept(f"2026-11-30 {moment}")
    over = Notice.objects.filter(key__contains=":over:")
    assert sorted(over.values_list("recipient__username", flat=True)) == [
        "brigade_head",
        "liaison",
        "prefecture",
    ]
    assert Notice.objects.values("key").distinct().count() == Notice.objects.count()


def test_a_leap_ahead_and_back_leaves_no_later_stage_out(clock):
    clock(DUE)
    swept("2026-12-03 09:00")
    for moment in ("2026-11-30 09:00", "2026-11-30 15:00", "2026-11-30 18:00", "2026-12-01 09:00"):
        swept(moment)
    keys = Notice.objects.filter(recipient__username="liaison").values_list("key", flat=True)
    stages = {key.split(":")[3] for key in keys}
    assert stages == {"after20261203", "day09", "day15", "over", "after20261201"}


def test_the_eve_of_a_holiday_is_the_last_day_worked(clock):
    clock("2026-10-08 18:00")
    swept("2026-09-30 09:00")
    assert Notice.objects.filter(key__contains=":eve:").count() == 2


def test_a_make_up_sunday_is_an_eve(clock):
    CalendarDay.objects.create(day="2026-09-20", kind="work", note="调休")
    clock("2026-09-21 18:00")
    swept("2026-09-20 09:00")
    assert Notice.objects.filter(key__contains=":eve:").count() == 2


def test_the_line_says_what_and_when_and_leads_there(clock, cast):
    clock(DUE)
    swept("2026-11-30 09:00")
    notice = Notice.objects.get(recipient=cast.liaison)
    assert notice.title == "作出处罚决定 将于11月30日 18:00到期"
    assert notice.url == "/cases/abc/"


def test_an_overdue_line_counts_the_days(clock, cast):
    clock(DUE)
    swept("2026-12-03 09:00")
    assert Notice.objects.get(recipient=cast.liaison).title.endswith("超期3天")


def test_a_later_line_reads_the_earlier_one_of_the_same_thing(clock, cast):
    clock(DUE)
    clock(DUE)
    for moment in ("2026-11-30 09:00", "2026-11-30 15:00", "2026-11-30 18:00"):
        swept(moment)
    assert Notice.objects.filter(recipient=cast.liaison).count() == 6
    assert Notice.objects.filter(recipient=cast.liaison, read_at=None).count() == 2


@pytest.mark.parametrize("model", [Clue, Case])
def test_who_handles_it_stands_for_the_desk(cast, clock, model):
    fields = {
        Clue: {
            "source": "patrol",
            "received_on": "2026-11-01",
            "summary": "x",
            "place": "x",
            "registered_by": cast.intake,
        },
        Case: {"number": "交自然资立字〔2026〕1号", "cause": "x", "place": "x"},
    }[model]
    thing = model.objects.create(
        agency=cast.county, county=cast.regions["141122"], handler=cast.handler, **fields
    )
    clock(DUE, subject_kind=model._meta.label_lower, subject_id=thing.pk)
    swept("2026-11-23 09:00")
    assert readers() == ["handler"]


def test_with_nobody_at_the_desk_the_next_rung_is_told(clock, cast):
    Posting.objects.filter(user=cast.liaison).update(until="2026-11-01")
    clock(DUE)
    swept("2026-11-23 09:00")
    assert readers() == ["handler", "intake", "second_handler"]


def test_with_nobody_in_the_county_the_prefecture_is_told(clock, cast):
    Posting.objects.filter(agency=cast.county).update(until="2026-11-01")
    clock(DUE)
    swept("2026-11-23 09:00")
    assert readers() == ["prefecture"]


def test_with_nobody_at_all_the_log_says_so(clock, cast):
    Posting.objects.exclude(user=cast.system_admin).update(until="2026-11-01")
    clock(DUE)
    swept("2026-11-23 09:00")
    assert DeliveryLog.objects.get().outcome == "nobody"


def test_the_neighbour_is_never_told(clock):
    clock(DUE)
    for moment in ("2026-11-23 09:00", "2026-11-30 09:00", "2026-11-30 18:00"):
        swept(moment)
    assert not [name for name in readers() if name.startswith(("neighbour", "other"))]


# absence


def away(cast, person, deputy, since="2026-11-20 00:00", until="2026-12-10 00:00"):
    return Absence.objects.create(
        person=person, deputy=deputy, since=at(since), until=at(until), recorded_by=person
    )


def test_the_deputy_is_told_instead_of_who_is_away(clock, cast):
    away(cast, cast.liaison, cast.checker)
    clock(DUE)
    swept("2026-11-23 09:00")
    assert readers() == ["checker"]


def test_after_the_absence_the_person_is_told_again(clock, cast):
    away(cast, cast.liaison, cast.checker, until="2026-11-22 18:00")
    clock(DUE)
    swept("2026-11-23 09:00")
    assert readers() == ["liaison"]


def test_a_deputy_who_is_away_too_passes_it_on(clock, cast):
    away(cast, cast.liaison, cast.checker)
    away(cast, cast.checker, cast.legal)
    clock(DUE)
    swept("2026-11-23 09:00")
    assert readers() == ["legal"]


@pytest.mark.parametrize("deputy", ["liaison_again", "neighbour_liaison"])
def test_a_deputy_who_cannot_stand_in_leaves_it_to_the_others(clock, cast, deputy):
    if deputy == "liaison_again":
        away(cast, cast.liaison, cast.checker)
        away(cast, cast.checker, cast.liaison)
    else:
        away(cast, cast.liaison, getattr(cast, deputy))
    clock(DUE)
    swept("2026-11-23 09:00")
    assert readers() == ["handler", "intake", "second_handler"]


# clocks of hours


def on_duty(cast, person, since="2026-11-20 18:00", until="2026-11-21 08:00"):
    return RosterEntry.objects.create(agency=cast.county, person=person, since=at(since), until=at(until))


def test_a_clock_of_hours_goes_to_who_is_on_duty_at_any_hour(clock, cast):
    on_duty(cast, cast.second_handler)
    clock("2026-11-21 05:00", by_hours=True)
    swept("2026-11-21 01:00")
    row = Outbox.objects.get(recipient=cast.second_handler)
    assert (row.stage, row.any_hour) == ("h4", True)
    assert not Outbox.objects.filter(recipient=cast.liaison).get().any_hour


def test_with_nobody_on_duty_the_desk_is_told_at_any_hour(clock, cast):
    clock("2026-11-21 05:00", by_hours=True)
    swept("2026-11-21 01:00")
    assert Outbox.objects.get(recipient=cast.liaison).any_hour


def test_who_was_on_duty_before_is_not_told(clock, cast):
    on_duty(cast, cast.second_handler, until="2026-11-21 00:00")
    clock("2026-11-21 05:00", by_hours=True)
    swept("2026-11-21 01:00")
    assert "second_handler" not in readers()


def test_the_term_says_which_clocks_are_of_hours(cast):
    for unit, hourly in ((HOURS, True), (DAYS, False)):
        term = Term("t" + unit, "测试", 24, unit, "开始", "条")
        clocks.start(term=term, thing=cast.county, counted_from=at("2026-11-20 02:30"))
        assert Clock.objects.get(kind="t" + unit).by_hours is hourly


# moved, met, suspended


def test_a_moved_due_time_is_told_anew(cast):
    term = Term("t", "测试", 5, DAYS, "开始", "条")
    clocks.start(term=term, thing=cast.county, counted_from=at("2026-11-20 00:00").date())
    swept("2026-11-25 09:00")
    clocks.start(term=term, thing=cast.county, counted_from=at("2026-11-21 00:00").date())
    swept("2026-11-26 09:00")
    keys = Notice.objects.filter(recipient=cast.liaison, key__contains=":day09:")
    assert keys.count() == 2


def test_a_met_clock_is_told_no_more(clock):
    one = clock(DUE)
    swept("2026-11-30 09:00")
    clocks.of(one.agency).update(met_at=at("2026-11-30 10:00"))
    assert swept("2026-11-30 15:00")["reminders_made"] == 0
    assert not DeliveryLog.objects.exists()


def test_a_resumed_clock_is_told_by_its_new_time(cast):
    term = Term("t", "测试", 5, DAYS, "开始", "条")
    clocks.start(term=term, thing=cast.county, counted_from=at("2026-11-20 00:00").date())
    swept("2026-11-22 09:00")
    clocks.suspend(thing=cast.county, kind="t", on=at("2026-11-23 00:00").date(), reason="停")
    assert swept("2026-11-25 18:00")["reminders_made"] == 0
    clocks.resume(thing=cast.county, kind="t", on=at("2026-11-26 00:00").date())
    swept("2026-11-28 09:00")
    assert Notice.objects.filter(key__contains="202611281000:day09", recipient=cast.liaison).exists()


# an outage


def test_after_thirty_hours_what_is_useful_is_sent_and_the_log_says_what_was_not(clock, cast):
    still_open = clock("2026-11-15 18:00")
    done_meanwhile = clock("2026-11-15 18:00")
    done_before = clock("2026-11-15 18:00")
    later = clock("2026-11-18 18:00")
    swept("2026-11-14 14:00")
    Clock.objects.filter(pk=done_before.pk).update(met_at=at("2026-11-14 15:00"))
    Clock.objects.filter(pk=done_meanwhile.pk).update(met_at=at("2026-11-15 10:00"))
    told_before = set(Notice.objects.values_list("pk", flat=True))
    swept("2026-11-15 20:00")
    told = Notice.objects.exclude(pk__in=told_before).filter(recipient=cast.liaison)
    about = {(one.key.split(":")[1], one.key.split(":")[3]) for one in told}
    assert about == {(str(still_open.pk), "over"), (str(later.pk), "d3")}
    log = {
        (one.meaning.split(":")[1], one.meaning.split(":")[3]): one.note
        for one in DeliveryLog.objects.filter(outcome="moot", outbox=None)
    }
    assert set(log) >= {
        (str(still_open.pk), "day09"),
        (str(still_open.pk), "day15"),
        (str(done_meanwhile.pk), "day09"),
        (str(done_meanwhile.pk), "over"),
    }
    assert "办结" in log[str(done_meanwhile.pk), "over"]
    assert "取代" in log[str(still_open.pk), "day15"]
    assert not [key for key in log if key[0] == str(done_before.pk)]


# rights at the moment of sending


def test_who_loses_the_post_before_delivery_is_not_told_and_the_successor_is(clock, cast):
    from reminders.services import making, outbox

    clock(DUE)
    making.remind_due(now=at("2026-11-30 09:00"))
    Posting.objects.filter(user=cast.liaison).update(until="2026-11-29")
    successor = add_person("new_liaison", "新联络", cast.county, roles.LIAISON)
    outbox.deliver(now=at("2026-11-30 09:01"))
    outbox.deliver(now=at("2026-11-30 09:01"))
    assert readers() == ["brigade_head", "new_liaison"]
    row = Outbox.objects.get(recipient=cast.liaison)
    assert (row.state, row.last_error) == ("moot", "这件事已不由其负责")
    assert successor.notices.count() == 1


def test_who_is_switched_off_before_delivery_is_not_told(clock, cast):
    from reminders.services import making, outbox

    clock(DUE)
    making.remind_due(now=at("2026-11-30 09:00"))
    User.objects.filter(pk=cast.liaison.pk).update(is_active=False)
    outbox.deliver(now=at("2026-11-30 09:01"))
    assert "liaison" not in readers()


def test_what_was_met_between_making_and_delivery_is_not_told(clock):
    from reminders.services import making, outbox

    one = clock(DUE)
    making.remind_due(now=at("2026-11-30 09:00"))
    Clock.objects.filter(pk=one.pk).update(met_at=at("2026-11-30 09:00"))
    assert outbox.deliver(now=at("2026-11-30 09:01"))["sent"] == 0
    assert DeliveryLog.objects.filter(outcome="moot", note__contains="办结").count() == 2


# the command


def test_the_command_prints_what_it_did(clock, capsys):
    clock(DUE)
    call_command("sweep_reminders", at="2026-11-30T18:00", json=True)
    assert capsys.readouterr().out.strip() == (
        '{"duties_made": 0, "reminders_made": 3, "sent": 3, "failed": 0}'
    )


def test_the_command_says_what_it_does_not_understand(db):
    from common.errors import Refused

    with pytest.raises(Refused, match="没有看懂"):
        call_command("sweep_reminders", at="tomorrow")
