"""What a file shows of a list is read as plain values: the same cells as of rows, and no rows."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Model, Prefetch, Value

from common.columns import Column, Several
from common.lists import fetching, values

pytestmark = pytest.mark.django_db
GROUPS, FELLOWS = Several("groups_seen", "name"), Several("content_type.permission_set", "name")


@pytest.fixture
def rows():
    """Seven permissions of three kinds, two in two groups of which one is seen."""
    kinds = [ContentType.objects.create(app_label="read", model=f"m{n}") for n in range(3)]
    made = [
        Permission.objects.create(codename=f"p{n}", name=f"第{n}", content_type=kinds[n % 2])
        for n in range(7)
    ]
    for name in ("甲", "乙", "不给看"):
        Group.objects.create(name=name).permissions.add(*made[:2])
    seen = Group.objects.exclude(name="不给看").order_by("name")
    rows = Permission.objects.filter(content_type__app_label="read").order_by("codename")
    return rows.prefetch_related(Prefetch("group_set", seen, to_attr="groups_seen")).annotate(
        told=Value("说", output_field=CharField())
    )


COLUMNS = (
    Column("codename", "编号"),
    Column("kind", "类别", "content_type.model"),
    Column("both", "合", lambda name, kind: (f"{name}/{kind}", "red"), of=("name", "content_type.model"),
           kind="flag"),
    Column("groups", "组", "、".join, of=(GROUPS,)),
    Column("told", "说"),
    Column("fellows", "同类", lambda names: "、".join(names), of=(FELLOWS,)),
)  # fmt: skip


def lines(rows, columns=COLUMNS):
    return [list(line) for line in values.lines(rows, columns)]


def of_rows(rows, columns):
    return [[column.excel(row) for column in columns] for row in rows]


@pytest.fixture
def no_rows(monkeypatch):
    """Whoever makes a row fails."""

    def made(*_):
        raise AssertionError("a row was made")

    monkeypatch.setattr(Model, "from_db", made)


def test_cells_are_those_of_the_rows(rows):
    plain = COLUMNS[:5]
    assert lines(rows, plain) == of_rows(rows, plain)
    assert lines(rows, plain)[0] == ["p0", "m0", "第0/m0", "乙、甲", "说"]


def test_what_hangs_on_what_a_row_points_to_comes_too(rows, no_rows):
    told = [sorted(line[-1].split("、")) for line in lines(rows)]
    assert told[:2] == [["第0", "第2", "第4", "第6"], ["第1", "第3", "第5"]]


def test_no_row_is_made_and_a_chunk_asks_once_for_what_hangs_on_it(
    rows, no_rows, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(values, "CHUNK", 3)
    with django_assert_num_queries(1 + 3):
        assert len(lines(rows, COLUMNS[:5])) == 7


def test_a_column_that_needs_the_whole_row_is_read_by_rows(rows):
    columns = (*COLUMNS[:2], Column("whole", "整", str))
    assert lines(rows, columns) == of_rows(fetching.streamed(rows), columns)


def test_what_no_table_holds_is_read_by_rows(rows):
    kinds = ContentType.objects.filter(app_label="read").order_by("model")
    columns = (Column("model", "模型"), Column("name", "名"), Column("key", "钥", "natural_key"))
    assert lines(kinds, columns) == of_rows(kinds, columns)
    whole = (Column("content_type", "类别"),)  # not its key
    assert lines(rows, whole) == of_rows(rows, whole)


def test_no_rows_at_all_pass(rows):
    assert lines(rows.none()) == []
