"""Filters that name people: kept in the session, so that no name or number is in an address.

Sessions lie in the database, so the values are sealed with a key made from the installation's
secret, which doesn't: a copy of the database tells nobody's name or number.
"""

import base64
import hashlib
import json
import secrets

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest

SESSION_KEY = "list_queries"
KEEP = 30


def keep(request: HttpRequest, name: str, values: dict[str, list[str]]) -> str:
    """Store the private filter values of list `name`; returns the id that goes into the address."""
    stored = request.session.get(SESSION_KEY, {})
    query_id = secrets.token_urlsafe(9)
    text = json.dumps(values, ensure_ascii=False).replace("\\u0000", "")
    stored[query_id] = {"list": name, "values": _box().encrypt(text.encode()).decode()}
    while len(stored) > KEEP:
        stored.pop(next(iter(stored)))
    request.session[SESSION_KEY] = stored
    return query_id


def recall(request: HttpRequest, name: str, query_id: str) -> dict[str, list[str]] | None:
    """The values stored under `query_id` for list `name`; None when they are gone."""
    sealed = request.session.get(SESSION_KEY, {}).get(query_id)
    if not sealed or sealed["list"] != name:
        return None
    try:
        return json.loads(_box().decrypt(sealed["values"].encode()))
    except (InvalidToken, AttributeError):
        return None


def _box() -> Fernet:
    digest = hashlib.sha256(f"list queries|{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
