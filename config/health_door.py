"""/health/: one word within a second, without a session, whatever hangs behind it."""

import threading

from django.db import connection, connections
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from config import health

ADDRESS = "/health/"
SECONDS = 0.8


class HealthMiddleware:
    """Answers before anything asks for a session."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path == ADDRESS and request.method in ("GET", "HEAD"):
            return answer(request)
        return self.get_response(request)


class Question(threading.Thread):
    """The checks, made beside the request; what isn't known yet isn't well."""

    def __init__(self):
        super().__init__(daemon=True)
        self.well = False

    def run(self):
        """Make the checks with connections of our own, which are closed afterwards."""
        try:
            self.well = health.all_well(timezone.now())
        finally:
            connections.close_all()


class Door:
    """At most one question at a time: who comes while one hangs waits for the same one."""

    def __init__(self):
        self.lock, self.question = threading.Lock(), None

    def well(self) -> bool:
        """Whether all was found well within SECONDS."""
        if connection.in_atomic_block:
            return health.all_well(timezone.now())  # only this connection sees what it wrote
        with self.lock:
            if self.question is None or not self.question.is_alive():
                self.question = Question()
                self.question.start()
            question = self.question
        question.join(SECONDS)
        return question.well


DOOR = Door()


@never_cache
def answer(request):
    """`ok` or, with status 503, `degraded`; nothing more for whoever asks."""
    if DOOR.well():
        return HttpResponse("ok\n", content_type="text/plain")
    return HttpResponse("degraded\n", content_type="text/plain", status=503)
