"""The list of cases as one person sees it: what it shows, its filters, what can be done to many."""

from functools import partial

from django.http import HttpRequest
from django.urls import reverse

from accounts.policy import may_open
from accounts.services import labels, staying
from cases.columns import CASE_COLUMNS
from cases.filters import CaseFilter
from cases.models import Case, CaseWords
from common.lists.declared import EXPORT_PICKED, BulkAct, Empty, Listing
from common.lists.page import ListPage
from registry.finding import found

BULK = (("指定承办人", "cases:assign_cases"), ("标注", "cases:label_cases"))


def case_page(request: HttpRequest) -> ListPage:
    """Cases within reach of `request.user`, narrowed by what the address asks."""
    user = request.user
    rows = (
        Case.objects.visible_to(user)
        .select_related("handler", "agency")
        .prefetch_related(labels.seen_by(user))
        .defer("facts")
    )
    listing = Listing(
        filterset=CaseFilter,
        columns=CASE_COLUMNS,
        name="cases",
        ordering=("-filed_on", "-pk"),
        find=partial(found, CaseWords),
        search_label="案号、文号、位置、当事人",
        private=("party",),
        export_name="案件",
        noun="件",
        key="public_id",
        bulk=[BulkAct(word, reverse(name)) for word, name in BULK if may_open(user, name)] + [EXPORT_PICKED],
        empty=_empty(user),
    )
    return ListPage(request, staying.with_limit(rows, user), listing)


def _empty(user) -> Empty:
    if not may_open(user, "cases:register_and_propose"):
        return Empty("还没有案件。")
    what = "核查属实的线索，在线索页面呈批立案；也可以直接登记并呈批立案。"
    return Empty("还没有案件。", what, "登记并呈批立案", reverse("cases:register_and_propose"))
