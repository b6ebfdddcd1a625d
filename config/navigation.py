"""The menu as one table, and what every page's frame needs."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts import roles
from accounts.services import factor_duty, pulse
from campaigns import desk as campaigns_desk
from campaigns.acts import REPORTERS
from cases import desk as cases_desk
from clues import desk as clues_desk
from config.handbook import help_url
from ledgers import desk as ledgers_desk
from reminders.services.banners import banners


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


# Who reads no ledger keeps the township's books of a campaign.
ONLY_TOWNSHIP = frozenset({roles.REPORTER})
PLACES = (
    Place("工作台", "home", "layout-list", roles.EVERYONE, ""),
    Place("线索", "clues:list", "search-check", roles.CLUE_READERS, "/clues/", clues_desk.counts_for),
    Place("案件", "cases:list", "folder-open", roles.FILE_READERS, "/cases/", cases_desk.counts_for),
    Place(
        "移送",
        "cases:referrals",
        "send",
        roles.CASE_READERS,
        "/cases/referrals/",
        cases_desk.referral_counts_for,
    ),
    Place("时限", "reminders:clocks", "clock", roles.FILE_READERS, "/clocks/"),
    Place("台账", "ledgers:campaigns", "table-2", roles.LEDGER_READERS, "/ledgers/", ledgers_desk.counts_for),
    Place("专项行动", "campaigns:organisations", "table-2", ONLY_TOWNSHIP, "/ledgers/"),
    # Who keeps no ledger but owes papers: townships, departments, the procuratorate.
    Place(
        "报送任务",
        "campaigns:duties",
        "calendar-check",
        REPORTERS - roles.LEDGER_READERS,
        "/ledgers/duties/",
        campaigns_desk.counts_for,
    ),
    Place("法规", "law:statutes", "scale", roles.EVERYONE, "/law/"),
    Place("管理", "accounts:index", "settings", roles.EVERYONE, "/accounts/", also=("/reminders/",)),
)


def frame(request):
    """Navigation with counts of what waits for me, whose post I act in, and the inbox.

    Each is asked for where it is drawn: a piece of a page has no frame, and costs none.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {
        "navigation": SimpleLazyObject(lambda: _navigation(request)),
        "acting": SimpleLazyObject(lambda: _acting(user.current_postings)),
        "banners": SimpleLazyObject(lambda: [*_owed(request), *banners(user, timezone.now())]),
        "help_url": help_url(request.resolver_match.view_name if request.resolver_match else ""),
        "inbox": SimpleLazyObject(
            lambda: {"url": reverse("reminders:inbox"), "count": pulse.of(user)["unread"]}
        ),
        "account": SimpleLazyObject(lambda: _account(user)),
    }


def _account(user):
    return {
        "name": user.name,
        "posts": [{"label": str(posting)} for posting in user.current_postings],
        "password_url": reverse("accounts:change_password"),
        "sign_out_url": reverse("accounts:sign_out"),
    }


def _navigation(request):
    user = request.user
    places = [place for place in PLACES if user.role_codes & place.posts]
    counted = [place for place in places if place.counts]
    counts = pulse.kept(user, "badges", lambda: {place.label: place.counts(user) for place in counted})
    return [_line(place, places, request, counts.get(place.label, 0)) for place in places]


def _owed(request) -> list[dict]:
    """动态口令 that the person must turn on, and by when."""
    text = factor_duty.sentence(request)
    line = {"tone": "amber", "text": text, "url": reverse("accounts:second_factor"), "label": "现在启用"}
    return [line] if text else []


def _line(place, places, request, count):
    """One line; marked is the one of this person's `places` whose address the page's begins with longest."""
    path = request.path
    beginnings = {begin: each.begins for each in places for begin in (each.begins, *each.also) if begin}
    longest = max((begin for begin in beginnings if path.startswith(begin)), key=len, default="")
    return {
        "label": place.label,
        "url": reverse(place.address),
        "icon": place.icon,
        "count": count,
        "current": place.begins == beginnings.get(longest) if place.begins else path == "/",
    }


def _acting(posts):
    if not posts:
        return None
    agencies = list(dict.fromkeys(posting.agency.name for posting in posts))
    labels = list(dict.fromkeys(posting.get_role_display() for posting in posts))
    return {"agency": "、".join(agencies), "post": "、".join(labels)}
