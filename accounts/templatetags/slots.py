"""{% slot "clue.side" clue.public_id %}: seats the guests of a chair (common/slots.py)."""

from typing import Any

from django import template

from accounts.policy import may_open
from common.slots import guests

register = template.Library()


@register.inclusion_tag("parts/slot.html", takes_context=True)
def slot(context: dict[str, Any], chair: str, *args: Any) -> dict[str, Any]:
    """One piece per guest that the person's posts open, fetched by htmx; a plain link where no
    script runs. A piece that would be refused isn't asked for."""
    user = context.get("user")
    seen = [guest for guest in guests(chair) if user and may_open(user, guest.url_name)]
    return {"seats": [{"url": guest.url(*args), "label": guest.label} for guest in seen]}
