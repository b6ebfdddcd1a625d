"""Ids put where they don't belong: in addresses and in form bodies, generated over what there is.

A foreign id answers exactly as one that leads nowhere does; nothing of a foreign thing is read or
written. In the suite a sample chosen by the seed; the drill tries all, as several of those
who come there.
"""

import re
import time
from types import SimpleNamespace
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from accounts.acting import STAGED
from accounts.models import User
from accounts.services import signing, staging
from clues.models import Clue
from config import urls
from tests.matrix.oracle import RULES, expected, value_of
from tests.papers import SIGNED
from tests.security.house import CANARY, ELSEWHERE, addresses, ask, comers, own_place, url_of
from tests.security.ids import (
    PUBLIC,
    STRANGE,
    TOKENS,
    asked_values,
    foreign_values,
    nowhere,
    picks_of,
    strangers_of,
)
from tests.security.reading import laid_open
from tests.security.seeds import SEED, chance, some
from tests.security.test_pages import sees_own_only

pytestmark = pytest.mark.django_db  # inside the house's own transaction
IN_ADDRESSES, PAGES, A_PAGE = 120, 45, 4
ASKING = ("campaigns:duties", "cases:brief", "clues:merge_clue", "ledgers:submission")  # take ids so
DRAWN_ANEW = re.compile(rb'(name="(?:csrfmiddlewaretoken|_key)" value="|"X-CSRFToken": ?")[^"]*')
LED_TO = re.compile(r"(?<=q=)[^&]+|[\w-]{10,}|[0-9]+")
MOMENT = re.compile(rb"\d{4}-\d\d-\d\d \d\d:\d\d")  # a minute may end between two tries
# What a page takes behind the "?" of its address where a link says so that needs a like thing to be there.
UNLINKED = {"clues:merge_clue": ["into"]}
COUNTS = "_FORMS"  # of a form's rows: no ids
ECHOED = "(选择一个有效的选项。 ){}( 不在可用的选项中)"
PASSING = {"Set-Cookie", "Date", "Content-Length"}


def face(seen, sent: str, control: str) -> tuple:
    """All that can be read off an answer, but for tokens, what was sent under the control's name and
    comes back there, and ids made meanwhile."""
    headers = {name: value for name, value in seen.response.headers.items() if name not in PASSING}
    if "Location" in headers:
        mine = rf"(?<!\w){re.escape(quote(sent))}(?!\w)"  # "14" stands in K14 and 140000 too
        headers["Location"] = LED_TO.sub("ID", re.sub(mine, "ID", headers["Location"]))
    body = DRAWN_ANEW.sub(rb"\1", without(seen.body, sent))
    kept = rf'(name="{re.escape(control)}" value=")[^"]*'.encode()
    body = re.sub(rf"({re.escape(control)}(?:=|%3D)){re.escape(sent)}(?!\w)".encode(), rb"\1ID", body)
    return seen.response.status_code, headers, MOMENT.sub(b"", re.sub(kept, rb"\1", body))


def without(body: bytes, sent: str) -> bytes:
    """An answer without the id that was sent, however it is written there."""
    if len(sent) < 5:  # may stand for something else too
        return re.sub(ECHOED.format(re.escape(sent)).encode(), rb"\1ID\2", body)
    for written in {sent, quote(sent, safe=""), quote(sent)}:
        body = body.replace(written.encode(), b"ID")
    return body


def apart(one, other) -> str:
    """Where two answers differ first."""
    if one[:2] != other[:2]:
        return f"{one[:2]} and {other[:2]}"
    here, there = (each[2].decode("utf-8", "replace").splitlines() for each in (one, other))
    lines = zip(here, there, strict=False)
    return next((f"{a.strip()[:150]} | {b.strip()[:150]}" for a, b in lines if a != b), "in length")


def control_of(make) -> str:
    """The control or the name in the query under which an id is sent; "" where it stands in the path."""
    url, data = make("HERE")
    sent = [*(data or {}).items(), *parse_qsl(urlsplit(url).query)]
    return next((name for name, value in sent if value in ("HERE", ["HERE"])), "")


