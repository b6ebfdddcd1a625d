"""One act on many rows of a list: show exactly which and which not, ask, then each is its own deed.

    bulk_page(request, clue_page(request), BulkDeed(act, ACTS, AssignForm, assign_clue, "clue", "分派"))

The first post comes from the list's bar and names rows (or all that fit its filters); the page answers
with every row, what would be refused and why, and the act's own form. The second post does it: each row
passes the same service as by itself, with its version and its own entry in the trail. Rows are found
among those the list shows the person: one that isn't there is 404, whoever's it is.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts import repeats, word_guards
from accounts.acts import Act, ActTable
from accounts.services import deeds, many
from common.errors import Forbidden, KeyReused, Refused
from common.lists.page import ListPage

MOST = 200
TOO_MANY = "一次最多办理 {most} {noun}，选中的有 {count} {noun}。请缩小条件，分几次办理。"
SEVERAL = "选中的不是同一个单位的，不能一起{verb}。请按单位分开选。"
WHOLE, GOOD = "whole", "good"


@dataclass(frozen=True)
class BulkDeed:
    """An act as it is done to many: its row and table, its form, its service, the word under which the
    service takes the thing, and the verb on the button."""

    act: Act
    table: ActTable
    form_class: type
    deed: Callable
    argument: str
    verb: str


@dataclass
class _Line:
    """A picked row and why it can't be done; "" where it can."""

    thing: object
    why: str = ""


def bulk_page(request: HttpRequest, page: ListPage, bulk: BulkDeed, crumbs: list[dict]) -> HttpResponse:
    """Ask before `bulk` is done to the picked rows, or do it and go back to the list."""
    noun, url = page.noun, crumbs[0]["url"]
    back = f"{url}?{page.carried}" if page.carried else url
    things = _picked(request, page)
    fault = _fault(things, page, bulk)
    if fault:
        messages.warning(request, fault)
        return redirect(back)
    lines = [_Line(thing, _why(bulk, request.user, thing)) for thing in things]
    context = {
        "act": bulk.act,
        "heading": f"{bulk.act.label}：{len(lines)} {noun}",
        "verb": bulk.verb,
        "noun": noun,
        "carried": page.carried,
        "cancel": back,
        "crumbs": [*crumbs, {"label": bulk.act.label, "url": ""}],
        "extra_template": "parts/bulk_rows.html",
        "no_draft": True,
    }
    if request.POST.get("_confirmed") != "1":
        return _ask(request, lines, context, bulk.form_class(user=request.user, thing=things[0]))
    return _do(request, bulk, lines, context)


def _picked(request, page) -> list:
    """The rows, in the list's order; 404 where one of them isn't among what the person may see."""
    rows, picks = page.picked(), set(request.POST.getlist("pick"))
    things = list(rows[: MOST + 1])
    if not request.POST.get("_all") and len(things) < min(len(picks), MOST + 1):
        raise Http404
    return things


def _fault(things, page, bulk) -> str:
    if not things:
        return f"没有选中的行。先在列表左边选，再{bulk.verb}。"
    if len(things) > MOST:
        return TOO_MANY.format(most=MOST, noun=page.noun, count=page.picked().count())
    if len({thing.agency_id for thing in things}) > 1:
        return SEVERAL.format(verb=bulk.verb)
    return ""


def _why(bulk, user, thing) -> str:
    """Why the act isn't open to the person on this row."""
    row = bulk.table.openness(bulk.act.name, user, thing)
    if row.posting is None:
        return row.sentence or f"您没有办理{bulk.act.label}的岗位。"
    return row.sentence


def _ask(request, lines, context, form, status=200, refusal=None) -> HttpResponse:
    refused = [line for line in lines if line.why]
    how = request.POST.get("_how") or (GOOD if refused else WHOLE)
    good, noun = len(lines) - len(refused), context["noun"]
    page = {
        **context,
        "verb": f"{context['verb']} {good} {noun}",
        "unanswerable": [] if good else ["选中的没有能办的，原因写在各行。请返回另选。"],
        "no_verb": not good,
        "form": form,
        "key": secrets.token_hex(16),
        "lines": lines,
        "good": good,
        "refused": len(refused),
        "how": how,
        "refusal": refusal,
    }
    return render(request, "parts/act_page.html", page, status=status)


def _do(request, bulk, lines, context) -> HttpResponse:
    form = bulk.form_class(request.POST, request.FILES, user=request.user, thing=lines[0].thing)
    if not form.is_valid():
        return _ask(request, lines, context, form, 422)
    read = dict(pair.rpartition(":")[::2] for pair in request.POST.getlist("seen"))
    done = {}

    def deed(thing):
        word_guards.check(request, thing, form.files)
        version = read.get(thing.public_id)
        bulk.deed(by=request.user, version=version, **{bulk.argument: thing}, **form.cleaned_data)

    def run() -> str:
        things = [line.thing for line in lines]
        done["each"] = many.do_each(things=things, deed=deed, skip=request.POST.get("_how") == GOOD)
        return context["cancel"]

    try:
        url = deeds.once(
            by=request.user,
            key=repeats.key_of(request),
            act=bulk.act.name,
            digest=repeats.digest_of(request),
            deed=run,
        )
    except many.SomeRefused as refusal:
        for line in lines:
            line.why = refusal.why.get(line.thing.pk, "")
        return _ask(request, lines, context, form, 409, refusal)
    except Forbidden:
        raise
    except Refused as refusal:
        return _ask(request, lines, context, form, 422 if isinstance(refusal, KeyReused) else 409, refusal)
    _tell(request, bulk, done.get("each"), context["noun"])
    return redirect(url)


def _tell(request, bulk, each, noun) -> None:
    """How many were done, and which weren't and why."""
    if each is None:
        return
    if each.done:
        messages.success(request, f"已{bulk.verb} {len(each.done)} {noun}。")
    for thing, why in each.refused:
        messages.warning(request, f"{thing}没有{bulk.verb}：{why}")
