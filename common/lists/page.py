"""One list page for everything: filters, chips, sorting, paging, columns, selection, export.

    page = ListPage(
        request,
        Clue.objects.visible_to(request.user).select_related("county"),
        Listing(
            name="clues",
            columns=CLUE_COLUMNS,
            filterset=ClueFilter,
            ordering="-registered_at",
            search_fields=("number", "place"),
            private=("party",),
        ),
    )
    return page.response("clues/list.html")

Filters stand in the address, except the free text and those named in `private`: these may name
people, so they are posted, kept in the session and stand in the address as a random id.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.contrib.admin.utils import lookup_spawns_duplicates
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils.safestring import SafeString, mark_safe

from common.columns import Column
from common.htmx import page_or_piece, wants_piece
from common.lists import exporting
from common.lists.asked import Asked
from common.lists.declared import BulkAct, Empty, Listing
from common.lists.filterbar import FilterBar
from common.lists.order import Key
from common.lists.paging import Ordered
from common.lists.posted import keep_columns, keep_filters
from common.lists.turning import Turned
from common.searching import fault_of, words_of
from common.showing import drawn

COUNT_CAP = 10_000
ARROWS = {"ascending": "arrow-up", "descending": "arrow-down"}


class ListPage:
    """The rows that fit what was asked, and the page, piece or file that shows them.

    `rows` is a queryset already cut to what the person may see.
    """

    def __init__(self, request: HttpRequest, rows: QuerySet, listing: Listing):
        self.request, self.listing = request, listing
        self.asked = Asked(request, listing)
        self.bar = FilterBar(self.asked, rows)

    # What parts/list*.html ask of the declaration and of the question

    @property
    def noun(self) -> str:
        return self.listing.noun

    @property
    def bulk(self) -> Iterable[BulkAct]:
        return self.listing.bulk

    @property
    def searches(self) -> bool:
        return self.listing.searches

    @property
    def search_label(self) -> str:
        return self.listing.search_label

    @property
    def params(self) -> QueryDict:
        return self.asked.params

    @property
    def columns(self) -> list[Column]:
        return self.asked.shown_columns

    @property
    def size(self) -> int:
        return self.asked.size

    @property
    def carried(self) -> str:
        """The address as a posted form carries it along."""
        return self.asked.address().removeprefix(self.request.path).removeprefix("?")

    @property
    def back(self) -> str:
        """The address of the list as it was asked for; of a bulk form, the one it came from."""
        return f"{self.request.path}?{self.carried}" if self.carried else self.request.path

    def nothing_picked(self) -> Empty:
        """Why nothing can be handed out."""
        return Empty("没有选中的行。", "先在列表左边选，再导出。", "返回列表", self.back)

    @property
    def exports(self) -> dict[str, str]:
        """The addresses of the files of all that fit, by kind."""
        if not self.listing.export_name:
            return {}
        return {kind: self.asked.address(export=kind) for kind in exporting.KINDS}

    # Which rows

    @cached_property
    def order(self) -> tuple[Key, ...]:
        """What the rows are ordered by."""
        return self.asked.order(self.bar.rows.model)

    @cached_property
    def rows(self) -> QuerySet:
        """Every row that fits, in order."""
        rows, words = self.bar.rows, words_of(self.text)
        if self.listing.find is not None:
            rows = self.listing.find(rows, words) if words else rows
        else:
            for word in words:
                rows = self._holding(rows, word)
        unasked = self.asked.lost_query or fault_of(self.text)
        return (rows.none() if unasked else rows).order_by(*(each.ordered for each in self.order))

    def beside(self, rows: QuerySet) -> QuerySet:
        """Rows with what the shown columns read beside them, and nothing that isn't shown."""
        return rows.prefetch_related(*(path for column in self.columns for path in column.reads))

    @property
    def text(self) -> str:
        """The free text that is searched for."""
        return self.asked.values.get("text", "") if self.searches else ""

    def _holding(self, rows: QuerySet, word: str) -> QuerySet:
        """The rows with `word` in one of the search fields; a row with two such parties once."""
        fits = Q()
        for path in self.listing.search_fields:
            fits |= Q(**{f"{path}__icontains": word})
        model = rows.model
        if any(lookup_spawns_duplicates(model._meta, path) for path in self.listing.search_fields):
            return rows.filter(pk__in=model._base_manager.filter(fits).values("pk"))
        return rows.filter(fits)

    @cached_property
    def count(self) -> int:
        """How many rows fit, counted no further than one past 10,000."""
        return self.rows.order_by().values("pk")[: COUNT_CAP + 1].count()

    @property
    def is_capped(self) -> bool:
        return self.count > COUNT_CAP

    # What is shown

    def choices(self) -> list[dict]:
        shown = {column.key for column in self.columns}
        return [{"column": c, "shown": c.key in shown} for c in self.asked.columns]

    def heads(self) -> list[dict]:
        heads = []
        for column in self.columns:
            way = self.asked.way(column)
            turned = f"-{column.key}" if way == "ascending" else column.key
            url = self.asked.address(sort=turned) if column.sortable else ""
            heads.append({"column": column, "way": way, "icon": ARROWS.get(way, ""), "url": url})
        return heads

    @cached_property
    def turned(self) -> Turned:
        """The page that is shown, and where it leads."""
        ordered = Ordered(self.beside(self.rows), self.order)
        return Turned(self.asked, ordered, None if self.is_capped else self.count, COUNT_CAP)

    @property
    def page_rows(self) -> list:
        return self.turned.rows

    def lines(self) -> list[dict]:
        return [self._line(row) for row in self.page_rows]

    def _line(self, row: Any) -> dict:
        link, cells = self.listing.link, [column.cell(row) for column in self.columns]
        href = link(row) if link else next((c["href"] for c in cells if c["href"]), "")
        if link and cells and not cells[0]["href"]:
            cells[0]["href"] = href
        return {"row": row, "key": getattr(row, self.listing.key), "href": href, "cells": cells}

    def body(self) -> SafeString:
        """The rows as the table has them."""
        picks = bool(self.listing.bulk)
        rows = (drawn.row(line, place, picks) for place, line in enumerate(self.lines(), 1))
        return mark_safe("".join(rows))  # noqa: S308 - written by drawn.py

    def pager(self) -> dict:
        return self.turned.links

    def empty(self) -> Empty:
        """Why there is nothing to see."""
        path = self.request.path
        if self.asked.lost_query:
            return Empty("这次查询的条件已不再保留。", "重新填写条件再查。", "清除条件", path)
        if fault := fault_of(self.text):
            return Empty("查找的内容太长，没有查。", fault)
        if self.bar.form is not None and not self.bar.form.is_valid():
            return Empty("有条件填得不对，没有查。", "改正标出的条件再查。")
        if self.bar.chips():
            return Empty("没有符合这些条件的记录。", "去掉一两个条件再查。", "清除条件", path)
        return self.listing.empty_text

    # What is answered

    def picked(self) -> QuerySet:
        """The rows a bulk form names: exactly those ticked, or all that fit its filters."""
        if self.request.POST.get("_all"):
            return self.rows
        # No key has a NUL in it, and PostgreSQL takes none in any text.
        keys = [key for key in self.request.POST.getlist("pick") if "\0" not in key]
        try:
            return self.rows.filter(**{f"{self.listing.key}__in": keys})
        except (ValueError, ValidationError):
            return self.rows.none()

    def response(self, template: str, context: dict | None = None) -> HttpResponseBase:
        """The whole page, the list alone for htmx, or with ?export=xlsx (csv, gbk) the file."""
        if self.request.method == "POST":
            return self._posted()
        kind = self.params.get("export")
        if kind in exporting.KINDS and self.listing.export_name:
            return exporting.export(self, self.beside(self.rows), kind)
        context = {"list": self, **(context or {})}
        if wants_piece(self.request, "list-more"):
            return page_or_piece(self.request, template, "parts/list_more.html", "list-more", context)
        response = page_or_piece(self.request, template, "parts/list.html", "list", context)
        if self.asked.opens_all and wants_piece(self.request, "list"):
            # What stands open on a screen is nothing to come back to, to keep or to hand on.
            response.headers["HX-Push-Url"] = self.back
        return response

    def _posted(self) -> HttpResponseBase:
        if "_export" in self.request.POST and self.listing.export_name:
            return exporting.picked(self)
        return keep_columns(self.asked) if "_columns" in self.request.POST else keep_filters(self.asked)
