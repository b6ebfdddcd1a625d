"""Every address × method × person × relation, against the hand-reviewed tests/matrix/policy.toml.

The expectation never asks the product's own permission code. Outcomes: `in` (the page or the act
ran: 2xx, 302 elsewhere, or a refusal by the procedure: 400, 409, 422), 403, 404, 405, `sign-in`,
`password` (a temporary password must be changed first).
"""

import pytest
from django.db import transaction
from django.urls import get_resolver, reverse

from accounts.models import Posting
from clues.models import Clue
from tests.frames import bare_frame
from tests.matrix.house import OUTSIDERS, PARTS, PLACES, open_house, plain_refusals, request
from tests.matrix.oracle import METHODS, RULES, TABLE, arguments_of, expected, places_of, posts_of

pytestmark = pytest.mark.django_db  # inside the house's own transaction
SPREAD = [(address, place) for address in sorted(RULES) for place in places_of(address)]
ABOUT_GRANTED = sorted(
    address
    for address, rule in RULES.items()
    if rule.get("kind")
    in ("clue", "clue_file", "secret_clue", "case", "case_file", "package_file", "referral")
)


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    """The cast and the offices' things, made once; every cell is rolled back."""
    with django_db_blocker.unblock(), bare_frame(), plain_refusals(), open_house() as built:
        yield built


def outcome(response) -> str:
    """The class of an answer."""
    if response.status_code == 302:
        for path, word in (("/accounts/sign-in/", "sign-in"), ("/accounts/password/", "password")):
            if response.headers["Location"].startswith(path):
                return word
    if response.status_code in (403, 404, 405):
        return str(response.status_code)
    if response.status_code < 400 or response.status_code in (400, 409, 422, 503):  # 503: degraded
        return "in"
    return str(response.status_code)


def methods_for(address, place_name) -> tuple[str, ...]:
    """All five about the own office's thing; what is 405 there asks nobody who or whose."""
    return METHODS if place_name == PLACES[0] else RULES[address]["methods"]


def differences(house, address, place_name, parts=PARTS) -> list[str]:
    """Every cell of one address about one office's thing that answers otherwise than it must."""
    place = house.places[place_name]
    url = reverse(RULES[address]["name"], args=arguments_of(address, place))
    wrong = []
    for part in parts:
        for method in methods_for(address, place_name):
            with transaction.atomic():
                got = outcome(request(house.clients[part], method, url))
                transaction.set_rollback(True)
            want = expected(address, method, part, place, house)
            if got != want:
                wrong.append(f"{method} {part}: {got} instead of {want}")
    return wrong


@pytest.mark.parametrize(("address", "place"), SPREAD)
def test_an_address_answers_each_person_as_the_table_says(address, place, house):
    wrong = differences(house, address, place)
    assert not wrong, f"{address} about {place}: {len(wrong)} wrong\n" + "\n".join(wrong[:40])


@pytest.mark.parametrize("address", ABOUT_GRANTED)
def test_what_was_granted_is_gone_once_taken_back(address, house):
    """`own` has the grants in force, `upper` never had any, here they were given and revoked."""
    wrong = differences(house, address, "taken_back", OUTSIDERS)
    assert not wrong, f"{address}: {len(wrong)} wrong\n" + "\n".join(wrong[:40])


def named(patterns, prefix=""):
    """Every named address of the running house."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from named(pattern.url_patterns, space)
        else:
            yield f"{prefix}{pattern.name}"


def shapes(patterns, prefix="") -> int:
    """How many address patterns there are; a name may stand for two."""
    return len(list(named(patterns, prefix)))


def test_every_address_is_in_the_table():
    known = {rule["name"] for rule in RULES.values()}
    assert sorted(set(named(get_resolver().url_patterns)) ^ known) == []


def test_an_address_with_two_shapes_stands_in_the_table_with_both():
    running = sorted(named(get_resolver().url_patterns))
    twice = {name for name in running if running.count(name) > 1}
    assert all(sum(rule["name"] == name for rule in RULES.values()) == running.count(name) for name in twice)


def test_every_post_is_known_and_none_is_forgotten():
    known = {code for code, _ in Posting._meta.get_field("role").choices}
    assert posts_of("everyone") == known


def test_the_matrix_says_how_many_cells_it_has():
    """The count stands in the note of each landing; it never shrinks unseen."""
    cells = sum(len(methods_for(*pair)) for pair in SPREAD) * len(PARTS)
    cells += sum(len(RULES[address]["methods"]) for address in ABOUT_GRANTED) * len(OUTSIDERS)
    addresses = len({rule["name"] for rule in RULES.values()})
    print(f"access matrix: {cells} cells over {addresses} addresses")
    assert cells >= TABLE["cells"] >= 12_000


def test_the_check_itself_sees_a_fetch_that_forgets_whose_thing_it_is(house, monkeypatch):
    monkeypatch.setattr(type(Clue.objects.all()), "visible_to", lambda self, user: self, raising=True)
    wrong = differences(house, "clues:detail", "foreign", ("handler", "chief"))
    assert "GET handler: in instead of 404" in wrong


def test_the_check_itself_sees_403_where_404_is_due(house, monkeypatch):
    clue = RULES["clues:detail"]
    monkeypatch.setitem(RULES, "clues:detail", clue | {"posts": {"handler"}})
    assert "GET chief: in instead of 403" in differences(house, "clues:detail", "own", ("handler", "chief"))


def test_the_check_itself_sees_a_post_too_many(house, monkeypatch):
    rule = RULES["clues:assign_clue"]
    monkeypatch.setitem(RULES, "clues:assign_clue", rule | {"acts": {"home": {"intake"}}})
    assert differences(house, "clues:assign_clue", "own", ("brigade_head",)) != []


def test_all_three_places_are_asked_about():
    assert {place for _, place in SPREAD} == set(PLACES)
