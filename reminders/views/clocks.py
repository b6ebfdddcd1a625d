"""时限: everything that runs on what a person sees, by due date."""

from reminders.listing import clock_page
from reminders.showing import saved_beside


def clock_list(request):
    """Open time limits, the nearest first; as a workbook too."""
    page = clock_page(request)
    return page.response("reminders/clocks.html", saved_beside(request, page))
