"""The list 时限: for its page and for filters that are kept."""

from django.http import HttpRequest

from common.lists.declared import Empty, Listing
from common.lists.page import ListPage
from reminders.columns import CLOCK_COLUMNS
from reminders.filters import ClockFilter
from reminders.services import clock_board

NONE = Empty("没有正在计算的时限。", "立案、移送、送达等办理时，系统按法律规定起算时限，到期以前在这里列出。")


def clock_page(request: HttpRequest) -> ListPage:
    """Open time limits of what the person of the request sees, the nearest first."""
    listing = Listing(
        name="clocks",
        columns=CLOCK_COLUMNS,
        filterset=ClockFilter,
        ordering=("due_at", "pk"),
        empty=NONE,
        export_name="时限",
    )
    return ListPage(request, clock_board.seen_by(request.user), listing)
