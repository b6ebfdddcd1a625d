"""The office above is told whose it is; the inbox names kind and number; what leaves the house stays bare."""

import pytest

from reminders.models import Channel, Outbox
from reminders.services import making
from tests.ledgers import build
from tests.reminders.moments import at

COUNTY = "交城县自然资源局"


@pytest.fixture
def told(cast, clock, contact):
    """`told(moment)`: the lines of a clock on a numbered case, by person and channel."""
    case = build.case(cast)
    case.number = "交自然资立〔2026〕7号"
    case.save(update_fields=["number"])
    clock(subject_kind="cases.case", subject_id=case.pk)
    Channel.objects.create(kind="email", name="邮件", address="127.0.0.1:9", agency=cast.county.parent.parent)
    for person in (cast.handler, cast.prefecture):
        contact(person, "email", f"{person.username}@example.org")

    def lines(moment):
        making.remind_due(now=at(moment))
        rows = Outbox.objects.values_list("recipient__username", "channel", "title")
        return {(who, channel): title for who, channel, title in rows}

    return lines


def test_the_inbox_names_kind_and_number_and_what_leaves_the_house_does_not(told):
    lines = told("2026-11-30 09:00")
    due = "将于11月30日 18:00到期"
    assert lines["handler", "inbox"] == f"作出处罚决定（案件 交自然资立〔2026〕7号） {due}"
    assert lines["handler", "email"] == f"作出处罚决定 {due}"


def test_the_prefecture_is_told_which_county_it_is(told):
    lines = told("2026-11-30 18:00")
    over = "已于11月30日 18:00到期，尚未办结"
    assert lines["prefecture", "inbox"] == f"作出处罚决定（{COUNTY} 案件 交自然资立〔2026〕7号） {over}"
    assert lines["prefecture", "email"] == f"作出处罚决定 {over}"
    assert COUNTY not in lines["handler", "inbox"]


def test_a_line_too_long_for_the_table_leaves_the_number_out(cast, clock):
    case = build.case(cast)
    case.number = "长" * 80
    case.save(update_fields=["number"])
    clock(subject_kind="cases.case", subject_id=case.pk, label="名" * 30)
    making.remind_due(now=at("2026-11-30 09:00"))
    assert "长" not in Outbox.objects.filter(recipient=cast.handler).get().title
