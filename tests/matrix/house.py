"""A house full of people and things, made once for many cells; and how people stand to things."""

import copy
import logging
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from unittest import mock

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpResponse, HttpResponseNotFound
from django.test import Client, override_settings
from django.utils import timezone

from accounts import middleware, roles
from accounts.models import Grant, Standard, User
from campaigns.models import Campaign, CampaignMember
from config import navigation, urls
from reminders.models import Notice
from tests.cast import AGENCIES, PEOPLE, REGIONS, add_person, build_cast
from tests.matrix.things import build_things, grant

PARENTS = {code: parent for code, _, _, _, parent in AGENCIES}
DIVISION = {code: region for code, _, _, region, _ in AGENCIES}
LIES_IN = {code: parent for code, _, _, parent in REGIONS}
MEMBERS = ("141122-zrzy", "141121-zrzy", "141100-zrzy", "141122-ga", "141121-ga", "141100-ga")
# People whom the cast lacks: (name, office, post). A post of None has ended.
MORE = {
    "prefecture_handler": ("市承办", "141100-zrzy", roles.HANDLER),
    "prefecture_chief": ("市局长", "141100-zrzy", roles.CHIEF),
    "prefecture_liaison": ("市联络", "141100-zrzy", roles.LIAISON),
    "prefecture_checker": ("市核对", "141100-zrzy", roles.CHECKER),
    "prefecture_system": ("市系统", "141100-zrzy", roles.SYSTEM_ADMIN),
    "prefecture_police": ("市公安", "141100-ga", roles.POLICE),
    "former": ("前承办", "141122-zrzy", None),
    "newcomer": ("新承办", "141122-zrzy", roles.HANDLER),
}
EVERYBODY = PEOPLE | MORE
OF_TOWNSHIP = ("clue", "clue_file", "township_book", "township_campaign")
PARTS = (*EVERYBODY, "visitor")
PLACES = ("own", "foreign", "upper")
FAR_AHEAD = 2**40
OUTSIDERS = ("police", "neighbour_police", "prefecture_police", "procurator", "department")


@contextmanager
def open_house():
    """The house, kept for as long as a module of tests needs it, and then as if it never was."""
    logging.disable(logging.WARNING)  # every refusal is a line of the log, thousands here
    try:
        with sessions_in_cookies(), transaction.atomic():
            house = build_house()
            with people_at_hand(house):
                yield house
            transaction.set_rollback(True)
    finally:
        logging.disable(logging.NOTSET)


