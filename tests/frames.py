"""The frame around every page counts what waits for a person: queries that say nothing of who may come."""

from contextlib import contextmanager
from unittest import mock

from config import navigation


@contextmanager
def bare_frame():
    """Pages without the menu's counts and banners, where only statuses are looked at."""
    with (
        mock.patch.object(navigation, "PLACES", ()),
        mock.patch.object(navigation, "banners", lambda user, now: []),
        mock.patch.object(navigation.pulse, "of", lambda user: {"unread": 0, "deed": 0}),
    ):
        yield