class Attack:
    """Tries, one after the other, and what went wrong in each."""

    def __init__(self, house):
        self.house, self.strangers = house, strangers_of(house)
        self.staged, self.missing, self.tries, self.faults = {}, {}, 0, []
        self.read, self.wrote, self.held = 0, 0, self.rows()

    def rows(self) -> list:
        """What the foreign rows hold now."""
        rows = [*self.strangers, *self.staged.values()]
        return [tuple(type(row)._base_manager.filter(pk=row.pk).values_list()) for row in rows]

    def staged_at(self, url, name) -> str:
        """The id of what the neighbour's handler left at this address in a refused form."""
        if url not in self.staged:
            upload = SimpleUploadedFile(f"{CANARY}.pdf", SIGNED)
            by = self.house.cast.neighbour_handler
            ((self.staged[url],), _) = staging.hold(by=by, address=url, field=name, uploads=[upload])
            self.held = self.rows()
        return self.staged[url].public_id

    def attempt(self, part, address, method, make, sent, compared=True):
        """Send `make(id)`, the url and the body with this id in it, and look at what it gave away."""
        self.tries += 1
        seen, control = self._send(part, address, method, make, sent), control_of(make)
        fault = self._fault(seen, sent)
        if not fault and compared:
            empty = nowhere(sent)
            key = part, method, *map(str, make("?"))
            if (key, empty) not in self.missing:
                nothing = self._send(part, address, method, make, empty)
                self.missing[key, empty] = face(nothing, empty, control)
            mine, nobodys = face(seen, sent, control), self.missing[key, empty]
            if mine != nobodys:
                fault = f"answers otherwise than for {empty!r}: {apart(mine, nobodys)}"
        if fault:
            self.faults.append(f"{method} {seen} with {sent!r} in {control or make('?')[0]}: {fault}")

    def _send(self, part, address, method, make, sent):
        url, data = make(sent)
        return ask(self.house, part, address, method, url, data, look=self.rows)

    def _fault(self, seen, sent) -> str:
        body = laid_open(without(seen.body, sent))
        if any(word.encode() in body for word in (CANARY, ELSEWHERE)):
            self.read += 1
            return "read"
        if seen.response.status_code >= 500:
            return "fell over"
        if seen.left is None or seen.left == self.held:
            return ""
        self.wrote += 1
        return "wrote"


# ------------------------------------------------------------- in addresses


def in_addresses(house, people=1, strange=2):
    """(part, address, method, make, id, whether it is compared) for every id in every address."""
    for address in sorted(RULES):
        rule, own, foreign = RULES[address], own_place(house, address), house.places["foreign"]
        for at, step in enumerate(rule["arguments"]):
            make, theirs = placing(house, address, at), str(value_of(foreign, step))
            for method in rule["methods"]:
                parts = [part for part in comers(house, address, method) if sees_own_only(part)]
                for part in some(parts, people, "who", address, method):
                    hidden = rule.get("kind") and expected(address, method, part, foreign, house) == "404"
                    if hidden and theirs != str(value_of(own, step)):
                        yield part, address, method, make, theirs, True
                        yield part, address, method, make, str(value_of(house.elsewhere, step)), True
                        for other in some(house.foreign_ids, 2, "kind", address, at):
                            yield part, address, method, make, other, "code" not in step
                    for each in some(STRANGE, strange, address, at, method, part):
                        yield part, address, method, make, each, False


def placing(house, address, at):
    """The address of the own thing with another id in its place."""
    pieces = [unquote(piece) for piece in url_of(house, address).split("/")]
    value = str(value_of(own_place(house, address), RULES[address]["arguments"][at]))
    place = max(
        index for index, piece in enumerate(pieces) if piece == value or piece.startswith(f"{value}.")
    )

    def make(sent):
        changed = [*pieces]
        changed[place] = changed[place].replace(value, sent)
        return "/".join(quote(piece, safe="") for piece in changed), {} if "POST" in RULES[address][
            "methods"
        ] else None

    return make


# ------------------------------------------------------------- in form bodies


