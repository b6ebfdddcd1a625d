"""No page before the keys were compared, where the database was away at the start."""

import logging
import threading

from django.db import Error
from django.http import HttpResponse
from django.template import loader

from common.errors import Refused
from config import house_keys

_SHUT = threading.Event()
_LOG = logging.getLogger(__name__)


def shut() -> None:
    """From now on nothing but /health/ answers, until the keys were compared."""
    _SHUT.set()


class KeyMiddleware:
    """While the door is shut each request compares first; the one that can opens it for all."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if _SHUT.is_set() and not _opened():
            # Without the request: what a frame asks for is in the database.
            return HttpResponse(loader.get_template("not_yet.html").render(), status=503)
        return self.get_response(request)


def _opened() -> bool:
    try:
        house_keys.check()
    except Error:
        return False
    except Refused as refusal:
        _LOG.error(refusal.sentence)
        return False
    _SHUT.clear()
    return True
