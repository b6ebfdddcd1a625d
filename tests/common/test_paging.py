"""One page of rows: from whichever end it is read, the same rows as if all were."""

from datetime import date, timedelta

import pytest
from django.db.models import F

from accounts.models import Agency
from common.lists.paging import is_filled, nullable, page

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


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("down", [True, False])
def test_a_page_is_the_same_rows_from_either_end_and_blanks_are_last(rows, down, known):
    by = F("ended_on").desc(nulls_last=True) if down else F("ended_on").asc(nulls_last=True)
    whole = list(rows.order_by(by, "-pk" if down else "pk"))
    assert [row.ended_on for row in whole[FILLED:]] == [None] * BLANK
    count = len(whole) if known else None
    for start in range(len(whole) + 1):
        for size in (1, 4, 20):
            found = page(rows.order_by(by, "-pk" if down else "pk"), start, start + size, count, "ended_on")
            assert found == whole[start : start + size], (start, size)


def test_what_is_never_blank_is_read_without_asking_for_blanks(rows, django_assert_num_queries):
    whole = list(rows.order_by("-name", "-pk"))
    for start in (1, 11):
        with django_assert_num_queries(2):
            assert (
                page(rows.order_by("-name", "-pk"), start, start + 3, len(whole)) == whole[start : start + 3]
            )
    with django_assert_num_queries(1):
        assert page(rows.order_by("-name", "-pk"), 0, 3, len(whole)) == whole[:3]


def test_rows_that_are_put_together_are_read_as_they_are(rows):
    twice = rows.filter(code="x1") | rows.filter(code="x2")
    assert len(page(twice.distinct().order_by("code"), 1, 2, 2)) == 1
    assert page(rows.values("code").order_by("code"), 0, 1, 14) == [{"code": "x0"}]


def test_a_column_of_another_table_is_neither_filled_nor_blank():
    assert nullable(Agency, "ended_on") and not is_filled(Agency, "ended_on")
    assert is_filled(Agency, "name") and not nullable(Agency, "name")
    assert not nullable(Agency, "parent__name") and not is_filled(Agency, "parent__name")
