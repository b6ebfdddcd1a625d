"""A kept filter put to its list again: always as the person who asks, whoever kept it."""

import json

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from accounts.models import User
from accounts.policy import may_open
from accounts.services import secrets
from common import stored
from common.lists.asked import OWN_WORDS
from common.lists.page import ListPage
from reminders.models import SavedFilter
from reminders.saved_lists import LISTS, SavedList

SORT = "sort"


def list_for(user: User, name: str) -> SavedList | None:
    """The list of this name, if the person's posts open it."""
    known = LISTS.get(name)
    return known if known and may_open(user, known.url_name) else None


def parts_of(page: ListPage) -> tuple[str, dict[str, list[str]]]:
    """What a list was asked for, in two parts: the query that may stand in an address, in a settled
    order, and the values that may name people."""
    public = []
    for name in sorted(page.asked.params):
        if name in page.asked.private or (name in OWN_WORDS and name != SORT):
            continue
        public += [(name, value) for value in page.asked.params.getlist(name) if value]
    query = QueryDict(mutable=True)
    for name, value in public:
        query.appendlist(name, value)
    values = page.asked.values
    private = {name: values.getlist(name) for name in sorted(page.asked.private) if values.get(name)}
    return query.urlencode(), private


def private_of(saved: SavedFilter) -> dict[str, list[str]]:
    """The values that may name people."""
    text = secrets.open_sealed(saved.private_sealed, saved, "private_sealed")
    return json.loads(text) if text else {}


def address_of(request: HttpRequest, saved: SavedFilter) -> str:
    """Where the list shows it; what may name people goes into the session, as when it was typed."""
    url, private, query = reverse(LISTS[saved.list_name].url_name), private_of(saved), QueryDict(saved.query)
    query = query.copy()
    if private:
        query["q"] = stored.keep(request, saved.list_name, private)
    return f"{url}?{query.urlencode()}" if query else url


def page_for(user: User, saved: SavedFilter) -> ListPage | None:
    """The list narrowed by the filter, with the rights of `user`; None where they don't open the list."""
    known = list_for(user, saved.list_name)
    if known is None:
        return None
    request = asking(user, known, saved.query)
    if private := private_of(saved):
        request.GET = request.GET.copy()
        request.GET["q"] = stored.keep(request, saved.list_name, private)
    return known.page(request)


def asking(user: User, known: SavedList, query: str, session: object = None) -> HttpRequest:
    """A request for the list by nobody's browser."""
    request = HttpRequest()
    request.method, request.path = "GET", reverse(known.url_name)
    request.user, request.session = user, {} if session is None else session
    request.GET = QueryDict(query)
    return request