def in_bodies(house, attack, pages, people=1, most=None):
    """The same for every control of every form that stands on a page."""
    for address in pages:
        parts = [part for part in comers(house, address) if sees_own_only(part)]
        for part in some(parts, people, "who", address):
            found = list(of_page(house, attack, part, address))
            yield from found if most is None else some(found, most, "body", address)


def of_page(house, attack, part, address):
    """The tries that one page offers to one person."""
    seen = ask(house, part, address)
    if seen.page is None:
        return
    picks, here = picks_of(seen.response), seen.response.request["PATH_INFO"]
    for form in (form for form in seen.page.forms if form.method == "POST"):
        url = form.action if form.action.startswith("/") else here
        for control in form.fields.values():
            if control.name in TOKENS:
                continue
            make = sending(url, form, control)
            values = foreign_values(control, picks, attack.strangers)
            if len(values) > 6:
                values = some(values, 6, url, control.name)
            for value in values:
                yield part, address, "POST", make, value, not control.name.endswith(COUNTS)
            yield part, address, "POST", make, chance(url, control.name).choice(STRANGE), False
        for name in [each.name for each in form.fields.values() if each.kind == "file"][:1]:
            make = sending(url, form, SimpleNamespace(name=STAGED))
            yield part, address, "POST", make, attack.staged_at(url.partition("?")[0], name), True


def in_queries(house, attack, pages, people=1, most=None):
    """The same behind the "?" of every address that stands on a page, and of what its lists ask for."""
    for address in pages:
        # Rows of the other prefecture's county are tried too, and those are its own.
        parts = {part for part in comers(house, address) if sees_own_only(part)} - {"other_prefecture"}
        for part in some(sorted(parts), people, "who", address):
            seen = ask(house, part, address)
            found = list(of_queries(seen, attack)) if seen.page is not None else []
            yield from found if most is None else some(found, most, "query", address)


def of_queries(seen, attack):
    """The tries that one page's addresses offer."""
    here, asked = seen.response.request["PATH_INFO"], seen.page.queries()
    asked |= {("", name): {"x" * PUBLIC} for name in UNLINKED.get(seen.address, ())}
    for (path, name), values in asked.items():
        for value in asked_values(name, values, attack.strangers):
            yield seen.part, seen.address, "GET", asking(path or here, name), value, True


def asking(path, name):
    """An address with an id behind its "?"."""
    return lambda sent: (f"{path}?{urlencode({name: sent})}", None)


def sending(url, form, control):
    """The form as it stands, filled in where it was empty, with another id in one control."""
    data = form.filled()
    for each in form.fields.values():
        if not any(data.get(each.name, ())) and each.kind not in ("file", "checkbox", "button"):
            data[each.name] = [guess(each)]

    def make(sent):
        return url, data | {control.name: [sent]}

    return make


def guess(control) -> str:
    """Something that fits."""
    if control.kind in ("date", "datetime-local"):
        return "2026-09-02" if control.kind == "date" else "2026-09-02T09:00"
    return next(filter(None, control.values), "1")


# ------------------------------------------------------------- the tests


@pytest.fixture(scope="module")
def attack(house):
    """The neighbour's rows and ids at hand."""
    made = Attack(house)
    house.foreign_ids = [row.public_id for row in made.strangers if getattr(row, "public_id", "")]
    house.foreign_ids.append(deleted(house.places["own"].clue).public_id)
    return made


def deleted(clue) -> Clue:
    """One's own clue that was there and isn't any more."""
    gone = Clue.objects.create(
        **{
            name: getattr(clue, name)
            for name in ("agency", "source", "received_on", "county", "registered_by")
        }
    )
    Clue.objects.filter(pk=gone.pk).delete()
    return gone


def run(attack, tries) -> tuple[int, list[str]]:
    """How many were tried, and what went wrong."""
    attack.staged.clear()  # what an earlier test left went with it
    attack.held = attack.rows()
    begun, since = (attack.tries, len(attack.faults)), time.monotonic()
    for each in tries:
        attack.attempt(*each)
    print(
        f"{attack.tries - begun[0]} tries in {time.monotonic() - since:.0f} s; so far {attack.read} reads,"
        f" {attack.wrote} writes of foreign things, {len(attack.staged)} forms with another's staged file"
    )
    return attack.tries - begun[0], attack.faults[begun[1] :]


