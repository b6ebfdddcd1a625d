"""{% lucide "check" size=16 %}: an icon of the package `lucide`, written once and kept.

The package's own tag copies a tree of XML and writes it for each icon of each page.
"""

from functools import lru_cache

from django import template
from django.utils.safestring import SafeString
from lucide.templatetags.lucide import lucide as written

register = template.Library()


@register.simple_tag
def lucide(name: str, *, size: int | None = 24, **attributes: object) -> SafeString:
    """The icon as the package writes it; which there are stands in the templates, so they are few."""
    return _kept(name, size, tuple(attributes.items()))


@lru_cache(maxsize=512)
def _kept(name: str, size: int | None, attributes: tuple[tuple[str, object], ...]) -> SafeString:
    return written(name, size=size, **dict(attributes))
