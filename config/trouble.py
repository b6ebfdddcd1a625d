"""The page of a fault: told apart are a full disk and a busy database, which a person can act on."""

import errno
import sqlite3
import sys
from collections.abc import Iterator

from django.http import HttpResponse
from django.template import loader
from django.views.defaults import server_error

FULL, BUSY = "507.html", "503.html"
STATUS = {FULL: 507, BUSY: 503}
# disk_full; lock_not_available, query_canceled (statement_timeout)
POSTGRESQL = {"53100": FULL, "55P03": BUSY, "57014": BUSY}
SQLITE = {sqlite3.SQLITE_FULL: FULL, sqlite3.SQLITE_BUSY: BUSY, sqlite3.SQLITE_LOCKED: BUSY}
SYSTEM = {errno.ENOSPC: FULL, errno.EDQUOT: FULL}


def failed(request):
    """handler500: Django calls it while the fault is being handled, so that it can be looked at."""
    page = page_of(sys.exc_info()[1])
    if not page:
        return server_error(request)
    # Like Django's own: without the request, because what a frame asks for may fail again.
    return HttpResponse(loader.get_template(page).render(), status=STATUS[page])


def page_of(error: BaseException | None) -> str:
    """The page for a fault, or "" for one that only a technician understands."""
    for each in _causes(error):
        page = (
            POSTGRESQL.get(getattr(each, "pgcode", None) or "")
            or SQLITE.get((getattr(each, "sqlite_errorcode", None) or 0) & 0xFF)
            or (SYSTEM.get(each.errno) if isinstance(each, OSError) else None)
        )
        if page:
            return page
    return ""


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
