"""What an entry of the trail says, in one canonical form, and its hash."""

import hashlib
from datetime import UTC, date, datetime, time
from decimal import Decimal

from django.db import models
from django.utils import timezone

from accounts.models import TrailEntry
from common.digests import canonical

GENESIS = "0" * 64


def plain(value: object) -> object:
    """A JSON-ready copy: dates as ISO text, decimals as text, things by their name."""
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, models.Model):
        return str(value)
    return value


# In the order in which their names sort: the body is written once, in canonical form.
HASHED = (
    "act",
    "actor_id",
    "agency_id",
    "at",
    "chain",
    "changes",
    "happened_on",
    "label",
    "origin",
    "previous",
    "reason",
    "role",
    "sealed",
    "seq",
    "subject_id",
    "subject_kind",
)


def entry_hash(entry: TrailEntry) -> str:
    """SHA-256 over every field of the entry in canonical JSON, the time to the microsecond."""
    return hash_of(*(getattr(entry, name) for name in HASHED))


def hash_of(*values: object) -> str:
    """The hash over the values of HASHED, in that order; `changes` and `sealed` are plain already."""
    body = dict(zip(HASHED, values, strict=True))
    if not body["sealed"]:
        del body["sealed"]  # nor was it there before rows were sealed
    body["at"] = body["at"].astimezone(UTC).isoformat(timespec="microseconds")
    if body["happened_on"] is not None:
        body["happened_on"] = body["happened_on"].isoformat()
    return hashlib.sha256(canonical(body).encode()).hexdigest()
