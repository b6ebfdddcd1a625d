"""The house of the access matrix with marked words: what strangers wrote, and what an attacker typed.

Whose things are foreign to whom, and who may come to which page, is asked of tests/matrix/policy.toml,
never of the product.
"""

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace

from django.db import connection, transaction
from django.urls import reverse

from accounts import roles
from campaigns.models import Campaign, CampaignMember
from tests.cast import add_person
from tests.frames import bare_frame
from tests.matrix.house import PARTS, open_house, request
from tests.matrix.oracle import RULES, arguments_of, expected
from tests.matrix.things import build_things
from tests.security.marking import mark, rows_of
from tests.security.reading import body_of, page_of

CANARY = "雀7f3a"  # stands in every word of the neighbour's things
ELSEWHERE = "鸢7f3a"  # the same of another prefecture's county, whose own prefecture reads them
TAG = "q7x"
BREAKS_OUT = f"'\"><{TAG} on{TAG}=1>"  # of text, of an attribute, of a string
TYPED = (
    BREAKS_OUT,
    f"</title></textarea></script><{TAG}>",
    f"javascript:{TAG}()",
    f"=HYPERLINK(1)&{TAG}",
    f"@SUM(1){TAG}",
    f"+1+{TAG}",
    f"-1+{TAG}",
    f"\t={TAG}",
    f"\r={TAG}",
)
SHORT = ("=1+1", "<q7x>", "@a")
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "TRUNCATE", "MERGE")


@contextmanager
def marked_house():
    """Own things hold what an attacker typed, the neighbour's the canary; 60 columns or more of each."""
    with bare_frame(), open_house() as house:
        own, foreign = rows_of(house.places["own"]), rows_of(house.places["foreign"])
        house.elsewhere = elsewhere(house)
        house.typed = sum(mark(row, *TYPED, *SHORT) for row in own)
        hidden = [row for row in foreign if row not in own]
        far = [row for row in rows_of(house.elsewhere) if row not in (*own, *hidden)]
        house.hidden = sum(mark(row, CANARY) for row in hidden) + sum(mark(row, ELSEWHERE) for row in far)
        yield house


def elsewhere(house) -> SimpleNamespace:
    """The things of a county in another prefecture, in a campaign of that."""
    office, foreign = house.cast.agencies["140929-zrzy"], house.places["foreign"]
    posts = {
        "handler": roles.HANDLER,
        "liaison": roles.LIAISON,
        "chief": roles.CHIEF,
        "delegate": roles.LEGAL,
        "subject": roles.CHECKER,
    }
    staff = {part: add_person(f"elsewhere_{part}", f"岢{part}", office, post) for part, post in posts.items()}
    campaign = Campaign.objects.create(
        code="elsewhere", name="忻州行动", region=house.cast.regions["140900"], from_day=date(2026, 1, 1)
    )
    CampaignMember.objects.create(campaign=campaign, agency=office)
    things = build_things(campaign, office, house.cast.agencies["141121-ga"], SimpleNamespace(**staff))
    things.notice, things.standard = foreign.notice, foreign.standard
    return things


@dataclass
class Seen:
    """One answer of the sweep: who asked what, what was written meanwhile."""

    address: str
    part: str
    response: object
    writes: list[str] = field(default_factory=list)
    left: object = None

    @property
    def body(self) -> bytes:
        """Every byte of it."""
        return body_of(self.response)

    @property
    def page(self):
        """It taken apart; None for what is no page."""
        return page_of(self.response)

    def __str__(self):
        return f"{self.part} at {self.address}: {self.response.status_code}"


def url_of(house, address) -> str:
    """The address of the own office's thing."""
    return reverse(RULES[address]["name"], args=arguments_of(address, own_place(house, address)))


def own_place(house, address):
    """Where an address is asked about: the own office, or the only place it has."""
    return house.places[RULES[address].get("only") or "own"]


def comers(house, address, method="GET") -> list[str]:
    """Everybody whom the table lets in."""
    place = own_place(house, address)
    return [part for part in PARTS if expected(address, method, part, place, house) == "in"]


def addresses(method="GET") -> list[str]:
    """Every address that takes the method and leads somewhere."""
    return sorted(address for address, rule in RULES.items() if method in rule["methods"])


@contextmanager
def rolled_back():
    """As if it never was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def written():
    """The statements that write rows meanwhile: `table` of each."""
    tables = []

    def watch(execute, sql, params, many, context):
        words = sql.replace('"', " ").replace("`", " ").split()
        if words and words[0].upper() in WRITES:
            skip = {"INTO", "FROM", "OR", "IGNORE", "REPLACE", "ONLY"}
            tables.append(next(word for word in words[1:] if word.upper() not in skip))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield tables


def ask(house, part, address, method="GET", url="", data=None, look=None, **extra) -> Seen:
    """One request, as if it never was; its answer read whole before. `look()` reads the rows as the
    request left them, where it wrote anything; what it returns is `left`."""
    with rolled_back():
        with written() as tables:
            response = request(house.clients[part], method, url or url_of(house, address), data, **extra)
            body_of(response)
        left = look() if look is not None and tables else None
    return Seen(address, part, response, tables, left)
