"""{% slot "clue.side" clue.public_id %}: seats the guests of a chair (common/slots.py)."""

from typing import Any

from django import template

from common.slots import guests

register = template.Library()


@register.inclusion_tag("parts/slot.html", takes_context=True)
def slot(context: dict[str, Any], chair: str, *args: Any) -> dict[str, Any]:
    """One piece per guest, fetched by htmx; a plain link where no script runs."""
    user = context.get("user")
    return {"seats": [{"url": guest.url(*args), "label": guest.label} for guest in guests(chair, user)]}
