"""Every state of a case and of a referral on every page that shows one; a forgotten row is told."""

from dataclasses import replace

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from django.utils import timezone

from accounts.acts import LandedElsewhere
from accounts.models import local_today
from accounts.services import clocks, deeds, grants
from cases import desk, stages, terms
from cases.acts import ACTS, DECISION_ACTS, REFERRAL_ACTS
from cases.models import CaseState, Decision, DecisionState, PenaltyItem, Referral, ReferralState
from cases.stages import CASE_STAGES, DECISION_STAGES, REFERRAL_STAGES
from registry.services import words
from tests.cases import making
from tests.cases.pages import at
from tests.desks import waiting_for

NUMBER = "交自然资立字〔2026〕31号"
# What a case without facts, or without a decision, waits for first.
COMES_FIRST = {"investigation": "认定开采数量", "execution": "验收取缔"}
EVERYBODY = ("handler", "second_handler", "brigade_head", "deputy", "chief", "police")


def text(client, address: str) -> str:
    """A page that was found, as the browser gets it."""
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def searched(client, text: str) -> str:
    """What the one search of the top bar answers, of rows that no deed wrote too."""
    words.fill()
    return client.post(reverse("search"), {"q": text}, follow=True).content.decode()


def waiting(cast) -> set[str]:
    """What waits for anybody of the cast."""
    now = timezone.now()
    return {task.what for part in EVERYBODY for task in waiting_for(desk, getattr(cast, part), now)}


@pytest.mark.parametrize("state", CaseState.values)
def test_a_case_in_every_state_on_every_page(cast, sign_in, state):
    case = making.bare_case(
        cast, named=True, state=state, number=NUMBER, filed_on=making.ago(9), clue=making.bare_clue(cast)
    )
    row, client = CASE_STAGES[state], sign_in(cast.handler)
    page = client.get(case.get_absolute_url())
    drawn = {step["label"]: step["state"] for step in page.context["steps"]}
    assert list(drawn) == ["登记", "立案", "调查", "决定", "执行", "结案"]
    current = [label for label, where in drawn.items() if where == "current"]
    assert current == ([row.step] if row.step else [])
    assert row.label in text(client, reverse("cases:list"))
    assert NUMBER in text(client, f"{reverse('cases:list')}?state={state}")
    assert row.label in text(client, reverse("cases:of_clue", args=[case.clue.public_id]))
    assert row.label in searched(client, NUMBER)
    assert COMES_FIRST.get(state, row.desk) in waiting(cast) if row.desk else not waiting(cast)
    for part in EVERYBODY:
        text(sign_in(getattr(cast, part)), "/")
    for stage in ("filing", "decision", "closing"):
        assert "呈批表" in text(client, f"{case.get_absolute_url()}approval-form/{stage}/")


@pytest.mark.parametrize("state", ReferralState.values)
def test_a_referral_in_every_state_on_every_page(cast, sign_in, state):
    case = making.bare_case(cast, state="closed", number=NUMBER, filed_on=making.ago(9))
    referral = Referral.objects.create(
        case=case,
        state=state,
        to_agency=cast.police_office,
        copied_to=cast.procuratorate,
        crime="非法采矿罪",
        report="价值二十万元",
        proposed_by=cast.handler,
    )
    posting = cast.handler.current_postings[0]
    grants.give(by=cast.handler, posting=posting, thing=case, agency=cast.police_office, reason="移送")
    if state == ReferralState.DECLINED:
        url = referral.get_absolute_url()
        clocks.start(term=terms.RECONSIDER, thing=referral, counted_from=local_today(), url=url)
    row, client = REFERRAL_STAGES[state], sign_in(cast.handler)
    assert row.label in text(client, referral.get_absolute_url())
    assert row.label in text(client, case.get_absolute_url())
    assert row.label in text(client, reverse("cases:referrals"))
    assert "非法采矿罪" in text(client, f"{reverse('cases:referrals')}?state={state}")
    assert row.label in searched(client, NUMBER)
    assert row.desk in waiting(cast) if row.desk else not waiting(cast)
    assert "呈批表" in text(client, at(referral, "referral_approval_form"))


@pytest.mark.parametrize("state", DecisionState.values)
def test_a_decision_in_every_state_on_every_page(cast, sign_in, state):
    case = making.bare_case(cast, state="execution", number=NUMBER, filed_on=making.ago(9))
    on = {"decided_on": making.ago(5)} if state in ("made", "revoked") else {}
    decision = Decision.objects.create(case=case, state=state, proposed_by=cast.handler, **on)
    PenaltyItem.objects.create(decision=decision, kind="fine", amount=30000, side="mining")
    row, client = DECISION_STAGES[state], sign_in(cast.handler)
    page = text(client, case.get_absolute_url())
    tone = f" word--{row.tone}" if row.tone else ""
    assert f'class="word{tone}">{row.label}</span>' in page
    shown = "30,000" in text(client, f"{case.get_absolute_url()}approval-form/decision/")
    assert shown == (state in ("proposed", "made"))


def test_a_decision_comes_only_where_its_row_says(cast):
    case = making.bare_case(cast, state="decision", number=NUMBER, filed_on=making.ago(9))
    decision = Decision.objects.create(case=case, state="proposed", proposed_by=cast.handler)
    with pytest.raises(LandedElsewhere):
        deeds.save(decision, DECISION_ACTS.get("approve_decision"), state="revoked")
    decision.refresh_from_db()
    assert decision.state == "proposed"


@pytest.mark.parametrize(
    ("states", "rows", "table"),
    [
        (CaseState, CASE_STAGES, ACTS),
        (DecisionState, DECISION_STAGES, DECISION_ACTS),
        (ReferralState, REFERRAL_STAGES, REFERRAL_ACTS),
    ],
    ids=["case", "decision", "referral"],
)
def test_a_forgotten_row_keeps_the_program_from_starting(states, rows, table):
    for state in states.values:
        rest = [row for row in rows.values() if row.state != state]
        with pytest.raises(ImproperlyConfigured, match=state):
            stages.by_state(states, rest, table)


@pytest.mark.parametrize("change", [{"first": ("dance",)}, {"records": frozenset({"dancing"})}])
def test_a_row_that_names_what_nobody_knows_is_told_at_once(change):
    rows = [replace(row, **change) for row in CASE_STAGES.values()]
    with pytest.raises(ImproperlyConfigured, match="danc"):
        stages.by_state(CaseState, rows, ACTS)


def test_the_record_can_be_narrowed_to_every_stage_that_has_acts():
    filters = stages.record_filters()
    assert [(key, label) for key, label, _ in filters] == [
        ("filing", "立案"),
        ("investigation", "调查"),
        ("decision", "决定"),
        ("execution", "执行和结案"),
        ("referral", "移送"),
    ]
    narrowed = frozenset().union(*(records for _, _, records in filters))
    acts = [act for table in (ACTS, REFERRAL_ACTS) for act in (*table.others, *table.acts)]
    assert {act.stage for act in acts} == narrowed == set(stages.RECORDS)
