"""Whatever offices, posts and grants there are: the rows a query finds are those of the plain rule."""

import random
from datetime import date

import pytest

from accounts import roles
from accounts.models import Agency, Grant, Posting, User, local_today, people
from cases.models import Case
from clues.models import Clue

LONG_AGO = date(2020, 1, 1)
EVER = date(2019, 1, 1)


def by_the_rule(row, user, kind, grants) -> bool:
    """What a person may see, told of one row without any query's help."""
    posts = [post for post in user.postings.all() if post.holds_on(local_today())]
    below = [post.agency.path for post in posts if roles.ROLES[post.role].reach == "below"]
    outside = {post.agency_id for post in posts if post.role in roles.OUTSIDE}
    whose = [row.agency, getattr(row, "origin_agency", None)]
    reached = any(agency.path.startswith(path) for agency in whose if agency for path in below)
    return reached or any((kind, row.pk, agency) in grants for agency in outside)


def some_offices(chance, cast) -> list[Agency]:
    """Offices below offices, deep and wide; some whose number begins as another's does."""
    offices = list(Agency.objects.all())
    for n in range(25):
        above = chance.choice(offices)
        key = max(office.pk for office in offices) + 1 + 9 * (n % 3)
        offices.append(
            Agency(
                id=key, code=f"x{n}", name=f"第{n}局", kind="zrzy", region=above.region, parent=above,
                path=f"{above.path}{key}/",
            )
        )  # fmt: skip
    Agency.objects.bulk_create(offices[-25:])
    return offices


def some_people(chance, offices) -> list[User]:
    """Each with two posts anywhere, one of which may have ended."""
    people_ = User.objects.bulk_create(
        User(username=f"x{n}", public_id=f"x{n}", name="某", agency=offices[0]) for n in range(12)
    )
    posts = [roles.HANDLER, roles.POLICE, roles.DEPARTMENT, roles.REPORTER, roles.PREFECTURE]
    Posting.objects.bulk_create(
        Posting(user=person, agency=chance.choice(offices), role=role, since=EVER,
                until=chance.choice([None, None, LONG_AGO]))
        for person in people_ for role in chance.sample(posts, 2)
    )  # fmt: skip
    return people_


def some_rows(chance, offices, cast) -> None:
    """Clues, some reported by another office; cases; grants of both, some over."""
    where = {"county": cast.county.region, "place": "某沟"}
    clues = Clue.objects.bulk_create(
        Clue(agency=chance.choice(offices), origin_agency=chance.choice([None, *offices]), source="patrol",
             received_on=LONG_AGO, summary="盗采", registered_by=cast.intake, **where)
        for _ in range(60)
    )  # fmt: skip
    cases = Case.objects.bulk_create(Case(agency=chance.choice(offices), **where) for _ in range(60))
    Grant.objects.bulk_create(
        Grant(kind=kind, object_id=chance.choice(rows).pk, agency=chance.choice(offices), reason="移送",
              since=EVER, until=chance.choice([None, LONG_AGO]), granted_by=cast.intake)
        for kind, rows in (("clue", clues), ("case", cases)) for _ in range(100)
    )  # fmt: skip


@pytest.mark.parametrize(("seed", "listed"), [(1, 300), (2, 300), (3, 2)])
def test_the_rows_are_those_of_the_rule(cast, monkeypatch, seed, listed):
    """Where the offices within reach are named one by one, and where they are too many for that."""
    monkeypatch.setattr(people, "LISTED", listed)
    chance = random.Random(seed)
    offices = some_offices(chance, cast)
    persons = some_people(chance, offices)
    some_rows(chance, offices, cast)
    grants = set(Grant.objects.in_force().values_list("kind", "object_id", "agency_id"))
    seen = 0
    for kind, model in (("clue", Clue), ("case", Case)):
        rows = list(model.objects.select_related("agency"))
        for person in [*persons, cast.province, cast.police]:
            expected = sorted(row.pk for row in rows if by_the_rule(row, person, kind, grants))
            assert sorted(model.objects.visible_to(person).values_list("pk", flat=True)) == expected
            seen += len(expected)
    assert seen > 100
