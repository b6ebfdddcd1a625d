"""Two at once on a real database: one effect each, over many rounds; the naive version fails."""

import threading
from collections import Counter

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Approval, IssuedNumber, Serial, TrailEntry, User
from accounts.services import trail_checks
from cases.models import Case, CaseState, Decision
from cases.services import filing
from common.errors import Refused, Stale
from tests.cases import making
from tests.rounds import ROUNDS

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*deeds) -> list:
    """Run the deeds in threads of their own, all let go together; their results in order."""
    gate, results = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(place, deed):
        try:
            gate.wait(10)
            results[place] = deed()
        except (Refused, Stale) as refusal:
            results[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, deed)) for place, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def approving(person, case):
    """Approve with the version the page showed, as a request of its own would."""
    pk, version = case.pk, case.version

    def deed():
        return filing.approve_filing(
            by=User.objects.get(pk=person.pk), case=Case.objects.get(pk=pk), version=version
        )

    return deed


def test_two_leaders_approve_a_filing_at_once(cast):
    seen, numbers = Counter(), []
    for _ in range(ROUNDS):
        case = making.bare_case(cast, named=True)
        results = at_once(approving(cast.deputy, case), approving(cast.chief, case))
        seen[tuple(sorted(type(one).__name__ for one in results))] += 1
        case.refresh_from_db()
        numbers.append(case.number)
    assert seen == {("Case", "Stale"): ROUNDS}
    assert len(set(numbers)) == ROUNDS
    assert Approval.objects.filter(act="approve_filing").count() == ROUNDS
    assert IssuedNumber.objects.filter(kind="filing").count() == ROUNDS
    assert Serial.objects.get(kind="filing").last == ROUNDS
    assert TrailEntry.objects.filter(act="approve_filing").count() == ROUNDS
    assert trail_checks.first_broken() is None


def naive(case, looked):
    """What approving would be without lock and version: look, then write."""
    pk = case.pk

    def deed():
        with transaction.atomic():
            row = Case.objects.get(pk=pk)
            if row.state != CaseState.PROPOSED:
                raise Refused("已批准")
            looked.wait(10)
            last = Serial.objects.get_or_create(agency=row.agency, kind="naive", year=2026)[0].last
            row.state, row.number = CaseState.INVESTIGATION, f"立字〔2026〕{last + 1}号"
            row.save()
            return row

    return deed


def test_the_naive_version_of_the_same_test_fails(cast):
    twice = 0
    for _ in range(5):
        case, looked = making.bare_case(cast), threading.Barrier(2)
        results = at_once(naive(case, looked), naive(case, looked))
        twice += all(isinstance(one, Case) for one in results)
    assert twice == 5


def test_a_double_click_on_proposing_a_decision_makes_one(cast):
    for place in range(ROUNDS):
        case = making.bare_case(cast, named=True, state="investigation", filed_on=making.ago(9))
        case.mineral_findings.create(
            mineral="煤", tonnes=820, happened_on=making.ago(5), recorded_by=cast.handler
        )
        body = {
            "_key": f"click-{place}",
            "_version": case.version,
            "basis": "依据",
            "items-TOTAL_FORMS": "2",
            "items-INITIAL_FORMS": "0",
            "items-0-kind": "fine",
            "items-0-amount": "120000",
            "items-0-side": "mining",
            "items-1-kind": "confiscate_minerals",
            "items-1-tonnes": "820",
        }
        url = reverse("cases:propose_decision", args=[case.public_id])

        def click(url=url, body=body):
            client = Client()
            client.force_login(
                User.objects.get(pk=cast.handler.pk), backend="accounts.backends.PersonBackend"
            )
            response = client.post(url, body)
            return response.status_code, response.headers.get("Location")

        assert at_once(click, click) == [(302, case.get_absolute_url())] * 2
        assert Decision.objects.filter(case=case).count() == 1
    assert TrailEntry.objects.filter(act="propose_decision").count() == ROUNDS


def test_two_proposals_to_file_one_clue_make_one_case(cast):
    for _ in range(ROUNDS):
        clue = making.bare_clue(cast)

        def propose(clue=clue):
            return filing.propose_filing(
                by=User.objects.get(pk=cast.handler.pk),
                clue=clue,
                version=clue.version,
                proposal=filing.FilingProposal(cause="案", facts="事实"),
            )

        results = at_once(propose, propose)
        assert sorted(type(one).__name__ for one in results) == ["Case", "Stale"]
        assert clue.cases.count() == 1
