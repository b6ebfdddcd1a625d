"""Reads policy.toml and says what each cell must answer; knows nothing of the product's code."""

import tomllib
from pathlib import Path

from tests.matrix.house import EVERYBODY, PLACES, relations

TABLE = tomllib.loads((Path(__file__).parent / "policy.toml").read_text(encoding="utf-8"))
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
ALLOWED = {"read": ("GET",), "form": ("GET", "POST"), "write": ("POST",)}
STANDS = ("home", "above", "origin", "station", "granted", "self")
NEWCOMERS_PAGES = ("accounts:change_password", "accounts:sign_out")


def posts_of(words) -> set[str]:
    """The posts that a word, a group or a list of both stands for."""
    if isinstance(words, str):
        words = [words]
    found = set()
    for word in words:
        group = TABLE["group"].get(word)
        found |= posts_of(group) if group else {word}
    return found


def _of(row, key, address, default=None):
    """A value of a rule that may differ from one of its addresses to another."""
    value = row.get(key, default)
    if isinstance(value, dict):
        return value.get(address, value.get("default", default))
    return value


def _read_rules() -> dict:
    rules = {}
    for row in TABLE["rule"]:
        for address in row["addresses"]:
            if address in rules:
                raise ValueError(f"{address} stands in two rules")
            rules[address] = row | {
                "name": address.split("#")[0],
                "methods": ALLOWED[_of(row, "methods", address)],
                "arguments": _of(row, "arguments", address, []),
                "anywhere": _of(row, "anywhere", address, False),
                "acts": {stand: posts_of(row[stand]) for stand in STANDS if stand in row},
                "posts": posts_of(row["posts"]) if "posts" in row else None,
            }
    return rules


RULES = _read_rules()
SEES = {
    kind: {stand: posts_of(words) for stand, words in rule.items()} for kind, rule in TABLE["sees"].items()
}


def stands(part, rule, place, house) -> set[str]:
    """The relations of a person to what an address is about."""
    kind = rule["kind"]
    if rule["anywhere"]:
        found = set()
        for name in PLACES:
            found |= relations(part, kind, house.places[name])
        return found
    found = relations(part, kind, place)
    if getattr(house.cast, part).pk in place.selves.get(kind, ()):
        found.add("self")
    return found


def expected(address, method, part, place, house) -> str:
    """`in`, 403, 404, 405, `sign-in` or `password`."""
    rule = RULES[address]
    if method not in rule["methods"]:
        return "405"
    if rule.get("public"):
        return rule.get("answer", "in")
    if part == "visitor":
        return "sign-in"
    if part == "newcomer" and rule["name"] not in NEWCOMERS_PAGES:
        return "password"
    post = EVERYBODY[part][2]
    if rule.get("signed_in"):
        return rule.get("answer", "in")
    found = stands(part, rule, place, house) if "kind" in rule else set()
    if "kind" in rule and not _sees(SEES[rule["kind"]], post, found):
        return "404"
    if rule["posts"] is not None:
        return "in" if post in rule["posts"] else "403"
    return "in" if any(post in rule["acts"].get(stand, ()) for stand in found) else "403"


def _sees(rule, post, found) -> bool:
    return any(post in rule.get(stand, ()) for stand in found)


def places_of(address) -> tuple[str, ...]:
    """The offices whose things an address is asked about."""
    rule = RULES[address]
    if rule.get("only"):
        return (rule["only"],)
    return PLACES if "kind" in rule and not rule["anywhere"] else PLACES[:1]


def arguments_of(address, place) -> list:
    """What stands in the address about this office's thing."""
    return [value_of(place, step) for step in RULES[address]["arguments"]]


def value_of(place, step):
    """`clue.public_id` of a place."""
    value = place
    for name in step.split("."):
        value = getattr(value, name)
    return value
