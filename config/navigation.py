"""The menu as one table, and what every page's frame needs."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from accounts import roles
from cases import desk as cases_desk
from clues import desk as clues_desk
from ledgers import desk as ledgers_desk
from reminders.services.banners import banners
from reminders.services.inbox import unread


@dataclass(frozen=True)
class Place:
    """One line of the menu: where it goes, who sees it, and whose open work it counts.

    It is marked where an address begins with `begins`, or with one of `also`.
    """

    label: str
    address: str
    icon: str
    posts: frozenset
    begins: str
    counts: object = None
    also: tuple[str, ...] = ()


PLACES = (
    Place("工作台", "home", "layout-list", roles.EVERYONE, ""),
    Place("线索", "clues:list", "search-check", roles.CLUE_READERS, "/clues/", clues_desk.counts_for),
    Place(
        "案件",
        "cases:list",
        "folder-open",
        roles.COUNTY_STAFF | roles.UPPER,
        "/cases/",
        cases_desk.counts_for,
    ),
    Place(
        "移送",
        "cases:referrals",
        "send",
        roles.CASE_READERS,
        "/cases/referrals/",
        cases_desk.referral_counts_for,
    ),
    Place("台账", "ledgers:campaigns", "table-2", roles.LEDGER_READERS, "/ledgers/", ledgers_desk.counts_for),
    Place("法规", "law:statutes", "scale", roles.EVERYONE, "/law/"),
    Place("管理", "accounts:index", "settings", roles.EVERYONE, "/accounts/", also=("/reminders/",)),
)


def frame(request):
    """Navigation with counts of what waits for me, whose post I act in, and the inbox."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    posts = user.current_postings
    return {
        "navigation": [_line(place, request) for place in PLACES if user.role_codes & place.posts],
        "acting": _acting(posts),
        "banners": banners(user, timezone.now()),
        "inbox": {"url": reverse("reminders:inbox"), "count": unread(user)},
        "account": {
            "name": user.name,
            "posts": [{"label": str(posting)} for posting in posts],
            "password_url": reverse("accounts:change_password"),
            "sign_out_url": reverse("accounts:sign_out"),
        },
    }


def _line(place, request):
    path = request.path
    beginnings = {begin: each.begins for each in PLACES for begin in (each.begins, *each.also) if begin}
    longest = max((begin for begin in beginnings if path.startswith(begin)), key=len, default="")
    return {
        "label": place.label,
        "url": reverse(place.address),
        "icon": place.icon,
        "count": place.counts(request.user) if place.counts else 0,
        "current": place.begins == beginnings.get(longest) if place.begins else path == "/",
    }


def _acting(posts):
    if not posts:
        return None
    agencies = list(dict.fromkeys(posting.agency.name for posting in posts))
    labels = list(dict.fromkeys(posting.get_role_display() for posting in posts))
    return {"agency": "、".join(agencies), "post": "、".join(labels)}
