"""The list of clues as one person sees it: what it shows, its filters, what can be done to many."""

from functools import partial

from django.http import HttpRequest
from django.urls import reverse

from accounts.policy import may_open
from accounts.services import labels, staying
from clues.columns import COLUMNS
from clues.filters import ClueFilter
from clues.models import Clue, ClueWords
from clues.services.intake import registering_posts
from common.lists.declared import EXPORT_PICKED, BulkAct, Empty, Listing
from common.lists.page import ListPage
from registry.finding import found

BULK = (("分派", "clues:assign_clues"), ("标注", "clues:label_clues"))


def clue_page(request: HttpRequest) -> ListPage:
    """Clues within reach of `request.user`, narrowed by what the address asks."""
    user = request.user
    rows = (
        Clue.objects.visible_to(user)
        .select_related("township", "handler", "agency")
        .prefetch_related(labels.seen_by(user))
    )
    listing = Listing(
        filterset=ClueFilter,
        columns=COLUMNS,
        name="clues",
        ordering=("-received_on", "-pk"),
        find=partial(found, ClueWords),
        search_label="线索号、位置、内容、当事人",
        private=("party", "found_by"),
        export_name="线索",
        noun="件",
        key="public_id",
        bulk=[BulkAct(word, reverse(name)) for word, name in BULK if may_open(user, name)] + [EXPORT_PICKED],
        empty=_empty(user),
    )
    return ListPage(request, staying.with_limit(rows, user), listing)


def _empty(user) -> Empty:
    if not registering_posts(user):
        return Empty("还没有线索。")
    what = "收到的举报、巡查和图斑发现的问题，从登记线索开始。"
    return Empty("还没有线索。", what, "登记线索", reverse("clues:register_clue"))
