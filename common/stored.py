"""Filters that name people: kept in the session, so that no name or number is in an address."""

import secrets

SESSION_KEY = "list_queries"
KEEP = 30


def keep(request, name: str, values: dict[str, list[str]]) -> str:
    """Store the private filter values of list `name`; returns the id that goes into the address."""
    stored = request.session.get(SESSION_KEY, {})
    query_id = secrets.token_urlsafe(9)
    stored[query_id] = {"list": name, "values": values}
    while len(stored) > KEEP:
        stored.pop(next(iter(stored)))
    request.session[SESSION_KEY] = stored
    return query_id


def recall(request, name: str, query_id: str) -> dict[str, list[str]] | None:
    """The values stored under `query_id` for list `name`; None when they are gone."""
    found = request.session.get(SESSION_KEY, {}).get(query_id)
    return found["values"] if found and found["list"] == name else None
