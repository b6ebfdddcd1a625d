"""The list of cases, the page of one, what a clue's page shows of it, its papers to sign."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.policy import may_open
from cases import brief, law_sections, showing
from cases.acts import PROPOSE_FILING, REVIEWERS
from cases.listing import case_page
from cases.models import Case, Referral
from cases.stages import CASE_STAGES
from cases.views.acting import crumbs
from common.htmx import page_or_piece
from registry.models import PartyKind
from reminders.showing import saved_beside


def case_list(request):
    """Cases within reach, filtered; exported as shown."""
    context = {
        "may_file": request.user.holds(*PROPOSE_FILING.roles),
        "may_register": may_open(request.user, "cases:register_and_propose"),
        "may_review": request.user.holds(*REVIEWERS),
    }
    page = case_page(request)
    return page.response("cases/list.html", context | saved_beside(request, page))


def detail(request, public_id):
    """One case: the whole file for its own offices; the package for those it was sent to."""
    case = request.subject
    if not showing.is_own(request.user, case):
        sent = Referral.objects.visible_to(request.user).filter(case=case).first()
        if sent is None:
            raise Http404
        return redirect(sent)
    asked = (request.GET.get(name, "") for name in ("record", "before"))
    context = showing.page_of(request.user, case, *asked)
    context |= {"crumbs": crumbs(case), "now": timezone.now(), "law_standing": law_sections.standing(case)}
    return render(request, "cases/detail.html", context)


def law_check(request, public_id):
    """What the law finds in a case: the piece that fills its section, or a page of its own."""
    case = request.subject
    if not showing.is_own(request.user, case):
        raise Http404
    context = {"crumbs": crumbs(case, "法律核查"), **law_sections.looked_up(request.user, case)}
    names = "cases/law_check_page.html", "cases/law_check_piece.html"
    return page_or_piece(request, *names, "law-check-body", context)


def brief_page(request, public_id):
    """One page of a case; with ?party= (a row of the case) one of that party and all its cases."""
    case = request.subject
    if not showing.is_own(request.user, case):
        raise Http404
    context = {"case": case, "now": timezone.now()}
    asked = request.GET.get("party", "")
    if not asked:
        context |= {"crumbs": crumbs(case, "一页情况"), **brief.of_case(request.user, case)}
        return render(request, "cases/brief.html", context)
    links = case.parties.select_related("party").exclude(party__kind=PartyKind.UNKNOWN)
    link = links.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 10 else None
    if link is None:
        raise Http404
    link.case = case
    context |= {"crumbs": crumbs(case, "当事人情况"), **brief.of_party(request.user, link)}
    return render(request, "cases/brief_party.html", context)


def next_act(request, public_id):
    """From 办理 on the desk straight to the act that moves the case on; to its page where none does."""
    case = request.subject
    if not showing.is_own(request.user, case):
        return redirect(case)
    lead = showing.leads_of(request.user, [case])[case.pk]
    return redirect(lead["url"] if lead else case)


def of_clue(request, public_id):
    """What a clue's page shows beside it: its visible case."""
    clue = request.subject
    its_own = Q(clue=clue)
    if clue.merged_key:
        its_own |= Q(public_id=clue.merged_key)
    case = Case.objects.visible_to(request.user).filter(its_own).order_by("-pk").first()
    state = [(case.get_state_display(), CASE_STAGES[case.state].tone)] if case else []
    return render(request, "cases/filing/of_clue.html", {"case": case, "state": state})
