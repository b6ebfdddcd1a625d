"""{% article text %}: a line of the law in which each article leads to its own words.

One click opens the article beside the page, the pointer over it shows it. `on` is the day that
matters (default: `law_day` of the context, else today); `label` puts other words in the place of the
citation: they lead to its first article.
"""

from datetime import date, datetime
from functools import lru_cache
from urllib.parse import urlencode

from django import template
from django.contrib.messages.storage.base import Message
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from law.statutes import Citation, citations, read, unheld

register = template.Library()

LINK = (
    '<span class="law"><a href="{0}" hx-get="{0}" hx-target="#drawer-body" data-drawer>{1}</a>'
    '<span class="law__tip" role="tooltip" hx-get="{2}" hx-trigger="mouseenter from:closest .law delay:300ms'
    ' once, focusin from:closest .law once"></span></span>'
)


@register.simple_tag(takes_context=True)
def article(
    context: template.Context, text: str | Message | None, on: date | datetime | None = None, label: str = ""
) -> SafeString:
    """The text with its citations as links; plain where no text is held."""
    text, day = str(text or ""), _day(on or context.get("law_day"))
    if isinstance(text, SafeString):  # made by somebody who has put it together already
        return text
    return _linked(text, label, day, timezone.localdate())


# Typed: the same words may come once as text and once marked as safe.
@lru_cache(maxsize=2048, typed=True)
def _linked(text: str, label: str, day: date, today: date) -> SafeString:
    """Kept, since a desk or a case cites the same few lines again and again."""
    linked = [citation for citation in citations(text) if citation.law]
    if label:
        return _labelled(text, label, linked, day, today)
    pieces, at = [], 0
    for citation in linked:
        pieces += [
            format_html("{}", text[at : citation.start]),
            _link(citation, text[citation.start : citation.end], day, today),
        ]
        at = citation.end
    pieces.append(format_html("{}", text[at:]))
    return format_html('<span class="law-line">{}</span>', mark_safe("".join(pieces)))  # noqa: S308 - escaped


def _labelled(text: str, label: str, linked: list[Citation], day: date, today: date) -> SafeString:
    for citation in linked:
        if address_of(citation, day, today):
            return _link(citation, label, day, today)
    if not text:
        return format_html("{}", label)
    return format_html('<span title="{}" class="has-article">{}</span>', text, label)


def _link(citation: Citation, words: str, day: date, today: date) -> SafeString:
    address = address_of(citation, day, today)
    if not address:
        why = unheld(citation)
        return format_html('<span title="{}">{}</span>', why, words) if why else format_html("{}", words)
    if not citation.number:
        return format_html('<a class="law__whole" href="{}">{}</a>', address, words)
    tip = f"{address}{'&' if '?' in address else '?'}tip=1"
    return format_html(LINK, address, words, tip)


def address_of(citation: Citation, day: date, today: date) -> str:
    """Where the words of a citation stand, as of the day; nothing where they aren't held."""
    reading = read(citation, day)
    if reading is None or (citation.number and reading.article is None):
        return ""
    asked = reading.version.since if citation.year and not reading.version.stands_on(day) else day
    query = "" if asked == today else f"?{urlencode({'on': asked.isoformat()})}"
    if not citation.number:
        return reverse("law:statute", args=[citation.law]) + query
    return reverse("law:article", args=[citation.law, reading.article.key]) + query


def _day(on: date | datetime | None) -> date:
    if isinstance(on, datetime):
        return timezone.localtime(on).date() if timezone.is_aware(on) else on.date()
    return on or timezone.localdate()