def test_an_id_in_an_address_opens_nothing_that_is_not_ones_own(house, attack):
    count, faults = run(attack, some(in_addresses(house), IN_ADDRESSES, "addresses"))
    print(f"{count} substitutions in addresses, seed {SEED}")
    assert count == IN_ADDRESSES and not faults, "\n".join(faults[:30])


def test_an_id_in_a_form_reaches_nothing_that_is_not_ones_own(house, attack):
    pages = some(addresses(), PAGES, "pages")
    count, faults = run(attack, in_bodies(house, attack, pages, most=A_PAGE))
    print(f"{count} substitutions in forms, seed {SEED}")
    assert count >= 2 * PAGES and not faults, "\n".join(faults[:30])


def test_an_id_in_a_query_opens_nothing_that_is_not_ones_own(house, attack):
    pages = sorted({*some(addresses(), PAGES // 3, "queries"), *ASKING})
    count, faults = run(attack, in_queries(house, attack, pages, most=A_PAGE))
    print(f"{count} substitutions in queries, seed {SEED}")
    assert count >= 2 * len(ASKING) and not faults, "\n".join(faults[:30])


@pytest.mark.drill
def test_every_id_in_every_address_and_form(house, attack):
    """The long half."""
    tried, faults = run(attack, in_addresses(house, people=2, strange=4))
    posted, more = run(attack, in_bodies(house, attack, addresses()))
    asked, last = run(attack, in_queries(house, attack, addresses()))
    print(f"{tried} substitutions in addresses, {posted} in forms, {asked} in queries, seed {SEED}")
    assert tried + posted >= 2000 and not faults + more + last, "\n".join((faults + more + last)[:60])


# ------------------------------------------------------------- the checks themselves


SEEDED = {
    # a number that is looked up without asking whose clue it is
    "clues:record_secret_clue": (Clue.objects.none().__class__, "visible_to", lambda self, user: self),
    # a choice of people that forgets whose they are
    "clues:approve_disposition": (signing, "possible_signers", lambda act, thing: User.objects.all()),
}


@pytest.mark.parametrize("address", SEEDED)
def test_the_check_itself_sees_a_form_that_reaches_everybody_elses(house, attack, monkeypatch, address):
    part = comers(house, address, "POST")[0]
    assert run(attack, of_page(house, attack, part, address))[1] == []
    monkeypatch.setattr(*SEEDED[address])
    attack.missing.clear()
    assert run(attack, of_page(house, attack, part, address))[1] != []


def test_the_check_itself_sees_an_address_that_asks_for_nobodys_leave(house, attack, monkeypatch):
    """A fetch without `visible_to`, and one that says 403 where nothing must be known."""
    place, theirs = placing(house, "clues:detail", 0), house.places["foreign"].clue.public_id
    assert run(attack, [("handler", "clues:detail", "GET", place, theirs, True)])[1] == []
    monkeypatch.setattr(Clue.objects.none().__class__, "visible_to", lambda self, user: self)
    (fault,) = run(attack, [("handler", "clues:detail", "GET", place, theirs, True)])[1]
    assert fault.endswith("read")


def test_the_check_itself_sees_a_query_that_opens_anothers_row(house, attack, monkeypatch):
    seen = ask(house, "intake", "clues:merge_clue")
    assert run(attack, of_queries(seen, attack))[1] == []
    monkeypatch.setattr(Clue.objects.none().__class__, "visible_to", lambda self, user: self)
    attack.missing.clear()
    assert run(attack, of_queries(seen, attack))[1] != []


def test_the_check_itself_sees_a_foreign_row_that_was_written(house, attack, monkeypatch):
    def careless(request):
        Clue.objects.filter(pk=house.places["foreign"].clue.pk).update(version=99)
        return HttpResponse("已办理")

    (pattern,) = [each for each in urls.urlpatterns if getattr(each, "name", "") == "search"]
    monkeypatch.setattr(pattern, "callback", careless)
    (fault,) = run(
        attack, [("handler", "search", "POST", lambda sent: ("/search/", {"q": sent}), "x", False)]
    )[1]
    assert fault.endswith("wrote")
