"""What every deed shares: lock and compare, write once, and answer a repeated form the same."""

import hashlib
import re
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from accounts.acts import Act, LandedElsewhere
from accounts.models import IdempotencyKey, Staged, User
from common.errors import KeyReused, Stale

KEPT = timedelta(hours=72)
KEY = re.compile(r"[\w-]{1,64}", re.ASCII)


def lock(thing: Model, version: int | str | None = None) -> Model:
    """Lock the row of `thing` and return it as it stands now; call inside a transaction.

    `version` is what the person had read; None skips the comparison (importers, tasks).
    Raises Stale, carrying the row as it stands, if somebody changed it meanwhile.
    """
    # Not the key: who only points at the row (a trail entry at its actor) needn't wait, and two
    # deeds that point at each other's rows don't block each other for good.
    model = thing._meta.model  # not type(thing): the person of a request is wrapped
    fresh = model._base_manager.select_for_update(no_key=True).get(pk=thing.pk)
    if version is not None and str(fresh.version) != str(version):
        raise Stale("您打开这一页之后，别人已作了改动。请核对改动，再决定是否提交。", fresh)
    return fresh


def save(thing: Model, act: Act | None = None, **values: object) -> dict:
    """Set `values` on a locked thing, raise its version, save; return {label: (old, new)}.

    A state changes by an `act` only, and only into one that the act's row names: else
    LandedElsewhere is raised and nothing is saved.
    """
    changes, was = {}, getattr(thing, "state", None)
    for name, value in values.items():
        if getattr(thing, name) != value:
            old = _shown(thing, name)
            setattr(thing, name, value)
            changes[str(thing._meta.get_field(name).verbose_name)] = (old, _shown(thing, name))
    check_landing(thing, act, was)
    if isinstance(thing, Staged) and thing.state != was:
        thing.stage_since = None if thing.state in thing.rests else timezone.localdate()
    if hasattr(thing, "version"):
        thing.version += 1
    thing.save()
    return changes


def check_landing(thing: Model, act: Act | None, was: str | None) -> None:
    """Raise LandedElsewhere unless `act` may bring `thing` from the state `was` to where it stands.

    `save` asks it; a service asks it itself where the state follows from other rows.
    """
    now = getattr(thing, "state", None)
    if act is not None:
        act.check_landing(was, now)
    elif now != was:
        raise LandedElsewhere(f"{thing._meta.label}: {was} -> {now} by no act")


def _shown(thing: Model, name: str) -> object:
    """A field's value as the screen says it (a choice by its label)."""
    field = thing._meta.get_field(name)
    if field.choices:
        return getattr(thing, f"get_{name}_display")()
    return getattr(thing, name)


def digest_of(*parts: object) -> str:
    """A digest of what a form brought, to tell a repeat from another content."""
    body = hashlib.sha256()
    for part in parts:
        body.update(repr(part).encode())
        body.update(b"\0")
    return body.hexdigest()


def once(*, by: User, key: str, act: str, digest: str, deed: Callable[[], str]) -> str:
    """Run `deed` (which returns the address to go to) once for this key; in one transaction.

    A double click, a refresh or a proxy's retry gets the first one's address and no second
    effect. Raises KeyReused if the same key comes with other content.
    """
    key = _kept(key)
    try:
        with transaction.atomic():
            row = IdempotencyKey(user=by, key=key, act=act, digest=digest)
            row.save(force_insert=True)
            row.result_url = deed()
            row.save(update_fields=["result_url"])
            return row.result_url
    except IntegrityError:
        earlier = IdempotencyKey.objects.filter(user=by, key=key).first()
        if earlier is None:
            raise
    if earlier.digest != digest:
        raise KeyReused("这张表已经提交过，内容与这次不同。请回到原页面重新打开再办理。")
    return earlier.result_url


def answered(*, by: User, key: str, digest: str) -> str:
    """Where a form with this key and the same content led already; "" if it is new.

    Asked before the form is checked: what was done may have made the same form invalid.
    """
    earlier = IdempotencyKey.objects.filter(user=by, key=_kept(key), digest=digest).first()
    return earlier.result_url if earlier else ""


def _kept(key: str) -> str:
    """A key as its row has it: what no page of ours gives may have any length and any sign."""
    return key if KEY.fullmatch(key) else hashlib.sha256(key.encode()).hexdigest()


def forget_old_keys(now: datetime | None = None) -> int:
    """Drop keys older than 72 hours; how many went."""
    limit = (now or timezone.now()) - KEPT
    return IdempotencyKey.objects.filter(created_at__lt=limit).delete()[0]
