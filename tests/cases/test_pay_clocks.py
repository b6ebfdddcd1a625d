"""缴纳罚款: fifteen days of each decision and party, for the fine alone (行政处罚法 art 67③)."""

from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps

from accounts.models import Clock, local_today
from accounts.services import nearest
from cases.models import Case
from cases.services import deciding, decision, dues, execution, investigation
from tests.cases import making


@pytest.fixture(autouse=True)
def the_nearest_follows(db):
    """Whatever a test did, beside each case stands the nearest of its clocks."""
    yield
    assert not nearest.strayed(Case.objects.all()).exists()


@pytest.fixture
def two(cast):
    """A decision that fines two people and takes illegal income of one."""
    case = making.filed_case(cast, signed_on=making.ago(20))
    case = investigation.record_party(by=cast.handler, case=case, **making.suspect("李四", making.OTHER_ID))
    case = making.mined(cast, case, income="60000")
    first, second = (row.party for row in case.parties.order_by("pk"))
    fine = {"kind": "fine", "side": "mining", "amount": Decimal(9000)}
    items = [
        {**fine, "party": first},
        {**fine, "party": second},
        {**making.INCOME, "party": first},
        {**making.MINERALS, "side": "mining", "party": first},
    ]
    return making.recorded_decision(cast, case, items=items)


def serve(cast, case, on=None):
    return making.served(cast, case, decision=case.decisions.filter(served_on=None).latest("pk"), on=on)


def pay(cast, case, item):
    entry = execution.PaymentEntry(item=item, paid_on=local_today(), amount=item.amount)
    return execution.record_payment(by=cast.handler, case=case, entry=entry)


def running(case) -> dict[str, Clock]:
    return {clock.whose: clock for clock in Clock.objects.filter(subject_id=case.pk, kind="pay", met_at=None)}


def test_each_party_has_its_own_until_it_has_paid(cast, two):
    case = serve(cast, two)
    number = case.decisions.get().number
    assert set(running(case)) == {f"{number}，张三丰", f"{number}，李四"}
    case = pay(cast, case, case.decisions.get().items.get(kind="fine", party__name="李四"))
    assert set(running(case)) == {f"{number}，张三丰"}


def test_income_that_is_taken_has_no_such_days(cast, two):
    case = serve(cast, two)
    for fine in case.decisions.get().items.filter(kind="fine"):
        case = pay(cast, case, fine)
    assert dues.outstanding(case) == 60000 and running(case) == {}


def test_each_decision_counts_from_its_own_service(cast, two):
    case = serve(cast, two, making.ago(1))
    content = decision.DecisionContent(items=[making.FINE], scan=making.scan("决定书.pdf"))
    case = decision.record_decision(
        by=cast.handler, case=case, number="罚字99号", decided_on=making.ago(1), content=content
    )
    case = serve(cast, case)
    assert sorted(clock.counted_from for clock in running(case).values()) == [
        making.ago(1),
        making.ago(1),
        local_today(),
    ]


def test_a_decision_that_was_revoked_asks_for_nothing(cast, two):
    case = serve(cast, two)
    case = deciding.revoke_decision(
        by=cast.chief,
        case=case,
        decision=case.decisions.get(),
        revoked_on=local_today(),
        reason="法院判决撤销",
    )
    assert running(case) == {}


def test_one_clock_from_before_becomes_one_of_each_party(cast, two):
    case = serve(cast, two)
    before = running(case)
    Clock.objects.filter(pk=max(clock.pk for clock in before.values())).delete()
    Clock.objects.filter(kind="pay").update(part="", whose="", label="缴纳罚没款")
    import_module("cases.migrations.0010_fines_by_party").by_party(apps, None)
    after = running(case)
    assert {whose: clock.part for whose, clock in after.items()} == {
        whose: clock.part for whose, clock in before.items()
    }
    assert {clock.label for clock in after.values()} == {"缴纳罚款"}
