"""Ids that an attacker puts where one of the own things belongs, and beside each one that leads nowhere."""

import uuid

from django import forms
from django.db import models

from accounts.models.base import random_id
from tests.security.house import BREAKS_OUT, CANARY
from tests.security.marking import rows_of
from tests.security.seeds import some

STRANGE = ("0", "-1", "9" * 30, "1e9", "٣", "None", "x" * 300, BREAKS_OUT, "1 OR 1=1", "..", "%2e%2e%2f")
NOBODYS_WORD = "雁7f3a"  # as long as the canary, and nowhere
TOKENS = {"csrfmiddlewaretoken", "_key", "_version", "_address"}
PICKED = {"select", "radio", "checkbox", "hidden", "button"}
WORDS = {"text", "search", "textarea"}
# Everybody may name these: where things lie, whom a thing goes to.
CALLED = {"party": "caseparty", "row": "caseparty", "into": "clue"}  # an id in a query, by its name
PUBLIC = len(random_id())
OPEN_BOOKS = {"accounts.Region", "accounts.Agency", "accounts.Standard"}


def nowhere(value: str) -> str:
    """An id of the same shape that leads to nothing."""
    if value == CANARY:
        return NOBODYS_WORD
    if value.isdigit():
        return "987654321"
    if value.endswith(("-zrzy", "-ga")):
        return "149999-zrzy"
    return ("A" * 24)[: len(value)] if value.isalnum() else str(uuid.UUID(int=7))


def strangers_of(house) -> list[models.Model]:
    """What hangs in the neighbour's place, or in another prefecture's, and not in one's own."""
    own = rows_of(house.places["own"])
    there = [*rows_of(house.places["foreign"]), *rows_of(house.elsewhere)]
    return [row for row in dict.fromkeys(there) if row not in own]


def ids_of(rows) -> list[str]:
    """Both ids of each row: the one in addresses and the one in the table."""
    found = []
    for row in rows:
        found += [str(row.pk), *([row.public_id] if getattr(row, "public_id", "") else [])]
    return list(dict.fromkeys(found))


def picks_of(response) -> dict[str, forms.ModelChoiceField]:
    """The fields on a page that stand for a row, by the name under which a browser sends them."""
    found = {}
    for form in _forms_of(response):
        for name, field in form.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                found[form.add_prefix(name)] = field
    return found


def _forms_of(response) -> list[forms.BaseForm]:
    """Every form that a page was drawn with."""
    found = {}
    contexts = response.context if isinstance(response.context, list) else [response.context]
    for scope in (scope for context in contexts for scope in getattr(context, "dicts", ())):
        for value in scope.values():
            if isinstance(value, forms.BaseForm):
                found[id(value)] = value
    return list(found.values())


def asked_values(name, values, strangers) -> list[str]:
    """What of the neighbour's could stand under this name behind the "?" of an address: ids of rows of the
    kind that it is called by; where a public id stands there now, some of any row."""
    rows = [row for row in strangers if row._meta.model_name == CALLED.get(name, name)]
    found = ids_of(rows) + [row.code for row in rows if getattr(row, "code", "")]
    if any(len(value) == PUBLIC for value in values):
        found += some([row.public_id for row in strangers if getattr(row, "public_id", "")], 6, name)
    return list(dict.fromkeys(found))


def foreign_values(control, picks, strangers) -> list[str]:
    """What of the neighbour's could be sent under this control's name."""
    if control.name in picks:
        field = picks[control.name]
        if field.queryset.model._meta.label in OPEN_BOOKS:
            return []
        named = field.to_field_name or "pk"
        return [str(getattr(row, named)) for row in strangers if isinstance(row, field.queryset.model)]
    if control.kind in WORDS:
        return [CANARY]
    return ids_of(strangers) if control.kind in PICKED else []
