"""Once and only once: the same form again, another content under one key, a stale version."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Agency, IdempotencyKey
from accounts.services import deeds
from clues.acts import ACTS
from clues.models import Clue
from common.errors import KeyReused, Refused, Stale
from tests.accounts.things import a_clue


def once(cast, key="k", digest="d", deed=None, by=None):
    """One deed under a key; counts how often it ran."""
    return deeds.once(by=by or cast.handler, key=key, act="test", digest=digest, deed=deed)


@pytest.fixture
def counted():
    """A deed that leads to another address each time it runs."""
    ran = []

    def deed():
        ran.append(1)
        return f"/went/{len(ran)}/"

    deed.ran = ran
    return deed


def test_the_same_form_again_gets_the_same_answer_and_no_second_effect(cast, counted):
    assert [once(cast, deed=counted) for _ in range(3)] == ["/went/1/"] * 3
    assert len(counted.ran) == 1


def test_other_content_under_the_same_key_is_refused(cast, counted):
    once(cast, deed=counted)
    with pytest.raises(KeyReused):
        once(cast, digest="other", deed=counted)
    assert len(counted.ran) == 1


def test_two_people_may_have_the_same_key(cast, counted):
    once(cast, deed=counted)
    once(cast, deed=counted, by=cast.legal)
    assert len(counted.ran) == 2


def test_a_refused_deed_leaves_no_key_so_the_corrected_form_may_come(cast, counted):
    def refuse():
        Agency.objects.filter(pk=cast.county.pk).update(short_name="改")
        raise Refused("不行。")

    with pytest.raises(Refused):
        once(cast, deed=refuse)
    assert not IdempotencyKey.objects.exists()
    assert Agency.objects.get(pk=cast.county.pk).short_name != "改"
    assert once(cast, deed=counted) == "/went/1/"


def test_a_fault_inside_the_deed_is_not_taken_for_a_repeat(cast):
    def clash():
        with transaction.atomic():
            Agency.objects.create(code="141122-zrzy", path="x", region_id="141122", kind="zrzy")

    with pytest.raises(IntegrityError):
        once(cast, deed=clash)


def test_keys_are_kept_for_three_days(cast, counted):
    once(cast, deed=counted)
    now = timezone.now()
    assert deeds.forget_old_keys(now=now + timedelta(hours=71)) == 0
    assert deeds.forget_old_keys(now=now + timedelta(hours=73)) == 1


def test_who_read_an_older_version_is_told(cast):
    clue = a_clue(cast.county, cast.intake)
    with transaction.atomic():
        mine = deeds.lock(clue, 1)
        assert deeds.save(mine, place="另一处") == {"位置": ("某沟", "另一处")}
    with transaction.atomic(), pytest.raises(Stale) as stale:
        deeds.lock(clue, 1)
    assert stale.value.thing.place == "另一处"
    assert Clue.objects.get(pk=clue.pk).version == 2


def test_importers_and_tasks_pass_no_version(cast):
    clue = a_clue(cast.county, cast.intake)
    with transaction.atomic():
        deeds.save(deeds.lock(clue), place="二")
        assert deeds.lock(clue).version == 2


def test_a_choice_is_recorded_by_its_words(cast):
    clue = a_clue(cast.county, cast.intake)
    with transaction.atomic():
        changes = deeds.save(deeds.lock(clue), ACTS.get("assign_clue"), state="assigned")
    assert changes == {"状态": ("待分派", "核查中")}


@pytest.fixture
def amend(cast, sign_in):
    """Sends the form of one act on an agency as a browser would."""
    client = sign_in(cast.system_admin)
    url = reverse("accounts:amend_agency", args=["141122-zrzy"])

    def send(name, key="form-1"):
        return client.post(
            url, {"name": name, "short_name": "交城局", "document_prefix": "交自然资", "_key": key}
        )

    return send


def test_a_double_click_on_a_page_goes_to_the_same_place(amend):
    first, second = amend("交城县新局"), amend("交城县新局")
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url


def test_a_page_with_a_used_key_and_other_content_answers_422_and_keeps_what_was_typed(amend):
    amend("交城县新局")
    answer = amend("交城县又一局")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "已经提交过" in page and "交城县又一局" in page
    assert Agency.objects.get(code="141122-zrzy").name == "交城县新局"
