"""中止调查: its acts lead in and out, and nothing else does."""

import pytest
from django.urls import reverse

from accounts.acts import LandedElsewhere
from cases.acts import ACTS
from cases.models import CaseState
from cases.services import flags, steps
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import assert_only, at, last_entry, post

NUMBER = "交自然资立字〔2026〕31号"


@pytest.fixture
def case(cast):
    """A case under investigation."""
    return making.bare_case(cast, state="investigation", number=NUMBER, filed_on=making.ago(9))


def suspend(cast, case):
    """中止 by the handler."""
    act = ACTS.get("suspend_investigation")
    return steps.take_step(by=cast.handler, case=case, act=act, reason="须等另案的判决")


def test_into_it_and_out_of_it_by_their_pages(cast, sign_in, case):
    client = sign_in(cast.handler)
    assert "中止调查" in client.get(case.get_absolute_url()).content.decode()
    assert post(client, case, "suspend_investigation", reason="须等另案的判决").status_code == 302
    case.refresh_from_db()
    assert (case.state, case.get_state_display()) == ("suspended", "中止调查")
    entry = last_entry(case)
    assert (entry.act, entry.reason) == ("suspend_investigation", "须等另案的判决")
    assert entry.changes["阶段"] == ["调查", "中止调查"]
    page = client.get(case.get_absolute_url())
    assert next(act["label"] for act in page.context["acts"] if act["open"]) == "恢复调查"
    assert {step["label"]: step["state"] for step in page.context["steps"]}["调查"] == "current"
    assert post(client, case, "resume_investigation", reason="另案已经判决").status_code == 302
    case.refresh_from_db()
    assert case.state == CaseState.INVESTIGATION


def test_the_record_shows_it_where_the_filter_says(cast, sign_in, case):
    suspend(cast, case)
    page = sign_in(cast.handler).get(case.get_absolute_url(), {"record": "investigation"})
    assert "须等另案的判决" in page.content.decode()


def test_the_list_is_narrowed_to_it(cast, sign_in, case):
    suspend(cast, case)
    other = making.bare_case(cast, state="investigation", number="交自然资立字〔2026〕32号")
    page = sign_in(cast.handler).get(reverse("cases:list"), {"state": "suspended"}).content.decode()
    assert NUMBER in page and other.number not in page


def test_who_may(cast, sign_in, case):
    assert_only(cast, sign_in, case, "suspend_investigation", "handler", "brigade_head")
    assert_only(cast, sign_in, case, "resume_investigation", "handler")


def test_nothing_else_happens_meanwhile(cast, sign_in, case):
    case = suspend(cast, case)
    client = sign_in(cast.handler)
    for name in ("suspend_investigation", "propose_decision", "propose_closing"):
        assert not ACTS.openness(name, cast.handler, case).ok
    assert post(client, case, "suspend_investigation", reason="再次").status_code == 409
    with pytest.raises(Refused, match="中止调查"):
        ACTS.require("propose_decision", cast.handler, case)


def test_a_reason_is_asked(cast, sign_in, case):
    assert post(sign_in(cast.handler), case, "suspend_investigation", reason="").status_code == 422
    with pytest.raises(Refused, match="原因"):
        steps.take_step(by=cast.handler, case=case, act=ACTS.get("suspend_investigation"), reason=" ")


def test_its_acts_lead_nowhere_else(cast, case):
    case = suspend(cast, case)
    with pytest.raises(LandedElsewhere):
        flags.save(case, ACTS.get("resume_investigation"), state=CaseState.CLOSED)
    with pytest.raises(LandedElsewhere):
        flags.save(case, state=CaseState.INVESTIGATION)


def test_the_page_of_the_act_opens(cast, sign_in, case):
    page = sign_in(cast.handler).get(at(case, "suspend_investigation")).content.decode()
    assert "原因" in page and "中止调查" in page
