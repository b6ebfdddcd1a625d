"""Whether a duty was answered in time stands beside it, by the moment that counts; set right once a day."""

from datetime import timedelta

from django.utils import timezone

from campaigns.models import Duty
from campaigns.services import claims, in_time
from tests.campaigns.duties.test_claim import TYPED, at, claim, duty

__all__ = ["duty"]


def stands(duty) -> bool:
    """What stands beside it."""
    return Duty.objects.values_list("in_time", flat=True).get(pk=duty.pk)


def test_it_follows_the_moment_that_counts(cast, duty):
    assert at(TYPED) > duty.due_at and not stands(duty)
    duty = claim(cast.liaison, duty)
    assert not stands(duty)
    claims.rule_on_claim(by=cast.prefecture, duty=duty, recognised=True, ruling="系统停机")
    assert stands(duty) and in_time.mend(timezone.now()) == 0


def test_what_is_not_recognised_stays_late(cast, duty):
    duty = claim(cast.liaison, duty)
    claims.rule_on_claim(by=cast.prefecture, duty=duty, recognised=False, ruling="未见传真")
    assert not stands(duty) and in_time.mend(timezone.now()) == 0


def test_what_strayed_is_set_right_either_way(cast, duty):
    others = Duty.objects.exclude(pk=duty.pk)
    others.update(in_time=True)
    Duty.objects.filter(pk=duty.pk).update(submitted_at=duty.due_at - timedelta(hours=1))
    assert in_time.mend(timezone.now()) == 1 + others.count()
    assert stands(duty) and not others.filter(in_time=True).exists()
