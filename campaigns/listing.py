"""报送任务 as one person sees them: what the list shows, its filters."""

from django.http import HttpRequest

from campaigns.answers import with_answers
from campaigns.columns import DUTIES
from campaigns.filters import DutyFilter
from campaigns.models import Duty
from common.lists.declared import Empty, Listing
from common.lists.page import ListPage

LIST = "报送任务"


def duty_page(request: HttpRequest) -> ListPage:
    """What the office of `request.user` and those below owe, by due time."""
    duties = Duty.objects.visible_to(request.user).select_related("agency__region", "campaign", "claim")
    listing = Listing(
        filterset=DutyFilter,
        columns=DUTIES,
        name="duties",
        ordering=("due_at", "pk"),
        noun="项",
        export_name=LIST,
        empty=Empty("没有报送任务。", "任务按报送规则提前三十天生成。"),
    )
    return ListPage(request, with_answers(duties), listing)
