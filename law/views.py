"""Pages of the law: the statutes with their search, a statute, an article as it stood on a day."""

import re
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from common.htmx import page_or_piece
from common.searching import fault_of
from law.statutes import article, search, statutes, text_of, version_on, versions
from law.statutes.editions import Version
from law.statutes.parsing import Text

DRAWER = "drawer-body"
STATUTES = {"label": "法规", "url": "/law/"}


def statute_list(request: HttpRequest) -> HttpResponse:
    """Every statute held, and the articles that were searched for, as they stood on the day."""
    on, words = day_of(request), request.GET.get("q", "").strip()
    places = places_of(request)
    hits, more = search(words, on, places=places)
    rows = [{"law": law, "versions": list(map(_version_row, versions(law)))} for law in statutes(places)]
    page = {
        "law_words": words,
        "hits": hits,
        "more": more,
        "rows": rows,
        "on": on,
        "asked": _asked(on),
        "fault": fault_of(words),
    }
    return render(request, "law/statutes.html", page)


def statute(request: HttpRequest, law: str) -> HttpResponse:
    """One statute as it stood on a day, with the other versions held."""
    on = day_of(request)
    version, exact = version_on(law, on)
    if version is None:
        raise Http404
    page = {
        "law": law,
        "text": text_of(version),
        "version": version,
        "exact": exact,
        "on": on,
        "asked": _asked(on),
        "chapters": _chapters(text_of(version)),
        "others": [_version_row(other) for other in versions(law) if other != version],
        "crumbs": [STATUTES, {"label": law, "url": ""}],
    }
    return render(request, "law/statute.html", page)


def one_article(request: HttpRequest, law: str, number: str) -> HttpResponse:
    """One article: a page, the piece that fills the drawer, or the tip under a pointer."""
    on = day_of(request)
    match = re.fullmatch(r"(\d{1,4})(?:-(\d{1,2}))?", number)
    reading = article(law, int(match[1]), on, int(match[2] or 0)) if match else None
    if reading is None or reading.article is None:
        raise Http404
    page = {
        "law": law,
        "reading": reading,
        "article": reading.article,
        "version": reading.version,
        "asked": _asked(on),
        "others": _elsewhere(law, reading.version),
        "crumbs": [
            STATUTES,
            {"label": law, "url": f"/law/{law}/"},
            {"label": reading.article.label, "url": ""},
        ],
    }
    if request.GET.get("tip") and request.headers.get("HX-Request") == "true":
        return render(request, "law/article_tip.html", page)
    return page_or_piece(request, "law/article.html", "law/article_piece.html", DRAWER, page)


def places_of(request: HttpRequest) -> set[str]:
    """The divisions (codes) in which the reader's posts lie: another province's law is none of theirs."""
    return {posting.agency.region_id for posting in request.user.current_postings}


def day_of(request: HttpRequest) -> date:
    """The day that matters, from the address; today where it names none."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return timezone.localdate()


def _chapters(text: Text) -> list[tuple[str, str]]:
    """(chapter, the key of its first article): what a long text is found through."""
    first: dict[str, str] = {}
    for each in text.articles:
        if each.chapter:
            first.setdefault(each.chapter, each.key)
    return list(first.items())


def _asked(on: date) -> str:
    """What links carry along: the day, unless it is today."""
    return "" if on == timezone.localdate() else f"?on={on.isoformat()}"


def _version_row(version: Version) -> dict:
    return {"version": version, "title": text_of(version).title, "on": version.since.isoformat()}


def _elsewhere(law: str, version: Version) -> list[dict]:
    return [_version_row(other) for other in versions(law) if other != version]
