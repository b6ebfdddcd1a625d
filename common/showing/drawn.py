"""What a page has by the hundred is written here and not by a template: the cells of a list, the lines of a
choice. A template asked for each costs more than the query that found them."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.formats import localize
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import template_localtime


def written(value: Any) -> str:
    """A value as a page shows it, escaped unless it is marked as safe."""
    if type(value) is str:
        return escape(value)
    if not isinstance(value, str):
        value = localize(template_localtime(value))
    return conditional_escape(value)


def words(several: Iterable[tuple[str, str]]) -> SafeString:
    """Short words with a tone, as parts/words.html writes them."""
    return mark_safe("".join(map(_word, several)))  # noqa: S308 - escaped


def _word(said: tuple[str, str]) -> str:
    word, tone = said
    return f'<span class="{f"word word--{tone}" if tone else "word"}">{written(word)}</span>'


def cell(column: Any, shown: dict) -> SafeString:
    """One cell of a list: `shown` is what `Column.cell` made of it."""
    if shown["flags"] is not None:
        inside = "".join(map(_word, shown["flags"]))
    elif shown["href"]:
        inside = f'<a href="{written(shown["href"])}">{written(shown["text"])}</a>'
    else:
        inside = written(shown["text"])
    hint = f' title="{written(shown["hint"])}"' if shown["hint"] else ""
    beside = "".join(map(_word, shown["beside"])) if shown.get("beside") else ""
    html = f'<td class="is-{column.kind}"{hint} data-label="{_heading(column.heading)}">{inside}{beside}</td>'
    return mark_safe(html)  # noqa: S308 - escaped


@lru_cache(maxsize=512)
def _heading(text: str) -> str:
    return written(text)


def row(line: dict, place: int, picks: bool) -> SafeString:
    """One row of a list: `line` is what `ListPage.lines` has of it, `place` counts from 1 on its page; with
    `picks` it begins with a box to tick."""
    href = f' data-href="{written(line["href"])}"' if line["href"] else ""
    box = ""
    if picks:
        key = f'name="pick" value="{written(str(line["key"]))}" form="list-bulk"'
        box = f'<td class="pick"><input type="checkbox" {key} aria-label="选中第 {place} 行" data-pick></td>'
    cells = "".join(cell(each["column"], each) for each in line["cells"])
    return mark_safe(f"<tr data-row{href}>{box}{cells}</tr>\n")  # noqa: S308 - escaped


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


def entry(widget: dict) -> SafeString:
    """A field to type or tick in, as Django's input.html writes it."""
    value = widget["value"]
    return format_html(
        '<input type="{}" name="{}"{}{}>',
        widget["type"],
        widget["name"],
        "" if value is None else format_html(' value="{}"', value),
        _attributes(widget["attrs"]),
    )


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
