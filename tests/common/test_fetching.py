"""A list of any length is read chunk by chunk: the same rows and the same beside them, in few queries."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch

from common.lists import fetching

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    """Seven permissions of three kinds, two in a group."""
    kinds = [ContentType.objects.create(app_label="read", model=f"m{n}") for n in range(3)]
    made = [
        Permission.objects.create(codename=f"p{n}", name=f"第{n}", content_type=kinds[n % 2])
        for n in range(7)
    ]
    Group.objects.create(name="甲").permissions.add(*made[:2])
    return Permission.objects.filter(content_type__app_label="read").order_by("codename")


def test_what_hangs_on_rows_is_what_django_would_put_there(rows, django_assert_num_queries):
    kinds = ContentType.objects.filter(app_label="read").prefetch_related("permission_set").order_by("model")
    with django_assert_num_queries(2):
        read = [
            [(each.codename, each.content_type is kind) for each in kind.permission_set.all()]
            for kind in fetching.streamed(kinds)
        ]
    assert read == [[(each.codename, True) for each in kind.permission_set.all()] for kind in kinds]
    assert [len(each) for each in read] == [4, 3, 0]


def test_what_rows_share_is_read_once_a_chunk_however_many_there_are(
    rows, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(fetching, "CHUNK", 3)
    with django_assert_num_queries(1 + 3):
        read = [
            (row.codename, row.content_type.model)
            for row in fetching.streamed(rows.select_related("content_type"))
        ]
    assert read == list(rows.values_list("codename", "content_type__model"))


def test_whoever_narrows_what_hangs_there_asks_the_database(rows):
    (kind,) = fetching.streamed(
        ContentType.objects.filter(model="m1", app_label="read").prefetch_related("permission_set")
    )
    held = kind.permission_set
    assert held.all().count() == len(held.all()) == 3
    assert [each.codename for each in held.filter(codename="p3")] == ["p3"]
    assert held.all().order_by("-codename").first().codename == "p5"
    assert not held.filter(codename="p2").exists()


def test_what_is_no_plain_path_django_reads_itself(rows):
    chosen = rows.prefetch_related(Prefetch("group_set", Group.objects.filter(name="甲"), to_attr="chosen"))
    assert [len(row.chosen) for row in fetching.streamed(chosen)] == [1, 1, 0, 0, 0, 0, 0]


def test_values_and_no_rows_at_all_pass(rows):
    assert list(fetching.streamed(rows.values_list("codename", flat=True)))[0] == "p0"
    assert list(fetching.streamed(rows.none())) == []
