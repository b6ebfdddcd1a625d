"""Odd input in every address, filter and form that stands on a page: never a fault, always a sentence.

Each try fills all controls of a form, or all parameters of a list, with one odd value. In the suite
a sample chosen by the seed; the drill tries every form and list.
"""

import re
import time
from urllib.parse import quote, urlencode

import pytest
from django.http import HttpResponse

from config import urls
from tests.matrix.oracle import RULES
from tests.security.house import addresses, ask, comers, url_of
from tests.security.ids import TOKENS
from tests.security.seeds import SEED, chance, some
from tests.security.test_substitution import placing

pytestmark = pytest.mark.django_db  # inside the house's own transaction
SECONDS = 5  # a generous bound: what these cost is some 50 ms
SENTENCE = re.compile(r"[\u4e00-\u9fff]{4,}")
ODD = {
    "a million letters": "字" * 350_000,
    "NUL": "a\0b",
    "half a surrogate": b"\xed\xa0\x80\xed\xbf\xbf",
    "no UTF-8": b"\xff\xfe\xc3\x28",
    "from right to left": "\u202ekcatta\u202c\u200f\u061c",
    "a million digits": "9" * 1_000_000,
    "an endless number": "1e999999999",
    "no number": "NaN",
    "infinity": "-Infinity",
    "combining marks": "a" + "\u0301" * 10_000,
    "a day that isn't": "2026-02-30",
    "a day before days": "0000-00-00",
    "a day after days": "99999-12-31",
    "a time that isn't": "25:61",
    "a path": "../../../../etc/passwd",
    "a template": "{{ settings.SECRET_KEY }}{% debug %}",
    "SQL": "' OR 1=1; DROP TABLE accounts_user; --",
    "a lookup": "agency__users__password__startswith",
    "lines": "a\r\nSet-Cookie: x=1\r\n\r\nb",
    "negative": "-1",
    "emoji": "\U0001f600\U0001f469\u200d\U0001f467\ufe0f",
    "nothing but space": " \u3000\t\u00a0",
    "digits of another script": "٣٤٥",
    "JSON": '{"__class__": ["x"], "a": null}',
}
HUGE = 100_000
LISTED = ("page", "size", "sort", "q", "drop", "export", "text", "tab", "day", "month", "on", "next")
AS_A_FORM = "application/x-www-form-urlencoded"


def encoded(pairs) -> str:
    """A form's body or a list's parameters as a browser sends them; bytes as they are."""
    return urlencode(list(pairs))


def fault(seen, begun) -> str:
    """What is wrong with an answer; "" for a page or a refusal that says something."""
    status = seen.response.status_code
    if status >= 500:
        return f"{status}"
    if time.monotonic() - begun > SECONDS:
        return "too slow"
    silent = not SENTENCE.search(seen.body.decode("utf-8", "replace"))
    return f"{status} without a sentence" if silent and status in (400, 404, 409, 422) else ""


def post(house, part, address, url, form, odd) -> str:
    """Send a form with an odd value in all its controls, as arrays; a huge one stands in one alone."""
    names, value = [name for name in form.fields if name not in TOKENS], ODD[odd]
    if len(value) > HUGE:
        names = some(names, 1, "huge", url)
    body = encoded((name, value) for name in names for _ in range(1 if len(value) > HUGE else 2))
    begun = time.monotonic()
    return fault(ask(house, part, address, "POST", url, body, content_type=AS_A_FORM), begun)


def look(house, part, address, names, odd) -> str:
    """Ask for a page with an odd value in all its parameters."""
    begun, value = time.monotonic(), ODD[odd][:1500]  # what a server takes in one line
    url = f"{url_of(house, address)}?{encoded((name, value) for name in names)}"
    return fault(ask(house, part, address, url=url), begun)


@pytest.fixture(scope="module")
def tries(house):
    """Every page as somebody who comes there, with the forms on it: what can be filled in oddly."""
    known = {}

    def of(address):
        if address not in known:
            part = next(iter(some(comers(house, address), 1, "odd", address)), None)
            seen = ask(house, part, address) if part else None
            known[address] = [] if seen is None or seen.page is None else _of_page(part, address, seen)
        return known[address]

    return of


def _of_page(part, address, seen):
    here, found = seen.response.request["PATH_INFO"], [(part, address, None, LISTED)]
    for form in seen.page.forms:
        if form.method == "POST":
            found.append((part, address, form.action if form.action.startswith("/") else here, form))
        else:
            found.append((part, address, None, list(form.fields)))
    return found


