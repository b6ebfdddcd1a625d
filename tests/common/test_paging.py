"""One page of rows: from whichever end it is read, the same rows as if all were."""

from datetime import date, timedelta

import pytest
from django.db.models import F

from accounts.models import Agency
from common.lists.order import key
from common.lists.paging import Ordered

BLANK, FILLED = 5, 9


@pytest.fixture
def rows(cast):
    """Fourteen offices; five have no day, some share one."""
    there = list(Agency.objects.order_by("pk")[:2])
    made = [
        Agency(
            code=f"x{n}", name=f"第{n}局", kind="zrzy", region_id=there[0].region_id, path=f"/x{n}/",
            ended_on=date(2026, 1, 1) + timedelta(days=n * 7 % 4) if n < FILLED else None,
        )
        for n in range(BLANK + FILLED)
    ]  # fmt: skip
    Agency.objects.bulk_create(made)
    return Agency.objects.filter(code__startswith="x")


def ordered(rows, path, down):
    return Ordered(rows, (key(Agency, path, down), key(Agency, "pk", down)))


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("down", [True, False])
def test_a_page_is_the_same_rows_from_either_end_and_blanks_are_last(rows, down, known):
    by = F("ended_on").desc(nulls_last=True) if down else F("ended_on").asc(nulls_last=True)
    whole = list(rows.order_by(by, "-pk" if down else "pk"))
    assert [row.ended_on for row in whole[FILLED:]] == [None] * BLANK
    count = len(whole) if known else None
    for start in range(len(whole) + 1):
        for size in (1, 4, 20):
            found = ordered(rows, "ended_on", down).numbered(start, start + size, count)
            assert found == whole[start : start + size], (start, size)


def test_what_is_never_blank_is_read_without_asking_for_blanks(rows, django_assert_num_queries):
    whole = list(rows.order_by("-name", "-pk"))
    for start, queries in ((1, 2), (11, 1)):  # the end is read at once
        with django_assert_num_queries(queries):
            found = ordered(rows, "name", down=True).numbered(start, start + 3, len(whole))
            assert found == whole[start : start + 3]
    with django_assert_num_queries(1):
        assert ordered(rows, "name", down=True).numbered(0, 3, len(whole)) == whole[:3]


def test_rows_that_are_put_together_are_read_as_they_are(rows):
    twice = rows.filter(code="x1") | rows.filter(code="x2")
    assert len(ordered(twice.distinct(), "code", down=False).numbered(1, 2, 2)) == 1
    assert ordered(rows.values("code"), "code", down=False).numbered(0, 1, 14) == [{"code": "x0"}]
