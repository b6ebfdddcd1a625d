"""The file of a list: all that fit what was asked, or the rows that were ticked; for Excel, or plain text."""

from typing import TYPE_CHECKING, BinaryIO

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from common import csv_out, xlsx
from common.lists import values
from common.one_moment import one_moment

if TYPE_CHECKING:
    from common.lists.page import ListPage

# What stands behind ?export= in an address.
KINDS = ("xlsx", *csv_out.ENCODINGS)


def begin(request: HttpRequest) -> None:
    """Something goes out: it gets its time and a place, or the request ends with a page that says why not
    (config/time_limit.py, which isn't there where no request is limited)."""
    if begins := getattr(request, "begin_export", None):
        begins()


def export(page: "ListPage", rows: QuerySet, kind: str, chosen: str = "") -> HttpResponseBase:
    """The file of `rows`; `chosen` says in the workbook and in the register that they were picked."""
    begin(page.request)
    now, name = timezone.localtime(), page.listing.export_name
    filename = f"{name}_{now:%Y-%m-%d_%H%M}"
    nameless = "；".join(filter(None, (chosen, page.bar.nameless())))
    if kind in csv_out.ENCODINGS:
        return _plain(page, rows, kind, filename, nameless)
    conditions = "；".join(f"{chip['label']}：{chip['text']}" for chip in page.bar.chips())

    def write(target: BinaryIO) -> int:
        notes = [
            ("内容", name),
            ("条件", "；".join(filter(None, (chosen, conditions))) or "全部"),
            ("导出时间", f"{now:%Y-%m-%d %H:%M}"),
            ("导出人", str(page.request.user)),
        ]
        with one_moment():
            count = xlsx.write_list(page.columns, values.lines(rows, page.columns), notes, name, target)
        if page.listing.on_export:
            page.listing.on_export(count)
        return count

    return xlsx.as_download(f"{filename}.xlsx", write, what=name, conditions=nameless)


def _plain(page: "ListPage", rows: QuerySet, kind: str, filename: str, conditions: str) -> HttpResponseBase:
    """The rows are counted first: the register has its line before the first of them leaves."""
    count, columns = rows.order_by().count(), page.columns
    if page.listing.on_export:
        page.listing.on_export(count)
    content = csv_out.pieces([column.heading for column in columns], values.lines(rows, columns), kind)
    what = page.listing.export_name
    return csv_out.as_download(filename, content, kind, what=what, conditions=conditions, rows=count)


def picked(page: "ListPage") -> HttpResponseBase:
    """Say how many rows and which columns would leave; with the same count confirmed, hand them out.

    A row that isn't among what the person may see is 404, whoever's it is.
    """
    post, rows = page.request.POST, page.picked()
    count, picks = rows.count(), sorted(set(post.getlist("pick")))
    whole = bool(post.get("_all"))
    if not whole and count < len(picks):
        raise Http404
    if post["_export"] == "sure" and count and post.get("_count") == str(count):
        kind = post["_kind"] if post.get("_kind") in KINDS else "xlsx"
        return export(page, page.beside(rows), kind, "" if whole else f"选中的 {count} {page.noun}")
    context = {"list": page, "count": count, "picks": [] if whole else picks, "whole": whole}
    return render(page.request, "parts/export_picked.html", context)
