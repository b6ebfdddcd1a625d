"""Default deny: an address without an entry here is refused by the middleware.

Each app declares its addresses in its own policy.py (`POLICY`), config/policy.py puts them
together. An entry says who may come (posts), by which methods, and which thing the address is
about; the middleware fetches that thing through `visible_to` and answers 404 to a stranger
before any view runs, then 403 to a colleague without a fitting post.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.module_loading import import_string

from accounts import roles

PUBLIC = "public"
SIGNED_IN = "signed in"  # also somebody whose posts have all ended


@dataclass(frozen=True)
class Entry:
    """One address. `fetch(user, **kwargs)` returns the visible thing or None (404).

    `act` names (table, act): the posts then come from the act's row, not from a second list;
    a state that doesn't allow the act is the service's business, not the address's.
    """

    posts: frozenset | str = roles.BUSINESS
    methods: tuple[str, ...] = ("GET",)
    fetch: Callable | None = None
    act: object = None

    def codes(self) -> frozenset:
        """Posts that may come to this address."""
        if self.act is not None:
            return frozenset(self.act.roles | self.act.typists | self.act.receivers)
        return self.posts


def may_open(user, name: str) -> bool:
    """Whether a person's posts let them open an address: what a page asks before it links there."""
    entry = import_string("config.policy.POLICY")[name]
    return entry.posts in (PUBLIC, SIGNED_IN) or bool(user.role_codes & entry.codes())


READ = ("GET",)
FORM = ("GET", "POST")
WRITE = ("POST",)


def by_public_id(queryset_of: Callable):
    """A `fetch` for addresses with <public_id>: the visible row or None.

    `queryset_of()` returns a fresh queryset with `visible_to`.
    """

    def fetch(user, public_id, **_):
        return queryset_of().visible_to(user).filter(public_id=public_id).first()

    return fetch