def run(house, tries, odds_of) -> tuple[int, list[str]]:
    """How many were tried, and which answered badly."""
    count, found = 0, []
    for part, address, url, what in tries:
        for odd in odds_of(address):
            count += 1
            send = (
                post(house, part, address, url, what, odd) if url else look(house, part, address, what, odd)
            )
            if send:
                found.append(f"{part} at {url or address} with {odd}: {send}")
    return count, found


def test_odd_input_is_answered_with_a_sentence(house, tries):
    wanted = [each for address in some(addresses(), 70, "odd") for each in tries(address)]
    count, found = run(house, wanted, lambda address: [chance("odd", address).choice(list(ODD))])
    print(f"{count} odd inputs, seed {SEED}")
    assert count >= 100 and found == []


def test_each_odd_value_is_answered_in_the_largest_forms(house, tries):
    largest = [each for address in LARGEST for each in tries(address) if each[2] or address == "clues:list"]
    count, found = run(house, largest, lambda address: list(ODD))
    assert count >= len(LARGEST) * len(ODD) and found == []


LARGEST = ("clues:register_clue", "clues:list")


def in_paths(house, odds_of, people=1):
    """Every address with an odd value in place of each of its ids, by every method; bad answers."""
    count, found = 0, []
    for address in sorted(address for address, rule in RULES.items() if rule["arguments"]):
        methods = RULES[address]["methods"]
        for at in range(len(RULES[address]["arguments"])):
            whole = placing(house, address, at)("HERE")[0]
            for odd in odds_of(address, at):
                url = whole.replace("HERE", quote(ODD[odd][:500], safe=""))
                for method in methods:
                    part = next(iter(some(comers(house, address, method), people, "path", address)), None)
                    if part is None:
                        continue
                    begun, count = time.monotonic(), count + 1
                    data = {} if method == "POST" else None
                    if send := fault(ask(house, part, address, method, url, data), begun):
                        found.append(f"{part} {method} {address} with {odd} in its address: {send}")
    return count, found


def test_odd_values_in_addresses_are_answered_with_a_sentence(house):
    count, found = in_paths(house, lambda *place: some(ODD, 1, "path", *place))
    print(f"{count} odd addresses, seed {SEED}")
    assert count >= 100 and not found, "\n".join(found[:60])


@pytest.mark.drill
def test_every_address_with_every_odd_value(house):
    """The long half of it."""
    begun = time.monotonic()
    count, found = in_paths(house, lambda *place: list(ODD))
    print(f"{count} odd addresses in {time.monotonic() - begun:.0f} s, seed {SEED}")
    assert count >= 2000 and not found, "\n".join(found[:60])


@pytest.mark.drill
def test_every_form_and_list_with_several_odd_values(house, tries):
    """The long half."""
    begun = time.monotonic()
    wanted = [each for address in addresses() for each in tries(address)]
    count, found = run(house, wanted, lambda address: some(ODD, 4, "every", address))
    print(f"{count} odd inputs in {time.monotonic() - begun:.0f} s, seed {SEED}")
    assert count >= 2000 and not found, "\n".join(found[:60])


@pytest.mark.parametrize("address", ["accounts:sign_in", "search", "clues:register_clue"])
def test_a_hundred_thousand_fields_are_refused_with_a_sentence(house, address):
    part = "visitor" if address == "accounts:sign_in" else "intake"
    body = encoded((f"x{n}", "1") for n in range(100_000))
    begun = time.monotonic()
    seen = ask(house, part, address, "POST", data=body, content_type=AS_A_FORM)
    assert seen.response.status_code == 400 and fault(seen, begun) == ""


def test_more_than_five_megabytes_of_text_are_refused_with_a_sentence(house):
    begun = time.monotonic()
    seen = ask(house, "intake", "search", "POST", data=f"q={'x' * 6_000_000}", content_type=AS_A_FORM)
    assert seen.response.status_code == 400 and fault(seen, begun) == ""


def test_the_check_itself_sees_a_fault_and_a_silent_refusal(house, monkeypatch):
    def careless(request):
        return int(request.GET.get("page", "1")) or HttpResponse()

    (pattern,) = [each for each in urls.urlpatterns if getattr(each, "name", "") == "search"]
    monkeypatch.setattr(pattern, "callback", careless)
    assert look(house, "handler", "search", LISTED, "no number") == "500"
    monkeypatch.setattr(pattern, "callback", lambda request: HttpResponse("Bad Request", status=400))
    assert look(house, "handler", "search", LISTED, "a path") == "400 without a sentence"
