"""What a meeting agreed on: 办结."""

from functools import partial

from accounts.acting import act_page
from campaigns.acts import ITEM_ACTS
from campaigns.books import BOOKS
from campaigns.forms.meetings import SettleItemForm
from campaigns.services import meeting_items
from campaigns.views.organising import act_context


def settle_item(request, public_id, position):
    """办结议定事项."""
    item = request.subject
    agreed = "　".join(filter(None, (item.title, item.follow_up, item.who)))
    return act_page(
        request,
        act=ITEM_ACTS.get("settle_item"),
        thing=item,
        form_class=SettleItemForm,
        deed=partial(meeting_items.settle_item, item=item),
        done="已办结，不再提醒。",
        context=act_context(request.user, item.row.campaign, BOOKS["meetings"], "办结", item.row)
        | {"intro": agreed, "verb": "办结"},
    )
