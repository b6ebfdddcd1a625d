"""排查 and its clues: the row's button and number, the clue's way back to the row."""

from django.urls import reverse

from campaigns.acts import BOOK_ACTS
from campaigns.models import ScreeningTarget
from clues.models import Clue


def origin_of(user, clue) -> dict | None:
    """The place whose screening led to a clue; a link for who reads it."""
    row = ScreeningTarget.objects.filter(clue=clue).select_related("campaign").first()
    if row is None:
        return None
    seen = ScreeningTarget.objects.visible_to(user).filter(pk=row.pk).exists()
    return {"value": f"{row}（{row.campaign}）", "url": row.get_absolute_url() if seen else ""}


def clue_fact(user, row) -> dict | None:
    """The clue that a place became, on the row's page."""
    if getattr(row, "clue", None) is None:
        return None
    seen = Clue.objects.visible_to(user).filter(pk=row.clue_id).exists()
    url = row.clue.get_absolute_url() if seen else ""
    return {"label": "线索", "value": row.clue.number, "url": url}


def register_url(user, row) -> str:
    """Where the button that registers the clue posts to; "" where there is nothing to press."""
    if not isinstance(row, ScreeningTarget) or row.clue_id or row.found != row.Found.TROUBLE:
        return ""
    if not BOOK_ACTS.openness("register_found", user, row).ok:
        return ""
    return reverse("campaigns:register_found", args=[row.book, row.public_id])
