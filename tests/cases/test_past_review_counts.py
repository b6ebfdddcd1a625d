"""What a review of past cases says of its whole file is counted as each batch is looked at."""

from collections import Counter

from django.utils import timezone

from cases.models import PastCase, PastFinding
from cases.services import past_reviews
from tests.cases.test_past_reviews import lines, serious, started


def test_what_was_counted_batch_by_batch_is_what_stands_in_the_rows(cast, monkeypatch):
    monkeypatch.setattr(past_reviews, "BATCH", 2)
    review = started(cast, lines(*serious(5)))
    while past_reviews.look_at_some(key=review.pk, now=timezone.now()):
        pass
    review.refresh_from_db()
    found = PastFinding.objects.filter(review=review).values_list("code", "case_id")
    assert review.counts == dict(Counter(code for code, _ in set(found))) and review.counts["MUST_REFER"] == 5
    named = PastCase.objects.filter(review=review).exclude(county="").values_list("county", "county_name")
    assert review.counties == dict(named) and review.counties
