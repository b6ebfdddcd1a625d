"""The workbook of a list: all that fit what was asked, or the rows that were ticked."""

from typing import TYPE_CHECKING, BinaryIO

from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from common import xlsx
from common.lists import fetching

if TYPE_CHECKING:
    from common.lists.page import ListPage


def export(page: "ListPage", rows: QuerySet, chosen: str = "") -> HttpResponseBase:
    """The workbook of `rows`; `chosen` says in the workbook and in the register that they were picked."""
    now, name = timezone.localtime(), page.listing.export_name
    conditions = "；".join(f"{chip['label']}：{chip['text']}" for chip in page.bar.chips())

    def write(target: BinaryIO) -> int:
        notes = [
            ("内容", name),
            ("条件", "；".join(filter(None, (chosen, conditions))) or "全部"),
            ("导出时间", f"{now:%Y-%m-%d %H:%M}"),
            ("导出人", str(page.request.user)),
        ]
        count = xlsx.write_list(page.columns, fetching.streamed(rows), notes, name, target)
        if page.listing.on_export:
            page.listing.on_export(count)
        return count

    filename = f"{name}_{now:%Y-%m-%d_%H%M}.xlsx"
    nameless = "；".join(filter(None, (chosen, page.bar.nameless())))
    return xlsx.as_download(filename, write, what=name, conditions=nameless)


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
        return export(page, page.beside(rows), "" if whole else f"选中的 {count} {page.noun}")
    context = {"list": page, "count": count, "picks": [] if whole else picks, "whole": whole}
    return render(page.request, "parts/export_picked.html", context)
