"""No request holds a thread for ever: it has so many seconds, then its database refuses it, with a sentence.

What hands out a list or ledger, takes in a file or acts on many things may take longer; of the exports so few
go at once in one process that threads are left for everybody else, and one of each person's: who presses
again meanwhile gets a sentence. An export says so itself when it begins (`common.lists.exporting.begin`).
PostgreSQL's own limit of a statement (DATABASE_STATEMENT_SECONDS) moves with it. Python itself can't be
stopped half-way without harm, so a request ends at its next question to the database, or in the midst of
the one that it waits for.
"""

import contextlib
import fcntl
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial

from django.conf import settings
from django.db import OperationalError, connections
from django.http import HttpRequest, HttpResponse
from django.template import loader

from config import holding

BUSY, PRESSED_AGAIN = "exports_busy.html", "exports_again.html"
# Tells static/js/app.js that the file, or the page that says why there is none, has come.
ARRIVED = "export_arrived"
# Deeds on many things at once, which take long where there are many.
LONG = {
    *("accounts:merge_agency", "accounts:move_agency", "accounts:reassign_work", "accounts:verify"),
    *("clues:assign_clues", "clues:label_clues", "clues:merge_clue"),
    *("cases:assign_cases", "cases:label_cases"),
    *("ledgers:prepare_ledger", "ledgers:check", "ledgers:submit", "ledgers:accept_unchanged"),
    *("ledgers:consolidate", "ledgers:import_confirm", "ledgers:import_choose", "ledgers:import_undo"),
}
# What must get through so that a deed that was stopped is undone.
UNDOING = ("ROLLBACK", "RELEASE", "SAVEPOINT")
EXPORTS_AT_ONCE = 2
AGAIN = 1.0


class TookTooLong(OperationalError):
    """The request has had its time."""


class ExportsBusy(Exception):
    """No export begins now; `page` says why."""

    def __init__(self, page: str):
        super().__init__(page)
        self.page = page


class Request:
    """The time of one request, and the connection on which it may be waiting."""

    def __init__(self, seconds: float):
        self.begun, self.seconds, self.exports = time.monotonic(), seconds, False
        self.lock, self.over = threading.RLock(), False
        self.database = connections["default"]

    @property
    def left(self) -> float:
        """Seconds; below zero when there are none."""
        return self.begun + self.seconds - time.monotonic()

    def __call__(self, execute: Callable, sql: str, params, many, context):
        """Every statement goes through here (Django's execute_wrapper)."""
        if not sql.startswith(UNDOING):
            self.check()
        return execute(sql, params, many, context)

    def check(self) -> None:
        """Raise TookTooLong where no time is left."""
        if self.left < 0:
            raise TookTooLong(f"more than {self.seconds} s")

    def give(self, seconds: float) -> None:
        """So much time in all; a single statement may take it too."""
        self.seconds = seconds
        if self.database.vendor == "postgresql":
            self._say(f"SET statement_timeout = {max(int(seconds * 1000), 1)}")
            self.database.given = True

    def begin(self) -> None:
        """A connection that was given more by an earlier request has its usual limit again."""
        if getattr(self.database, "given", False):
            self.database.given = False
            self._say("RESET statement_timeout")

    def _say(self, sql: str) -> None:
        with self.database.cursor() as cursor:
            cursor.execute(sql)

    def stop(self) -> None:
        """End the statement that is running, from another thread; none may be."""
        with self.lock:
            connection = self.database.connection
            if self.over or connection is None:
                return
            with contextlib.suppress(Exception):
                (getattr(connection, "cancel", None) or connection.interrupt)()

    def end(self) -> None:
        """The connection is somebody else's from now on."""
        with self.lock:
            self.over = True


