"""呈批表 to be printed: typed data and the opinions given on screen, nobody who reported.

Lines to write on stay where nobody has spoken, or the leader's answer is still awaited.

Numbers are masked; with the numbers on it a paper is printed through the act unmask_party.
"""

from django.shortcuts import render
from django.urls import reverse

from accounts import opinions
from cases import outcome_sections, sections, showing
from cases.acts import ACTS, REFERRAL_ACTS
from cases.models import Referral
from cases.views.acting import crumbs

APPROVAL_FORMS = {"filing": "立案呈批表", "decision": "违法案件处理决定呈批表", "closing": "结案呈批表"}
APPROVALS = {"filing": "approve_filing", "decision": "approve_decision", "closing": "approve_closing"}


def approval_form(request, public_id, stage):
    """呈批表 of a case, numbers masked."""
    return of_case(request, request.subject, stage)


def of_case(request, case, stage, identities=None):
    """The paper of one stage; `identities` are numbers opened for it, by party."""
    context = showing.page_of(request.user, case)
    context |= {"stage": stage, "title": APPROVAL_FORMS[stage], "crumbs": crumbs(case, APPROVAL_FORMS[stage])}
    context |= opinions.on_paper_form(case, ACTS, APPROVALS[stage])
    context |= {"found": sections.found_words(case), "thing_rows": outcome_sections.thing_rows(case)}
    return _paper(request, case, context, stage, identities)


def referral_approval_form(request, public_id):
    """移送呈批表, numbers masked."""
    return of_referral(request, request.subject)


def of_referral(request, referral, identities=None):
    """The paper that the head signs."""
    referral = (
        Referral.objects.visible_to(request.user)
        .select_related("case__agency", "case__county", "case__township", "to_agency", "copied_to")
        .get(pk=referral.pk)
    )
    showing.load(referral.case)
    context = {
        "referral": referral,
        "case": referral.case,
        "title": "涉嫌犯罪案件移送呈批表",
        "stage": "referral",
        "crumbs": crumbs(referral, "呈批表"),
        "parties": sections.party_rows(referral.case),
        "violations": sections.violation_rows(referral.case),
        "found": sections.found_words(referral.case),
        **opinions.on_paper_form(referral, REFERRAL_ACTS, "approve_referral"),
    }
    return _paper(request, referral.case, context, referral.public_id, identities)


def _paper(request, case, context, paper, identities):
    if identities is None and ACTS.openness("unmask_party", request.user, case).ok:
        address = reverse("cases:unmask_party", args=[case.public_id])
        context["unmask_url"] = f"{address}?paper={paper}"
    context["opened"] = identities is not None
    for party in context["parties"]:
        party["identity"] = (identities or {}).get(party["key"]) or party["identity"]
    return render(request, "cases/approval_form.html", context)
