"""台账: the campaigns, and above them what this person's own ledgers want next."""

from django.utils import timezone

from campaigns.acts import OPEN_CAMPAIGN
from campaigns.models import Campaign
from common.lists.declared import Empty, Listing
from common.lists.page import ListPage
from ledgers.columns import CAMPAIGNS
from ledgers.services.ledger_forms import with_form_title
from ledgers.showing.mine import own_ledgers


def front(request):
    """专项行动 the user's offices take part in, newest first."""
    now = timezone.now()
    page = ListPage(
        request,
        with_form_title(Campaign.objects.visible_to(request.user).select_related("region")),
        Listing(
            columns=CAMPAIGNS,
            name="campaigns",
            ordering=("-from_day", "code"),
            noun="个",
            empty=Empty(
                "您所在的单位还没有参加专项行动。",
                "专项行动由牵头的自然资源部门联络员建立，建立后这里会出现台账。",
            ),
        ),
    )
    context = {
        "mine": own_ledgers(request.user, now),
        "now": now,
        "may_open": request.user.holds(*OPEN_CAMPAIGN.roles),
    }
    return page.response("ledgers/campaigns.html", context)
