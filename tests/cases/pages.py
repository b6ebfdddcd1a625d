"""What the tests of this app ask of pages: addresses, posts, rows of a form, the trail, clocks."""

import secrets

from django.urls import reverse

from accounts.models import Clock, TrailEntry
from accounts.services import trail
from tests.frames import bare_frame

STRANGERS = ("neighbour_chief", "neighbour_handler", "neighbour_police", "other_prefecture")
COLLEAGUES = ("intake", "handler", "brigade_head", "legal", "deputy", "chief", "liaison", "checker")


def at(thing, name: str) -> str:
    """The address of an act or page on a thing."""
    return reverse(f"cases:{name}", args=[thing.public_id])


def post(client, thing, act: str, /, **values):
    """Post an act's form as the page would: with its key and the version now read."""
    thing.refresh_from_db()
    return client.post(at(thing, act), {"_key": secrets.token_hex(8), "_version": thing.version, **values})


def rows(prefix: str, *items: dict) -> dict:
    """A table of a form as a browser sends it."""
    data = {f"{prefix}-TOTAL_FORMS": str(len(items)), f"{prefix}-INITIAL_FORMS": "0"}
    for place, item in enumerate(items):
        data |= {f"{prefix}-{place}-{name}": value for name, value in item.items()}
    return data


@bare_frame()
def assert_only(cast, sign_in, thing, name: str, *posts: str) -> None:
    """Strangers get 404, colleagues without a fitting post 403, on reading as on posting."""
    for part in STRANGERS:
        client = sign_in(getattr(cast, part))
        assert client.get(at(thing, name)).status_code == 404, part
        assert client.post(at(thing, name), {}).status_code == 404, part
    for part in COLLEAGUES:
        client = sign_in(getattr(cast, part))
        expected = {200} if part in posts else {403}
        assert client.get(at(thing, name)).status_code in expected, part
        if part not in posts:
            assert client.post(at(thing, name), {}).status_code == 403, part


def last_entry(thing) -> TrailEntry:
    """The newest entry of a thing's chain."""
    return TrailEntry.objects.filter(chain=trail.chain_of(thing)).latest("seq")


def open_clocks(thing) -> dict:
    """{kind: clock} of the clocks that run on a thing."""
    found = Clock.objects.filter(subject_kind=thing._meta.label_lower, subject_id=thing.pk, met_at=None)
    return {clock.kind: clock for clock in found}
