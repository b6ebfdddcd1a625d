"""The list of cases, the page of one, what a clue's page shows of it, its papers to sign."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases import showing
from cases.acts import PROPOSE_FILING, REVIEWERS
from cases.columns import CASE_COLUMNS
from cases.desk import first_due
from cases.filters import CaseFilter
from cases.models import Case, Referral
from cases.views.acting import crumbs
from common.lists.declared import Empty, Listing
from common.lists.page import ListPage


def case_list(request):
    """Cases within reach, filtered; exported as shown."""
    rows = (
        Case.objects.visible_to(request.user)
        .select_related("county", "township", "handler", "agency")
        .prefetch_related("parties__party", "violations")
        .annotate(due_at=first_due("cases.case"))
    )
    may_file = request.user.holds(*PROPOSE_FILING.roles)
    page = ListPage(
        request,
        rows,
        Listing(
            filterset=CaseFilter,
            columns=CASE_COLUMNS,
            name="cases",
            ordering=("-filed_on", "-pk"),
            search_fields=("number", "cause", "place", "decisions__number"),
            search_label="案号、案由、位置、文号",
            private=("party",),
            export_name="案件",
            noun="件",
            empty=Empty(
                "还没有案件。",
                "核查属实的线索，在线索页面呈批立案；也可以直接登记并呈批立案。" if may_file else "",
                "登记并呈批立案" if may_file else "",
                reverse("cases:register_and_propose") if may_file else "",
            ),
        ),
    )
    may_review = request.user.holds(*REVIEWERS)
    return page.response("cases/list.html", {"may_file": may_file, "may_review": may_review})


def detail(request, public_id):
    """One case: the whole file for its own offices; the package for those it was sent to."""
    case = full(request)
    if not showing.is_own(request.user, case):
        sent = Referral.objects.visible_to(request.user).filter(case=case).first()
        if sent is None:
            raise Http404
        return redirect(sent)
    context = showing.page_of(request.user, case, request.GET.get("record", ""))
    context |= {"crumbs": crumbs(case), "now": timezone.now()}
    return render(request, "cases/detail.html", context)


def full(request):
    """The subject with everything its head reads, in one query."""
    return (
        Case.objects.visible_to(request.user)
        .select_related("county", "township", "agency", "clue", "handler", "second_handler", "proposed_by")
        .get(pk=request.subject.pk)
    )


def of_clue(request, public_id):
    """What a clue's page shows beside it: its visible case, or the way to 呈批立案."""
    clue = request.subject
    its_own = Q(clue=clue)
    if clue.merged_key:
        its_own |= Q(public_id=clue.merged_key)
    case = Case.objects.visible_to(request.user).filter(its_own).order_by("-pk").first()
    may_file = clue.state in ("verified", "pending") and any(
        post.role in PROPOSE_FILING.roles and post.agency_id == clue.agency_id
        for post in request.user.current_postings
    )
    context = {"clue": clue, "case": case, "may_file": may_file}
    return render(request, "cases/filing/of_clue.html", context)
