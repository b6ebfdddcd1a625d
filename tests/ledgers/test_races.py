"""Two checkers submit at once: one report. Real threads, real transactions."""

import threading

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from accounts.models import User
from cases.models import MineralFinding, PenaltyItem
from common.errors import Refused
from ledgers.models import Submission, Verdict
from ledgers.services import checking, submitting
from tests.cast import add_person, build_cast
from tests.ledgers import build
from tests.rounds import ROUNDS

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house():
    """A county with two checkers and one row."""
    cast = build_cast()
    add_person("checker2", "吴二审", cast.county, "checker")
    campaign = build.campaign(cast)
    case = build.case(cast)
    build.decision(cast, case, ("mining", "fine", "30000"))
    build.entry(campaign, cast.county, case)
    return cast, build.ledger(campaign, cast.county), case


def at_once(*deeds):
    """Run the deeds at once, each on a connection of its own: what each returned or raised."""
    start, answers = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(place, deed):
        try:
            start.wait()
            answers[place] = deed()
        except (Refused, IntegrityError, OperationalError) as error:
            answers[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def ready(cast, ledger):
    """Prepared and checked once more; what was reported before comes back, so it's to correct."""
    last = Submission.objects.order_by("-sequence").first()
    if last:
        Verdict.objects.create(submission=last, accepted=False, by=cast.prefecture)
    ledger.refresh_from_db()
    ledger.prepared_by, ledger.prepared_at = cast.liaison, timezone.now()
    ledger.prepared_as_of = build.day("05-15")
    ledger.prepared_correction = "按审核意见更正" if last else ""
    ledger.save()
    digest = checking.work_of(ledger).digests
    for entry in ledger.campaign.entries.all():
        entry.checks.create(row_digest=digest[entry.public_id], checked_by=cast.checker)
    return ledger


def submit_as(name, ledger):
    """One checker's submission."""
    return lambda: submitting.submit_ledger(
        by=User.objects.get(username=name), ledger=ledger, version=ledger.version
    )


def round_of(house):
    """Prepare one round and let both checkers submit at once; (answers, reports made)."""
    cast, ledger, _ = house
    before = Submission.objects.count()
    ready(cast, ledger)
    answers = at_once(submit_as("checker", ledger), submit_as("checker2", ledger))
    return answers, Submission.objects.count() - before


def has_one_effect(answers, made) -> bool:
    """One report, and a sentence for the slower one."""
    return (
        made == 1
        and sum(isinstance(answer, Submission) for answer in answers) == 1
        and sum(isinstance(answer, Refused) for answer in answers) == 1
    )


def test_two_submissions_at_once_are_one(house):
    for number in range(ROUNDS):
        answers, made = round_of(house)
        assert has_one_effect(answers, made), f"round {number}: {made} {answers}"


def test_the_naive_version_of_the_same_fails(house, monkeypatch):
    """Without the lock and without one moment, both pass every check."""

    def unlocked(thing, version=None):
        return type(thing)._base_manager.get(pk=thing.pk)

    def plainly(run):
        with transaction.atomic():
            return run()

    naive = (("lock", submitting.deeds, unlocked), ("one_moment", submitting, plainly))
    for name, module, instead in naive:
        monkeypatch.setattr(module, name, instead)
    assert not all(has_one_effect(*round_of(house)) for _ in range(20))


def test_what_is_typed_meanwhile_is_in_the_report_whole_or_not_at_all(house):
    cast, ledger, case = house

    def type_both():
        with transaction.atomic():
            build.mined(cast, case, "77", on="05-11", round=9)
            build.decision(cast, case, ("mining", "confiscate_minerals", "77"), on="05-11")

    for _ in range(20):
        MineralFinding.objects.filter(round=9).delete()
        PenaltyItem.objects.filter(kind="confiscate_minerals").delete()
        ready(cast, ledger)
        at_once(submit_as("checker", ledger), type_both)
        made = Submission.objects.order_by("-pk").first()
        if made is None:
            continue  # what was typed came first, so that a row was left to check: no report yet
        values = made.rows.get().values
        assert (values["mined_tonnes"] == "77") == (values["confiscated_tonnes"] == "77")
