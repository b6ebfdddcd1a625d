"""One list page for everything: filters, chips, sorting, paging, columns, selection, export.

    page = ListPage(
        request,
        rows=Clue.objects.visible_to(request.user).select_related("county"),
        filterset=ClueFilter,
        columns=CLUE_COLUMNS,
        name="clues",
        ordering="-registered_at",
        search_fields=("number", "place"),
        private=("party",),
    )
    return page.response("clues/list.html")

Filters stand in the address, except the free text and those named in `private`: these may name
people, so they are posted, kept in the session and stand in the address as a random id.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.contrib.admin.utils import lookup_spawns_duplicates
from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.http import HttpResponseRedirect, QueryDict
from django.utils import timezone

from common import stored, xlsx
from common.columns import Column
from common.filterbar import FilterBar
from common.htmx import page_or_piece

__all__ = ["BulkAct", "Column", "Empty", "ListPage"]

COUNT_CAP = 10_000
PAGE_SIZES = (20, 50, 100)
OWN_WORDS = {"page", "size", "sort", "q", "drop", "export"}


@dataclass(frozen=True)
class Empty:
    """An empty list says why it is empty and what to do."""

    why: str = "这里还没有记录。"
    what_to_do: str = ""
    label: str = ""
    url: str = ""


@dataclass(frozen=True)
class BulkAct:
    """A button of the bulk bar: posts `pick` (row keys) or `_all` to `url`, which shows the exact
    rows again before anything is done (see ListPage.picked)."""

    label: str
    url: str


class ListPage:
    """What a list was asked for, which rows fit, and the page, piece or workbook that shows them.

    `rows` is a queryset already cut to what the person may see; `search_fields` are the paths the
    free text looks into; `private` names filters whose values must not stand in an address;
    `link` takes a row and gives where Enter leads (default: the first linked column); `key` is
    the attribute by which a ticked row is posted; `on_export` is told how many rows went out.
    """

    def __init__(
        self,
        request,
        *,
        rows,
        columns: Iterable[Column],
        name: str,
        filterset=None,
        ordering: str | tuple[str, ...] = "-pk",
        search_fields: tuple[str, ...] = (),
        search_label: str = "查找",
        private: tuple[str, ...] = (),
        empty: Empty | str = "这里还没有记录。",
        export_name: str = "",
        on_export: Callable[[int], None] | None = None,
        bulk: Iterable[BulkAct] = (),
        key: str = "pk",
        link: Callable | None = None,
        noun: str = "条",
        first_filters: int = 5,
    ):
        self.request, self.name, self.noun = request, name, noun
        self.ordering = (ordering,) if isinstance(ordering, str) else tuple(ordering)
        self.search_fields, self.search_label = search_fields, search_label
        self.private = {*private, "text"} if search_fields else {*private}
        self.empty_text = Empty(empty) if isinstance(empty, str) else empty
        self.export_name, self.on_export = export_name, on_export
        self.bulk, self.key, self.link = tuple(bulk), key, link
        self.all_columns = [c for c in columns if not c.seen_by or c.seen_by(request.user)]
        carried = request.POST.get("_address") if request.method == "POST" else None
        self.params = request.GET if carried is None else QueryDict(carried)
        self.lost_query = False
        self.bar = FilterBar(self, filterset, rows, first_filters)

    # What was asked for

    @cached_property
    def values(self) -> QueryDict:
        """Filter values by name: public ones of the address, private ones of the session."""
        values = QueryDict(mutable=True)
        for name in self.params:
            if name not in OWN_WORDS and name not in self.private:
                values.setlist(name, self.params.getlist(name))
        query_id = self.params.get("q", "")
        if self.private and query_id:
            kept = stored.recall(self.request, self.name, query_id)
            self.lost_query = kept is None
            dropped = self.params.getlist("drop")
            for name, several in (kept or {}).items():
                if name in self.private and name not in dropped:
                    values.setlist(name, several)
        return values

    @cached_property
    def rows(self):
        """Every row that fits, in order."""
        text = self.values.get("text", "") if self.search_fields else ""
        rows = self.bar.rows
        for word in text.split():
            rows = self._holding(rows, word)
        return (rows.none() if self.lost_query else rows).order_by(*self.order())

    def _holding(self, rows, word: str):
        """The rows with `word` in one of the search fields; a row with two such parties once."""
        fits = Q()
        for path in self.search_fields:
            fits |= Q(**{f"{path}__icontains": word})
        model = rows.model
        if any(lookup_spawns_duplicates(model._meta, path) for path in self.search_fields):
            return rows.filter(pk__in=model._base_manager.filter(fits).values("pk"))
        return rows.filter(fits)

    def order(self) -> list:
        """Sorted by the head that was pressed, blanks last, ties by key, on any database."""
        asked = self.params.get("sort", "")
        column = next((c for c in self.all_columns if c.key == asked.lstrip("-")), None)
        if column is None or not column.sortable:
            return [*self.ordering, "pk"]
        field = F(column.sortable)
        down = asked.startswith("-")
        return [field.desc(nulls_last=True) if down else field.asc(nulls_last=True), "pk"]

    @cached_property
    def count(self) -> int:
        """How many rows fit, counted no further than one past 10,000."""
        return self.rows.order_by().values("pk")[: COUNT_CAP + 1].count()

    @property
    def is_capped(self) -> bool:
        return self.count > COUNT_CAP

    @cached_property
    def size(self) -> int:
        sizes = self.request.session.get("list_sizes", {})
        asked = self.params.get("size", "")
        if asked in map(str, PAGE_SIZES):
            if sizes.get(self.name) != int(asked):
                self.request.session["list_sizes"] = {**sizes, self.name: int(asked)}
            return int(asked)
        kept = sizes.get(self.name)
        return kept if kept in PAGE_SIZES else PAGE_SIZES[0]

    @cached_property
    def number(self) -> int:
        asked = self.params.get("page", "")
        number = int(asked) if asked.isdecimal() and len(asked) < 7 else 1
        last = max(-(-self.count // self.size), 1)
        return max(number if self.is_capped else min(number, last), 1)

    # What is shown

    @cached_property
    def columns(self) -> list[Column]:
        """The columns this person chose, or those shown by default."""
        chosen = self.request.session.get("list_columns", {}).get(self.name)
        picked = [c for c in self.all_columns if c.key in chosen] if chosen else []
        return picked or [c for c in self.all_columns if c.default]

    def choices(self) -> list[dict]:
        shown = {column.key for column in self.columns}
        return [{"column": c, "shown": c.key in shown} for c in self.all_columns]

    def address(self, **changes) -> str:
        """This list's own address with some parameters changed; None removes one."""
        params = self.params.copy()
        for name in ("page", "export", *self.private):
            params.pop(name, None)
        for name, value in changes.items():
            params.pop(name, None)
            if value is not None:
                params[name] = value
        return f"?{params.urlencode()}" if params else self.request.path

    @property
    def carried(self) -> str:
        """The address as a posted form carries it along."""
        return self.address().removeprefix(self.request.path).removeprefix("?")

    def heads(self) -> list[dict]:
        asked = self.params.get("sort", "")
        heads = []
        for column in self.columns:
            way = {column.key: "ascending", f"-{column.key}": "descending"}.get(asked, "")
            turned = f"-{column.key}" if way == "ascending" else column.key
            url = self.address(sort=turned) if column.sortable else ""
            heads.append({"column": column, "way": way, "url": url})
        return heads

    @cached_property
    def page_rows(self) -> list:
        start = (self.number - 1) * self.size
        return list(self.rows[start : start + self.size + 1])

    def lines(self) -> list[dict]:
        lines = []
        for row in self.page_rows[: self.size]:
            cells = [column.cell(row) for column in self.columns]
            href = self.link(row) if self.link else next((c["href"] for c in cells if c["href"]), "")
            if self.link and cells and not cells[0]["href"]:
                cells[0]["href"] = href
            lines.append({"row": row, "key": getattr(row, self.key), "href": href, "cells": cells})
        return lines

    def pager(self) -> dict:
        shown = min(len(self.page_rows), self.size)
        start = (self.number - 1) * self.size
        last = None if self.is_capped else max(-(-self.count // self.size), 1)
        more = len(self.page_rows) > self.size
        return {
            "number": self.number,
            "last": last,
            "start": start + 1 if shown else 0,
            "end": start + shown,
            "first_url": self.address(page=1) if self.number > 2 else "",
            "previous_url": self.address(page=self.number - 1) if self.number > 1 else "",
            "next_url": self.address(page=self.number + 1) if more else "",
            "last_url": self.address(page=last) if last and last > self.number + 1 else "",
            "sizes": [
                {"size": size, "url": self.address(size=size), "current": size == self.size}
                for size in PAGE_SIZES
            ],
        }

    def empty(self) -> Empty:
        if self.lost_query:
            return Empty("这次查询的条件已不再保留。", "重新填写条件再查。", "清除条件", self.request.path)
        if self.bar.form is not None and not self.bar.form.is_valid():
            return Empty("有条件填得不对，没有查。", "改正标出的条件再查。")
        if self.bar.chips():
            return Empty("没有符合这些条件的记录。", "去掉一两个条件再查。", "清除条件", self.request.path)
        return self.empty_text

    @property
    def export_url(self) -> str:
        return self.address(export="xlsx") if self.export_name else ""

    # What was posted

    def picked(self):
        """The rows a bulk form names: exactly those ticked, or all that fit its filters."""
        if self.request.POST.get("_all"):
            return self.rows
        try:
            return self.rows.filter(**{f"{self.key}__in": self.request.POST.getlist("pick")})
        except (ValueError, ValidationError):
            return self.rows.none()

    def _keep_columns(self):
        chosen = {} if "_reset" in self.request.POST else self.request.POST.getlist("col")
        known = [c.key for c in self.all_columns if c.key in chosen]
        kept = self.request.session.get("list_columns", {})
        self.request.session["list_columns"] = {**kept, self.name: known}
        return HttpResponseRedirect(self.address())

    def _keep_filters(self):
        address, private = QueryDict(mutable=True), {}
        for name in self.request.POST:
            several = [value for value in self.request.POST.getlist(name) if value.strip()]
            if name.startswith(("_", "csrf")) or name in {"page", "export", "q", "drop"}:
                continue
            if several and name in self.private:
                private[name] = several
            elif several:
                address.setlist(name, several)
        if private:
            address["q"] = stored.keep(self.request, self.name, private)
        path = self.request.path
        return HttpResponseRedirect(f"{path}?{address.urlencode()}" if address else path)

    def _export(self):
        now = timezone.localtime()
        columns, rows = self.columns, self.rows

        def write(target):
            notes = [
                ("内容", self.export_name),
                ("条件", "；".join(f"{c['label']}：{c['text']}" for c in self.bar.chips()) or "全部"),
                ("导出时间", f"{now:%Y-%m-%d %H:%M}"),
                ("导出人", str(self.request.user)),
            ]
            found = rows.iterator(chunk_size=2000)
            count = xlsx.write_list(columns, found, notes, self.export_name, target)
            if self.on_export:
                self.on_export(count)

        return xlsx.as_download(f"{self.export_name}_{now:%Y-%m-%d_%H%M}.xlsx", write)

    def response(self, template: str, context: dict | None = None):
        """The whole page, the list alone for htmx, or with ?export=xlsx the workbook."""
        if self.request.method == "POST":
            return self._keep_columns() if "_columns" in self.request.POST else self._keep_filters()
        if self.params.get("export") == "xlsx" and self.export_name:
            return self._export()
        return page_or_piece(
            self.request, template, "parts/list.html", "list", {"list": self, **(context or {})}
        )