class Watch:
    """Looks once a second for requests that wait for the database beyond their time; one in each process."""

    def __init__(self):
        self.requests: set[Request] = set()
        self.lock, self.thread = threading.Lock(), None

    def begin(self, request: Request) -> None:
        """From now on; the thread begins with the first request, because gunicorn forks before it."""
        self.requests.add(request)
        with self.lock:
            if self.thread is None or not self.thread.is_alive():
                self.thread = threading.Thread(target=self._look, daemon=True, name="time-limit")
                self.thread.start()

    def end(self, request: Request) -> None:
        """The request is over; its connection is somebody else's."""
        self.requests.discard(request)
        request.end()

    def _look(self) -> None:
        while True:
            time.sleep(AGAIN)
            for request in tuple(self.requests):
                if request.left < 0:
                    request.stop()


WATCH = Watch()


class Stream:
    """The pieces of an answer that is made while it is sent: its request goes on until the last of them, and
    then calls `end`, once. The server closes it; an answer that is lost before is closed with it."""

    def __init__(self, pieces: Iterator[bytes], limit: Request, end: Callable[[], None]):
        self.pieces, self.limit, self.end = pieces, limit, end

    def __iter__(self) -> "Stream":
        return self

    def __next__(self) -> bytes:
        try:
            self.limit.check()
            # For each piece anew: who sends may do other things on this connection in between.
            with self.limit.database.execute_wrapper(self.limit):
                return next(self.pieces)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """No more pieces are asked for."""
        end, self.end = self.end, None
        if end:
            end()

    __del__ = close


class Places:
    """Where exports go on: some in each process, one of each person's on this host."""

    def __init__(self):
        self.free = threading.Semaphore(EXPORTS_AT_ONCE)

    def take(self, person: int) -> Callable[[], None]:
        """How the place is left again; ExportsBusy where there is none."""
        own = holding.locked(f"exporting/{person}.lock", fcntl.LOCK_EX)
        if own is None:
            raise ExportsBusy(PRESSED_AGAIN)
        if not self.free.acquire(blocking=False):
            own.close()
            raise ExportsBusy(BUSY)

        def leave() -> None:
            self.free.release()
            own.close()

        return leave


class TimeLimitMiddleware:
    """Gives each request its time. It stands inside what keeps the session: that is kept in any case."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.places = Places()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.REQUEST_SECONDS:
            return self.get_response(request)
        request.limit, request.leave = Request(settings.REQUEST_SECONDS), None
        request.begin_export = partial(self._begin_export, request)
        request.limit.begin()
        WATCH.begin(request.limit)
        response = None
        try:
            with request.limit.database.execute_wrapper(request.limit):
                response = self.get_response(request)
        finally:
            # A file was written before it is sent: only what is made while it is sent goes on.
            is_file = getattr(response, "file_to_stream", None) is not None
            goes_on = getattr(response, "streaming", False) and not is_file
            if not goes_on:
                self._end(request)
        if goes_on:
            pieces, end = response.streaming_content, partial(self._end, request)
            response.streaming_content = Stream(pieces, request.limit, end)
        if request.limit.exports:
            response.set_cookie(ARRIVED, "1", samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
        return response

    def _end(self, request: HttpRequest) -> None:
        WATCH.end(request.limit)
        if request.leave:
            request.leave()

    def process_view(self, request: HttpRequest, view, args, kwargs) -> None:
        """More time for files and for deeds on many things."""
        long = request.resolver_match.view_name in LONG or request.content_type == "multipart/form-data"
        if settings.REQUEST_SECONDS and long:
            request.limit.give(settings.EXPORT_SECONDS)

    def _begin_export(self, request: HttpRequest) -> None:
        """An export's time and place; ExportsBusy where there is none."""
        request.limit.exports = True
        if request.leave is None:
            request.leave = self.places.take(request.user.pk)
            request.limit.give(settings.EXPORT_SECONDS)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page of an export that didn't begin."""
        if isinstance(error, ExportsBusy):
            return HttpResponse(loader.render_to_string(error.page), status=503)
        return None
