"""A form that comes twice (double click, a network that tries again): its first answer, one effect."""

import pytest

from accounts.models import TrailEntry
from cases.models import Case
from cases.services import deciding
from cases.views import approving as views
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import at

APPROVE = {"_key": "approve-once", "opinion": "同意"}


@pytest.mark.parametrize(
    ("act", "body"),
    [
        ("approve_decision", APPROVE),
        ("return_decision", {"_key": "return-once", "opinion": "裁量理由不足"}),
    ],
)
def test_what_was_approved_or_returned_is_answered_as_the_first_time(cast, sign_in, act, body):
    case, client = making.weighed_decision(cast), sign_in(cast.deputy)
    body = {**body, "_version": case.version}
    first, second = client.post(at(case, act), body), client.post(at(case, act), body)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.headers["Location"] == second.headers["Location"]
    assert TrailEntry.objects.filter(act=act).count() == 1
    assert case.decisions.count() == 1


def test_who_came_in_while_the_first_was_done_gets_its_answer_too(cast, sign_in, monkeypatch):
    case, client = making.weighed_decision(cast), sign_in(cast.deputy)
    body = {**APPROVE, "_version": case.version}
    beside, done = views.beside_approval, []

    def twin_comes_first(subject):
        if not done:
            done.append(1)
            done.append(client.post(at(case, "approve_decision"), body))
            with pytest.raises(Refused):
                deciding.waiting(Case.objects.get(pk=case.pk))
        return beside(subject)

    monkeypatch.setattr(views, "beside_approval", twin_comes_first)
    second = client.post(at(case, "approve_decision"), body)
    assert second.status_code == 302
    assert second.headers["Location"] == done[1].headers["Location"]
    assert TrailEntry.objects.filter(act="approve_decision").count() == 1
