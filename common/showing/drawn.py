"""What a page has by the hundred is written here and not by a template: the cells of a list, the lines of a
choice. A template asked for each costs more than the query that found them."""

from collections.abc import Iterable
from typing import Any

from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import template_localtime


def words(several: Iterable[tuple[str, str]]) -> SafeString:
    """Short words with a tone, as parts/words.html writes them."""
    return format_html_join(
        "",
        '<span class="{}">{}</span>',
        ((f"word word--{tone}" if tone else "word", word) for word, tone in several),
    )


def cell(column: Any, shown: dict) -> SafeString:
    """One cell of a list: `shown` is what `Column.cell` made of it."""
    if shown["flags"] is not None:
        inside = words(shown["flags"])
    elif shown["href"]:
        inside = format_html('<a href="{}">{}</a>', shown["href"], _text(shown["text"]))
    else:
        inside = _text(shown["text"])
    hint = format_html(' title="{}"', shown["hint"]) if shown["hint"] else ""
    beside = words(shown["beside"]) if shown.get("beside") else ""
    return format_html(
        '<td class="is-{}"{} data-label="{}">{}{}</td>', column.kind, hint, column.heading, inside, beside
    )


def _text(value: Any) -> Any:
    return value if isinstance(value, str) else localize(template_localtime(value))


def select(widget: dict) -> SafeString:
    """A choice, as Django's select.html writes it."""
    return format_html(
        '<select name="{}"{}>{}\n</select>',
        widget["name"],
        _attributes(widget["attrs"]),
        format_html_join("", "{}", ((_group(name, options),) for name, options, _ in widget["optgroups"])),
    )


def _group(name: str | None, options: list[dict]) -> SafeString:
    lines = format_html_join(
        "",
        '\n  <option value="{}"{}>{}</option>',
        ((str(each["value"]), _attributes(each["attrs"]), each["label"]) for each in options),
    )
    return format_html('\n  <optgroup label="{}">{}\n  </optgroup>', name, lines) if name else lines


def _attributes(attributes: dict) -> SafeString | str:
    if not attributes:
        return ""
    return format_html_join(
        "",
        "{}",
        (
            (format_html(" {}" if value is True else ' {}="{}"', name, value),)
            for name, value in attributes.items()
            if value is not False
        ),
    )
