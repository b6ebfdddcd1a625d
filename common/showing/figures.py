"""Figures and plain values as every page writes them; nothing entered is a grey 未填."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import mark_safe

from common.quantities import show_area, show_money, show_persons, show_tonnes

NOTHING = mark_safe('<span class="blank">未填</span>')  # noqa: S308 - fixed text
TEN_THOUSAND = 10_000


def is_blank(value: Any) -> bool:
    """True for what nobody entered; a zero was entered."""
    return value is None or (isinstance(value, str) and not value.strip())


def exact(value: Any) -> Decimal:
    """The value as a Decimal, also when it came as a whole number or as text."""
    return value if isinstance(value, Decimal) else Decimal(str(value))


def blank(value: Any) -> Any:
    """The value, or a grey 未填 when there is none."""
    return NOTHING if is_blank(value) else value


def money(value: Any) -> str:
    """Yuan with thousands separators and the two places of fen when there are any."""
    return NOTHING if is_blank(value) else show_money(exact(value))


def area(value: Any) -> str:
    """亩 (or another area unit) as entered, with thousands separators."""
    return NOTHING if is_blank(value) else show_area(exact(value))


def tonnes(value: Any) -> str:
    """吨 as entered, with thousands separators."""
    return NOTHING if is_blank(value) else show_tonnes(exact(value))


def number(value: Any) -> str:
    """Any count or quantity with thousands separators."""
    return NOTHING if is_blank(value) else show_area(exact(value))


def count_people(value: Any) -> str:
    """People as a whole number; no people is 0 only when somebody said so."""
    return NOTHING if is_blank(value) else show_persons(int(value))


def capped(value: int, cap: int = TEN_THOUSAND) -> str:
    """A count as 9,321, or 10,000+ from the cap on."""
    return f"{cap:,}+" if value > cap else f"{value:,}"


def yes_no(value: Any) -> str:
    """是 or 否 as the form wants it; None is 未填."""
    return NOTHING if value is None or value == "" else ("是" if value else "否")


def mask(value: Any) -> str:
    """A value that its model has masked already, marked as such."""
    if is_blank(value):
        return NOTHING
    return format_html('<span class="masked" title="已遮盖">{}</span>', value)


def short(value: Any, length: int = 12) -> str:
    """The head of a long digest or key."""
    return NOTHING if is_blank(value) else str(value)[: int(length)]


def file_size(value: int | None) -> str:
    """Bytes as 320 KB or 4.2 MB."""
    if is_blank(value):
        return NOTHING
    if value < 1024 * 1024:
        return f"{max(value // 1024, 1)} KB"
    return f"{value / 1024 / 1024:.1f} MB"


def item(mapping: Mapping, key: Any) -> Any:
    """mapping|item:key; None when it is not there."""
    return mapping.get(key) if hasattr(mapping, "get") else None