def sessions_in_cookies():
    """Sessions that cost no query, and that no request of another cell can have written into."""
    return override_settings(SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies")


def people_at_hand(house):
    """Everybody read once with the posts held today: who somebody is doesn't change from cell to
    cell, for every cell is rolled back. The session still says who asks; each request gets a copy."""
    people = {str(each.pk): each for each in User.objects.all()}
    for each in people.values():
        assert each.role_codes is not None  # reads the posts

    def get_user(request):
        known = people.get(request.session.get(auth.SESSION_KEY))
        return copy.copy(known) if known and known.is_active else AnonymousUser()

    return mock.patch.object(auth, "get_user", get_user)


@contextmanager
def plain_refusals():
    """403 and 404 without a page: the policy has answered, and only the status is looked at."""

    def refused(request, template, context=None, status=200):
        return HttpResponse(status=status)

    def not_found(request, exception):
        return HttpResponseNotFound()

    with (
        mock.patch.object(middleware, "render", refused),
        mock.patch.object(urls, "handler404", not_found, create=True),
    ):
        yield


@contextmanager
def counts_once():
    """The frame asks what waits for a person, not for whose page: in this house once a person."""

    def kept(count):
        known = {}

        def counted(user, *rest):
            if user.pk not in known:
                known[user.pk] = count(user, *rest)
            return known[user.pk]

        return counted

    places = tuple(
        replace(place, counts=kept(place.counts) if place.counts else None) for place in navigation.PLACES
    )
    with ExitStack() as stack:
        stack.enter_context(mock.patch.object(navigation, "PLACES", places))
        for home, name in ((navigation, "banners"), (navigation.pulse, "of")):
            stack.enter_context(mock.patch.object(home, name, kept(getattr(home, name))))
        yield


def build_house() -> SimpleNamespace:
    """The cast and three offices' things; in `taken_back` every grant was given and revoked."""
    cast = build_cast()
    for part, (name, code, post) in MORE.items():
        posts = (post,) if post else ()
        setattr(cast, part, add_person(part, name, cast.agencies[code], *posts))
    add_ended_post(cast.former, cast.county)
    User.objects.filter(pk=cast.newcomer.pk).update(must_change_password=True)
    campaign = Campaign.objects.create(
        code="matrix", name="专项行动", region=cast.regions["141100"], from_day=date(2026, 1, 1)
    )
    for code in MEMBERS:
        CampaignMember.objects.create(campaign=campaign, agency=cast.agencies[code])
    house = SimpleNamespace(cast=cast, campaign=campaign, places=_places(cast, campaign))
    _grants(house)
    notice = Notice.objects.create(recipient=cast.newcomer, key="matrix", kind="x", title="消息")
    standard = Standard.objects.create(
        key="x", label="标准", unit="元", value=1, valid_from=date(2026, 1, 1), document="文件"
    )
    for place in house.places.values():
        place.notice, place.standard = notice, standard
    house.clients = {part: _client(part, cast) for part in PARTS}
    return house


def add_ended_post(person, agency):
    """A post that ended on the last day of last year."""
    person.postings.create(
        agency=agency, role=roles.HANDLER, since=date(2018, 1, 1), until=date(2025, 12, 31)
    )


def _places(cast, campaign):
    office = cast.agencies.get
    own = SimpleNamespace(
        handler=cast.handler,
        liaison=cast.liaison,
        chief=cast.chief,
        delegate=cast.legal,
        subject=cast.second_handler,
    )
    foreign = SimpleNamespace(
        handler=cast.neighbour_handler,
        liaison=cast.neighbour_liaison,
        chief=cast.neighbour_chief,
        delegate=cast.neighbour_checker,
        subject=cast.neighbour_checker,
    )
    upper = SimpleNamespace(
        handler=cast.prefecture_handler,
        liaison=cast.prefecture_liaison,
        chief=cast.prefecture_chief,
        delegate=cast.prefecture_checker,
        subject=cast.statistics,
    )
    police, jc, township = office("141122-ga"), office("141122-jc"), office("141122100-zrzy")
    return {
        "own": build_things(campaign, cast.county, police, own, township=township, copied_to=jc),
        "foreign": build_things(campaign, cast.neighbour, office("141121-ga"), foreign),
        "upper": build_things(campaign, office("141100-zrzy"), office("141100-ga"), upper),
        "taken_back": build_things(campaign, cast.county, police, own, copied_to=jc),
    }


def _grants(house):
    office, by = house.cast.agencies.get, house.cast.handler
    given = {
        "own": {
            "case": ("141122-ga", "141122-jc"),
            "clue": ("141122-sl", "141122-ga"),
            "secretclue": ("141122-ga", "141122-sl"),
        },
        "foreign": {"case": ("141121-ga",)},
        "upper": {},
        "taken_back": {
            "case": ("141122-ga", "141122-jc"),
            "clue": ("141122-sl", "141122-ga"),
            "secretclue": ("141122-ga", "141122-sl"),
        },
    }
    for name, kinds in given.items():
        place = house.places[name]
        for kind, codes in kinds.items():
            for code in codes:
                row = grant(getattr(place, kind), kind, office(code), by)
                if name == "taken_back":
                    Grant.objects.filter(pk=row.pk).update(revoked_at=timezone.now())
        held = {} if name == "taken_back" else kinds
        place.granted = {kind: set(held.get("case", ())) for kind in ("case", "referral")}
        place.granted["package_file"] = place.granted["case"]
        place.granted["secret_clue"] = set(held.get("secretclue", ()))
        place.granted |= {kind: set(held.get("clue", ())) for kind in ("clue", "clue_file")}


def _client(part, cast):
    client = Client(raise_request_exception=False)
    if part != "visitor":
        client.force_login(getattr(cast, part), "accounts.backends.PersonBackend")
        session = client.session
        session["seen"] = FAR_AHEAD  # so that no request saves the session again
        session.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
    client.kept_session = cookie.value if cookie else None
    return client


def request(client, method, url, data=None, **extra):
    """One request under the session the client began with, whatever the last answer did to it."""
    client.cookies.clear()
    if client.kept_session:
        client.cookies[settings.SESSION_COOKIE_NAME] = client.kept_session
    if data is not None:
        return client.post(url, data, **extra)
    return client.generic(method, url, **extra)


def relations(part, kind, place) -> set[str]:
    """How a person stands to a thing of this kind in this place: by the tree written above."""
    code, mine = EVERYBODY[part][1], place.agency.code
    found = set()
    if kind == "office" or code == mine:
        found.add("home")
    elif code in _line_above(mine):
        found.add("above")
    elif mine in _line_above(code):
        found.add("below")
    if DIVISION[mine] in _divisions_of(code):
        found.add("within")
    origin = place.clue.origin_agency
    if kind in OF_TOWNSHIP and origin and origin.code == code:
        found.add("origin")
    if code == place.police.code:
        found.add("station")
    if code in place.granted.get(kind, ()):
        found.add("granted")
    return found


def _divisions_of(code) -> list[str]:
    """The division of an office and those it lies in."""
    line = [DIVISION[code]]
    while parent := LIES_IN[line[-1]]:
        line.append(parent)
    return line


def _line_above(code) -> list[str]:
    line = []
    while code := PARENTS[code]:
        line.append(code)
    return line
