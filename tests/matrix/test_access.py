"""Every address × method × person × relation, against the hand-reviewed tests/matrix/policy.toml.

The expectation never asks the product's own permission code. Outcomes: `in` (the page or the act
ran: 2xx, 302 elsewhere, or a refusal by the procedure: 409, 422), 403, 404, 405, `sign-in`.
"""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from accounts import roles
from ledgers.models import Campaign, CampaignMember
from tests.cast import PEOPLE, build_cast
from tests.matrix.things import build_things, grant

TABLE = tomllib.loads((Path(__file__).parent / "policy.toml").read_text(encoding="utf-8"))
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
ADDRESSES = sorted(TABLE["address"])
CELLS = []


def people_of(cast):
    """Everybody by part, and a visitor who isn't signed in."""
    return {part: getattr(cast, part) for part in PEOPLE} | {"visitor": None}


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    """The cast and three counties' things, made once; every cell is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _build()
        transaction.set_rollback(True)


def _build():
    cast = build_cast()
    campaign = Campaign.objects.create(
        code="matrix", name="专项行动", region=cast.regions["141100"], from_day=date(2026, 1, 1)
    )
    for code in ("141122-zrzy", "141121-zrzy", "141100-zrzy", "141122-ga", "141121-ga"):
        CampaignMember.objects.create(campaign=campaign, agency=cast.agencies[code])
    own = build_things(cast, campaign, cast.county, (cast.intake, cast.handler, cast.liaison))
    foreign_staff = (cast.neighbour_handler, cast.neighbour_handler, cast.neighbour_liaison)
    foreign = build_things(cast, campaign, cast.neighbour, foreign_staff)
    grant(own.case, "case", cast.police_office, cast.handler)
    grant(own.case, "case", cast.procuratorate, cast.handler)
    grant(own.clue, "clue", cast.agencies["141122-sl"], cast.handler)
    clients = {}
    for part, person in people_of(cast).items():
        clients[part] = Client()
        if person:
            clients[part].force_login(person, "django.contrib.auth.backends.ModelBackend")
    return {"cast": cast, "campaign": campaign, "own": own, "foreign": foreign, "clients": clients}


def relation(part, county):
    """How a person stands to a thing of 交城 (own) or of 文水 (foreign)."""
    home = {"neighbour": "foreign"}.get(part.split("_")[0], "own")
    code = PEOPLE[part][1]
    if code.startswith("1409"):
        return "stranger"
    if code.split("-")[0] in ("141100", "140000"):
        return "above"
    return "at home" if home == county else "stranger"


def sees(kind, part, county):
    """Whether the hand-written table shows this kind of thing to this person."""
    rule = TABLE["sees"][kind]
    role = PEOPLE[part][2]
    where = relation(part, county)
    if where == "stranger":
        return False
    if where == "above":
        return role in rule["above"]
    return role in rule["home"] or (county == "own" and role in rule["granted"])


def expected(name, method, part, county):
    """What the hand-written table says of one cell."""
    row = TABLE["address"][name]
    if method not in row["methods"]:
        return "405"
    if row["posts"] == ["public"]:
        return "in"
    if part == "visitor":
        return "sign-in"
    role = PEOPLE[part][2]
    if "thing" in row and not sees(row["thing"], part, county):
        return "404"
    posts = TABLE["group"].get(row["posts"][0], row["posts"])
    if role not in posts:
        return "403"
    if row.get("where") == "home" and relation(part, county) != "at home":
        return "403"
    return "in"


def outcome(response):
    """The class of an answer."""
    if response.status_code == 302 and "/accounts/sign-in/" in response.headers["Location"]:
        return "sign-in"
    if response.status_code in (403, 404, 405):
        return str(response.status_code)
    if response.status_code < 400 or response.status_code in (409, 422, 400):
        return "in"
    return f"{response.status_code}"


def address_of(name, things, house):
    """The address about this county's thing."""
    row = TABLE["address"][name]
    arguments = []
    for step in row.get("arguments", []):
        value = house if step.startswith("campaign") else things
        for attribute in step.split("."):
            value = value[attribute] if isinstance(value, dict) else getattr(value, attribute)
        arguments.append(value)
    return reverse(name, args=arguments)


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_answers_each_person_as_the_table_says(name, house):
    wrong = []
    counties = ("own", "foreign") if "thing" in TABLE["address"][name] else ("own",)
    for county in counties:
        url = address_of(name, house[county], house)
        for part, client in house["clients"].items():
            for method in METHODS:
                want = expected(name, method, part, county)
                with transaction.atomic():
                    got = outcome(client.generic(method, url))
                    transaction.set_rollback(True)
                CELLS.append(1)
                if got != want:
                    wrong.append(f"{method} {county} {part}: {got} instead of {want}")
    assert not wrong, f"{name}: {len(wrong)} wrong\n" + "\n".join(wrong[:40])


def named(patterns, prefix=""):
    """Every named address of the running house."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from named(pattern.url_patterns, space)
        else:
            yield f"{prefix}{pattern.name}"


def test_every_address_is_in_the_table():
    assert sorted(set(named(get_resolver().url_patterns)) ^ set(ADDRESSES)) == []


def test_every_post_is_known():
    known = set(roles.ROLES)
    assert all(set(group) <= known for group in TABLE["group"].values())


def test_a_foreign_thing_answers_like_one_that_does_not_exist(house):
    """Same status and same body: existence is a fact too."""
    client = house["clients"]["neighbour_chief"]
    different = []
    for name in ADDRESSES:
        row = TABLE["address"][name]
        if "thing" not in row or "GET" not in row["methods"]:
            continue
        url = address_of(name, house["own"], house)
        parts = [part for part in url.split("/") if part]
        missing = url.replace(getattr_id(row, house), "A" * 16) if parts else url
        there, nowhere = client.get(url), client.get(missing)
        if (
            there.status_code != 404
            or nowhere.status_code != 404
            or there.content != nowhere.content
        ):
            different.append(name)
    assert not different


def getattr_id(row, house):
    """The id inside the address of the county's thing."""
    value = house["own"]
    for attribute in row["arguments"][-1].split("."):
        value = value[attribute] if isinstance(value, dict) else getattr(value, attribute)
    return str(value)


def test_the_matrix_says_how_many_cells_it_has(house):
    """The count stands in the note of each landing; it never shrinks unseen."""
    things = sum(2 if "thing" in TABLE["address"][name] else 1 for name in ADDRESSES)
    cells = things * len(METHODS) * len(house["clients"])
    print(f"access matrix: {cells} cells over {len(ADDRESSES)} addresses")
    assert cells >= 12_000
