"""Keeping a list's filters under a name, for oneself or one's office; wanting to hear of what is new."""

import json
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from accounts import word_guards
from accounts.models import Agency, Posting, User, local_today
from accounts.services import deeds, secrets, trail
from common.errors import Refused
from reminders.acts import SAVED_ACTS
from reminders.models import FilterDigest, SavedFilter
from reminders.services import saved_reading

MOST_FILTERS, MOST_ROWS = 30, 2000
TOO_WIDE = "符合条件的超过 2,000 条，条件太宽，不能每天提示。请加条件另存一个。"


@dataclass(frozen=True)
class Conditions:
    """What a list was asked for: the query of its address, and the values that may name people."""

    query: str = ""
    private: dict[str, list[str]] | None = None


@transaction.atomic
def save_filter(
    *, by: User, list_name: str, name: str, conditions: Conditions, shared: bool = False
) -> SavedFilter:
    """Keep what a list was asked for; one's own filter of that name gets the new conditions."""
    name, agency = " ".join(name.split()), _office(by) if shared else None
    if not name:
        raise Refused("请填写名称。")
    _guard(by, agency, name)
    if not (conditions.query or conditions.private):
        raise Refused("列表上没有选条件，没有可以保存的。先选条件再保存。")
    if len(conditions.query) > 1000:
        raise Refused("条件太长，不能保存。请去掉几个条件。")
    own = SavedFilter.objects.filter(owner=by)
    saved = own.filter(list_name=list_name, name=name).first()
    if saved is None and own.count() >= MOST_FILTERS:
        raise Refused(f"每人最多保存 {MOST_FILTERS} 个常用条件，请先删除不用的。")
    saved = saved or SavedFilter(owner=by, list_name=list_name, name=name)
    saved.query, saved.agency = conditions.query, agency
    text = json.dumps(conditions.private, ensure_ascii=False) if conditions.private else ""
    saved.private_sealed = secrets.seal(text, saved, "private_sealed")
    saved.version += saved.pk is not None
    saved.save()
    for digest in saved.digests.select_related("person"):
        _look_anew(digest)
    _record(by, "save_filter", saved)
    return saved


@transaction.atomic
def amend_filter(
    *, by: User, saved: SavedFilter, name: str, shared: bool, version: int | str | None = None
) -> SavedFilter:
    """Another name, shared or not; who keeps it may."""
    saved = _own(by, saved, version)
    name = " ".join(name.split())
    taken = SavedFilter.objects.filter(owner=by, list_name=saved.list_name, name=name).exclude(pk=saved.pk)
    if not name or taken.exists():
        raise Refused("请填写名称。" if not name else f"已有名称是“{name}”的常用条件，请换一个。")
    agency = _office(by) if shared else None
    _guard(by, agency, name)
    deeds.save(saved, name=name, agency=agency)
    _record(by, "amend_filter", saved)
    return saved


@transaction.atomic
def drop_filter(*, by: User, saved: SavedFilter, version: int | str | None = None) -> SavedFilter:
    """It is gone, for whoever used it too. One's own, or one that was left in an office one leads or
    administers."""
    left = left_to(by).filter(pk=saved.pk).exists()
    saved = deeds.lock(saved, version) if left else _own(by, saved, version)
    _record(by, "drop_filter", saved)
    saved.delete()
    return saved


def left_to(user: User) -> QuerySet[SavedFilter]:
    """Those that were left in an office the person leads or administers."""
    return SavedFilter.objects.left_to(user)


@transaction.atomic
def follow_filter(*, by: User, saved: SavedFilter) -> FilterDigest:
    """From the next workday on, hear of what comes in; what is there now is known already."""
    digest, _ = FilterDigest.objects.get_or_create(
        saved=saved, person=by, defaults={"looked_on": local_today()}
    )
    _look_anew(digest)
    _record(by, "follow_filter", saved)
    return digest


@transaction.atomic
def unfollow_filter(*, by: User, saved: SavedFilter) -> SavedFilter:
    """Hear no more of it."""
    FilterDigest.objects.filter(saved=saved, person=by).delete()
    _record(by, "unfollow_filter", saved)
    return saved


def keys_in(user: User, saved: SavedFilter) -> list[int] | None:
    """The keys of all that a person finds in a filter; None where its list isn't theirs. Raises Refused
    where it is too much to tell what is new."""
    page = saved_reading.page_for(user, saved)
    if page is None:
        return None
    keys = list(page.rows.order_by().values_list("pk", flat=True)[: MOST_ROWS + 1])
    if len(keys) > MOST_ROWS:
        raise Refused(TOO_WIDE)
    return sorted(set(keys))


def _look_anew(digest: FilterDigest) -> None:
    digest.seen, digest.looked_on = keys_in(digest.person, digest.saved) or [], local_today()
    digest.save()


def _own(by: User, saved: SavedFilter, version: int | str | None) -> SavedFilter:
    saved = deeds.lock(saved, version)
    if saved.owner_id != by.pk:
        raise Refused("这是别人保存的，由保存的人修改、删除。")
    return saved


def _guard(by: User, agency: Agency | None, name: str) -> None:
    """What a whole office reads names nobody who must stay unnamed."""
    if agency is not None:
        word_guards.ask(by, agency, [name])


def _office(by: User) -> Agency:
    posting: Posting | None = next(iter(by.current_postings), None)
    if posting is None:
        raise Refused("现在没有岗位，不能共享。")
    return posting.agency


def _record(by: User, act: str, saved: SavedFilter) -> None:
    """In the person's own chain. Conditions may name people: the list and the name alone are told."""
    known = saved_reading.LISTS.get(saved.list_name)  # none: a list of an earlier version
    changes = {
        "列表": ("", known.label if known else saved.list_name),
        "名称": ("", saved.name),
        "共享给": ("", str(saved.agency or "")),
    }
    if saved.owner_id != by.pk:
        changes["保存人"] = (str(saved.owner), "")
    trail.record(by=by, act=SAVED_ACTS.get(act), thing=by, changes=changes)
