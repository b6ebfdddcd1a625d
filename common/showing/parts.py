"""Parts of a page that stand only where there is something in them."""

from django.utils.html import format_html


def filled(content: str, tag: str, css_class: str, label: str = "") -> str:
    """The element around `content`, or nothing around nothing: an empty box takes room on a page, and
    the kernels of office browsers don't know `:has()`.

    `{% filled "nav" "crumbs" "所在位置" %}…{% endfilled %}`; `label` is read to who can't see the element.
    """
    if not content.strip():
        return ""
    named = format_html(' aria-label="{}"', label) if label else ""
    return format_html('<{} class="{}"{}>{}</{}>', tag, css_class, named, content, tag)
