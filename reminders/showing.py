"""What a list's page shows of the filters that were kept."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from accounts.services import pulse
from common.lists.page import ListPage
from reminders.models import SavedFilter
from reminders.services.saved_reading import parts_of


def saved_beside(request: HttpRequest, page: ListPage) -> dict:
    """The context of parts/list_filters.html for a registered list: what was kept, and the way to keep."""
    name = page.listing.name
    query, private = parts_of(page)
    usable = SavedFilter.objects.visible_to(request.user).filter(list_name=name)
    return {
        "saved_filters": [
            {
                "label": each.name,
                "url": reverse("reminders:open_filter", args=[each.public_id]),
                "shared": each.agency_id is not None,
                "current": not private and not each.private_sealed and query == each.query,
            }
            for each in pulse.kept(request.user, f"saved filters of {name}", lambda: list(usable))
        ],
        "save_url": _save_url(name, page.carried) if query or private else "",
        "kept_url": f"{reverse('reminders:saved_filters')}?list={name}",
    }


def _save_url(name: str, carried: str) -> str:
    return f"{reverse('reminders:save_filter')}?{urlencode({'list': name, 'at': carried})}"
