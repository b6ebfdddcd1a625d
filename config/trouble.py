"""The pages of what is too large to take and of a fault.

Told apart are a full disk, a busy database and a request that took too long, on which a person can act.
"""

import errno
import shutil
import sqlite3
import sys
from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import DisallowedRedirect, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponse
from django.template import loader
from django.views.defaults import server_error

from common.addresses import sent_from
from config.time_limit import TookTooLong

FULL, BUSY, SLOW = "507.html", "503.html", "504.html"
STATUS = {FULL: 507, BUSY: 503, SLOW: 504}
# What a piece of a page says instead.
SENTENCES = {
    FULL: "服务器的磁盘满了，这一步没有保存。请告诉系统管理员。",
    BUSY: "系统正忙，这一步没有保存。请过一分钟再试。",
    SLOW: "用的时间太长，已经停下。请加上条件再查。",
}
SLOW_DEED = "用的时间太长，已经停下，这一步没有保存。请过一会儿再试；总是这样的，请告诉系统管理员。"
# disk_full; lock_not_available, query_canceled (statement_timeout, or its request had its time)
POSTGRESQL = {"53100": FULL, "55P03": BUSY, "57014": SLOW}
SQLITE = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_INTERRUPT: SLOW,
}
# What SQLite says of any write or open that failed: it is the disk only if that is full.
UNSURE = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)
# More than settings let in.
MORE = {
    RequestDataTooBig: f"填写的文字超过 {settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20} MB，没有收下。",
    DisallowedRedirect: "填写的查询条件太长，没有查。",  # it would stand in the next page's address
    TooManyFieldsSent: "提交的栏目太多，没有收下。",
    TooManyFilesSent: "一次提交的文件太多，没有收下。",
}
ROOM = 256 * 1024  # less than its log wants to begin with
SYSTEM = {errno.ENOSPC: FULL, errno.EDQUOT: FULL}


def not_taken(request, exception):
    """handler400: what was posted is more than we read, or isn't readable. Says which, and leads back to
    the form, where the browser offers what it kept of it."""
    why = next((said for kind, said in MORE.items() if isinstance(exception, kind)), "")
    back = sent_from(request) if request.method == "POST" else ""
    content = loader.get_template("400.html").render({"why": why, "back": back})
    return HttpResponse(content, status=400)


def failed(request):
    """handler500: Django calls it while the fault is being handled, so that it can be looked at."""
    page = page_of(sys.exc_info()[1])
    if not page:
        return server_error(request)
    if request.headers.get("HX-Request") == "true":
        said = SLOW_DEED if page == SLOW and request.method == "POST" else SENTENCES[page]
        return HttpResponse(said, status=STATUS[page], content_type="text/plain; charset=utf-8")
    # Like Django's own: without the request, because what a frame asks for may fail again.
    return HttpResponse(loader.get_template(page).render(), status=STATUS[page])


def page_of(error: BaseException | None) -> str:
    """The page for a fault, or "" for one that only a technician understands."""
    for each in _causes(error):
        page = (
            (SLOW if isinstance(each, TookTooLong) else "")
            or POSTGRESQL.get(getattr(each, "pgcode", None) or "")
            or _of_sqlite((getattr(each, "sqlite_errorcode", None) or 0) & 0xFF)
            or (SYSTEM.get(each.errno) if isinstance(each, OSError) else None)
        )
        if page:
            return page
    return ""


def _of_sqlite(code: int) -> str:
    if code in UNSURE and shutil.disk_usage(settings.VAR_DIR).free < ROOM:
        return FULL
    return SQLITE.get(code, "")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
