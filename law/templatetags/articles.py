"""{% article text %}: a line of the law in which each article leads to its own words.

One click opens the article beside the page, the pointer over it shows it. `on` is the day that
matters (default: `law_day` of the context, else today); laws of conduct are read as of `act_day`, where the
context has one: the day on which the act ended. `label` puts other words in the place of the citation:
they lead to its first article. {% cited value %} does the same in the middle of a text, which may cite
nothing at all.
"""

from datetime import date, datetime
from functools import lru_cache
from urllib.parse import urlencode

from django import template
from django.contrib.messages.storage.base import Message
from django.template.base import render_value_in_context
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from law.statutes import OF_CONDUCT, Citation, citations, read, unheld

register = template.Library()
Days = tuple[date, date]
"""The day for procedure, and for what binds conduct."""

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
    text, days = str(text or ""), _days(context, on)
    if isinstance(text, SafeString):  # made by somebody who has put it together already
        return text
    return _line(text, label, days, timezone.localdate())


# Typed: the same words may come once as text and once marked as safe.
@lru_cache(maxsize=2048, typed=True)
def _line(text: str, label: str, days: Days, today: date) -> SafeString:
    """Kept, since a desk cites the same few lines again and again; addresses leave `today` out."""
    linked = [citation for citation in citations(text) if citation.law]
    if label:
        return _labelled(text, label, linked, days)
    return format_html('<span class="law-line">{}</span>', _linked(text, linked, days))


@register.simple_tag(takes_context=True)
def cited(context: template.Context, value: object, on: date | datetime | None = None) -> str:
    """A value as it is; a text in which articles are named, with links. Most name none and cost nothing."""
    if not isinstance(value, str) or isinstance(value, SafeString) or "条" not in value:
        return render_value_in_context(value, context)
    linked = [citation for citation in citations(value) if citation.law and citation.number]
    return _linked(value, linked, _days(context, on))


def _linked(text: str, linked: list[Citation], days: Days) -> SafeString:
    pieces, at = [], 0
    for citation in linked:
        pieces += [
            format_html("{}", text[at : citation.start]),
            _link(citation, text[citation.start : citation.end], _day(citation, days)),
        ]
        at = citation.end
    pieces.append(format_html("{}", text[at:]))
    return mark_safe("".join(pieces))  # noqa: S308 - each piece is escaped


def _labelled(text: str, label: str, linked: list[Citation], days: Days) -> SafeString:
    for citation in linked:
        day = _day(citation, days)
        if address_of(citation, day):
            return _link(citation, label, day)
    if not text:
        return format_html("{}", label)
    return format_html('<span title="{}" class="has-article">{}</span>', text, label)


def _link(citation: Citation, words: str, day: date) -> SafeString:
    address = address_of(citation, day)
    if not address:
        why = unheld(citation)
        return format_html('<span title="{}">{}</span>', why, words) if why else format_html("{}", words)
    if not citation.number:
        return format_html('<a class="law__whole" href="{}">{}</a>', address, words)
    tip = f"{address}{'&' if '?' in address else '?'}tip=1"
    return format_html(LINK, address, words, tip)


def address_of(citation: Citation, day: date) -> str:
    """Where the words of a citation stand, as of the day; nothing where they aren't held."""
    reading = read(citation, day)
    if reading is None or (citation.number and reading.article is None):
        return ""
    asked = reading.version.since if citation.year and not reading.version.stands_on(day) else day
    query = "" if asked == timezone.localdate() else f"?{urlencode({'on': asked.isoformat()})}"
    if not citation.number:
        return reverse("law:statute", args=[citation.law]) + query
    return reverse("law:article", args=[citation.law, reading.article.key]) + query


def _days(context: template.Context, on: date | datetime | None) -> Days:
    day = on or context.get("law_day") or timezone.localdate()
    if isinstance(day, datetime):
        day = timezone.localtime(day).date() if timezone.is_aware(day) else day.date()
    return day, context.get("act_day") or day


def _day(citation: Citation, days: Days) -> date:
    return days[citation.law in OF_CONDUCT]
