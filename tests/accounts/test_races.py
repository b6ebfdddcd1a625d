"""Real threads on PostgreSQL, many rounds each: one effect each. The naive way fails beside it."""

import threading
from collections import Counter

import pytest
from django.db import IntegrityError, connection, transaction

from accounts import roles
from accounts.acts import Act
from accounts.models import Approval, IdempotencyKey, IssuedNumber, Serial, User
from accounts.services import deeds, numbering, signing
from accounts.services import people as service
from clues.models import Clue
from common.errors import Refused, Stale
from tests.accounts.things import a_clue
from tests.cast import add_person, build_cast
from tests.rounds import ROUNDS

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ACT = Act("approve", "批准", "test", roles.LEADERS, ("proposed",), "settled")


def together(count, work, rounds=ROUNDS):
    """Run `work(thread, round)` in `count` threads that start each round at one moment.

    Returns what they returned, by round; an exception is a return value too.
    """
    barrier = threading.Barrier(count)
    results = [[None] * count for _ in range(rounds)]

    def run(thread):
        try:
            for number in range(rounds):
                barrier.wait(timeout=60)
                try:
                    results[number][thread] = work(thread, number)
                except (Refused, IntegrityError) as error:
                    results[number][thread] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.fixture
def people():
    """The cast, in tables that are really committed."""
    return build_cast()


# Numbers


def test_eight_desks_number_at_once_without_double_and_without_gap(people):
    def take(thread, number):
        return numbering.issue(agency=people.county, kind="race", word="立字", year=2026)

    texts = [text for row in together(8, take) for text in row]
    assert len(set(texts)) == 8 * ROUNDS
    seqs = IssuedNumber.objects.filter(kind="race").values_list("seq", flat=True)
    assert sorted(seqs) == list(range(1, 8 * ROUNDS + 1))


def test_reading_the_last_number_and_adding_one_gives_doubles(people):
    """The naive way, to show that the threads do meet."""
    Serial.objects.create(agency=people.county, kind="race", year=2026)

    def take(thread, number):
        with transaction.atomic():
            serial = Serial.objects.get(kind="race")
            serial.last += 1
            serial.save()
            return serial.last

    taken = Counter(value for row in together(8, take) for value in row)
    assert max(taken.values()) > 1


# One key, four clicks


def test_four_clicks_on_one_form_have_one_effect_and_one_answer(people):
    def click(thread, number):
        return deeds.once(
            by=people.handler,
            key=f"form-{number}",
            act="register",
            digest="same",
            deed=lambda: f"/clues/{a_clue(people.county, people.intake, number=f'线{number}').pk}/",
        )

    results = together(4, click)
    assert all(len(set(row)) == 1 and isinstance(row[0], str) for row in results)
    assert Clue.objects.count() == ROUNDS
    assert IdempotencyKey.objects.count() == ROUNDS


def test_looking_first_and_writing_then_has_several_effects(people):
    """The naive way: look whether the form came before, then write."""

    def click(thread, number):
        with transaction.atomic():
            found = Clue.objects.filter(number=f"线{number}").first()
            return (found or a_clue(people.county, people.intake, number=f"线{number}")).pk

    together(4, click)
    assert Clue.objects.count() > ROUNDS


# Two leaders at once


def proposals(people):
    """One clue a round, waiting for approval."""
    return [a_clue(people.county, people.intake, number=f"线{n}", state="proposed") for n in range(ROUNDS)]


def approved_times(clues):
    """How often each clue was approved."""
    rows = Approval.objects.filter(subject_id__in=[clue.pk for clue in clues])
    return Counter(rows.values_list("subject_id", flat=True))


def test_of_two_leaders_who_approve_at_once_one_does_and_the_other_is_told(people):
    clues, leaders = proposals(people), [people.deputy, people.chief]
    postings = [leader.current_postings[0] for leader in leaders]

    @transaction.atomic
    def approve(thread, number):
        clue = deeds.lock(clues[number], 1)
        signing.sign(
            by=leaders[thread],
            posting=postings[thread],
            act=ACT,
            thing=clue,
            agreed=True,
            signature=signing.IN_SYSTEM,
        )
        deeds.save(clue, ACT, state="settled")
        return "approved"

    results = together(2, approve)
    assert set(approved_times(clues).values()) == {1}
    for row in results:
        assert sorted(type(each).__name__ for each in row) == ["Stale", "str"]


def test_checking_the_state_and_saving_then_approves_twice(people):
    """The naive way: no lock, no version."""
    clues, leaders = proposals(people), [people.deputy, people.chief]
    postings = [leader.current_postings[0] for leader in leaders]

    @transaction.atomic
    def approve(thread, number):
        clue = Clue.objects.get(pk=clues[number].pk)
        if clue.state != "proposed":
            raise Refused("已批准。")
        signing.sign(
            by=leaders[thread],
            posting=postings[thread],
            act=ACT,
            thing=clue,
            agreed=True,
            signature=signing.IN_SYSTEM,
        )
        clue.state = "settled"
        clue.save()

    together(2, approve)
    assert max(approved_times(clues).values()) == 2


# A stale form


def test_of_two_forms_opened_at_one_version_the_later_is_stale_and_nothing_is_lost(people):
    clue = a_clue(people.county, people.intake)

    @transaction.atomic
    def amend(thread, number):
        mine = deeds.lock(clue, number + 1)
        deeds.save(mine, place=f"{number}:{thread}")
        return mine.place

    results = together(2, amend)
    for row in results:
        assert sum(isinstance(each, Stale) for each in row) == 1
    winner = next(each for each in results[-1] if isinstance(each, str))
    clue.refresh_from_db()
    assert (clue.version, clue.place) == (ROUNDS + 1, winner)


def test_saving_what_one_has_read_loses_the_other_form(people):
    """The naive way: both save, one is lost without a word."""
    clue = a_clue(people.county, people.intake)

    def amend(thread, number):
        mine = Clue.objects.get(pk=clue.pk)
        mine.summary += "。"
        mine.save()
        return mine.summary

    together(2, amend)
    clue.refresh_from_db()
    assert clue.summary.count("。") < 2 * ROUNDS


# Two administrators disable each other


def test_two_admins_who_disable_each_other_leave_one(people):
    first = people.system_admin
    second = add_person("second", "第二管理员", people.county, roles.SYSTEM_ADMIN)
    pair = [first.pk, second.pk]

    def disable(thread, number):
        by, other = (User.objects.get(pk=pair[n]) for n in (thread, 1 - thread))
        return service.disable(by=by, person=other, reason="试")

    for _ in range(ROUNDS):
        row = together(2, disable, rounds=1)[0]
        assert User.objects.filter(pk__in=pair, is_active=True).count() == 1
        assert sum(isinstance(each, User) for each in row) == 1
        User.objects.filter(pk__in=pair).update(is_active=True)
