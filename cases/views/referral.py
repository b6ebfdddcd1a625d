"""移送: our side, and the package that public security and the procuratorate see."""

from functools import partial

from django.shortcuts import render
from django.utils import timezone

from accounts import showing as common_showing
from accounts.pages import clock_rows
from accounts.paper_pages import section_of
from cases import assessing, finding_sections, referral_sections, sections, sent_back, showing
from cases.acts import REFERRAL_ACTS, REGISTER_MATTER
from cases.columns import REFERRAL_COLUMNS
from cases.filters import ReferralFilter
from cases.forms import referral as forms
from cases.models import PoliceMatter, Referral, ReferralState, ReferralWords
from cases.services import flags, suspicion
from cases.services import referral as referring
from cases.terms import POLICE_ANSWER
from cases.views.acting import act_on_case, act_on_referral, crumbs
from cases.views.matters import acts_of
from common.lists.declared import Empty, Listing
from common.lists.page import ListPage
from registry.finding import found


def referral_list(request):
    """Referrals of the user's own cases, or sent to the user's agency; then matters of the police's own."""
    rows = (
        Referral.objects.visible_to(request.user)
        .select_related("agency", "case", "to_agency")
        .prefetch_related("case__parties__party")
    )
    page = ListPage(
        request,
        rows,
        Listing(
            filterset=ReferralFilter,
            columns=REFERRAL_COLUMNS,
            name="referrals",
            ordering=("-sent_on", "-pk"),
            find=partial(found, ReferralWords),
            search_label="文号、案号、案由、当事人",
            private=("party",),
            export_name="涉嫌犯罪移送",
            noun="件",
            empty=Empty("还没有移送。", "应移送的案件，在案件页面呈批移送公安。"),
        ),
    )
    matters = PoliceMatter.objects.visible_to(request.user).filter(referral=None)
    context = {
        "matters": matters.select_related("agency")[:50],
        "may_register": request.user.holds(*REGISTER_MATTER.roles),
    }
    return page.response("cases/referral/list.html", context)


def detail(request, public_id):
    """One referral: the whole of it for the own offices, the package for those it went to."""
    referral = full(request)
    case, own = referral.case, showing.is_own(request.user, referral.case)
    showing.load(case)
    context = {
        "referral": referral,
        "case": case,
        "own": own,
        "now": timezone.now(),
        "crumbs": crumbs(referral),
        "acts": acts_of(REFERRAL_ACTS, request.user, referral),
        "sent_back": sent_back.warnings_of(referral, "return_referral")
        if referral.state == ReferralState.RETURNED
        else [],
        "head_rows": referral_sections.head_rows(referral, own),
        "base_rows": referral_sections.package_rows(case),
        "parties": sections.party_rows(case),
        "violations": sections.violation_rows(case),
        **finding_sections.findings_that_hold(case),
        "files": sections.file_rows(f for f in case.files.all() if f.for_police),
        "detentions": referral_sections.detention_rows(getattr(referral, "matter", None)),
        "clocks": _clocks(referral, own),
        "trail": common_showing.trail_of(referral) if own else [],
        **(section_of(request.user, referral) if own else {}),
        "flags": [*referral_sections.state_words(referral), *(flags.words(case) if own else [])],
    }
    return render(request, "cases/referral/detail.html", context)


def _clocks(referral, own: bool) -> list[dict]:
    """时限; those it was sent to see only the one that is theirs."""
    return [row for row in clock_rows(referral) if own or row["label"] == POLICE_ANSWER.label]


def full(request):
    """The subject with its case, in one query."""
    return (
        Referral.objects.visible_to(request.user)
        .select_related(
            "case__agency",
            "case__county",
            "case__township",
            "to_agency",
            "copied_to",
            "proposed_by",
            "matter",
        )
        .get(pk=request.subject.pk)
    )


def beside_proposal(case) -> dict:
    """Why the case should be referred, and how far the figures it is held against are its province's own."""
    held = assessing.held_of(case)
    rows = [
        {"label": "情形", "value": f"{reason.sentence}（{reason.article}）"}
        for reason in suspicion.reasons_in(held)
    ]
    said = {
        "数额按全国最严标准，本省标准录入后以本省为准。": any(test.limit.fallback for test in held.reached),
        "土地的标准全国统一，各省不能另定。": any(test.group == "land" for test in held.reached),
    }
    intro = "".join(sentence for sentence, due in said.items() if due)
    return {"summary_title": "应移送的情形", "summary": rows, "intro": intro, "verb": "呈批"}


def beside_referral(referral) -> dict:
    """What is to be decided or sent."""
    return {
        "summary_title": "移送情况",
        "summary": referral_sections.head_rows(referral, True),
        "referral_approval_form": True,
    }


def _suspected(case) -> dict:
    """What the case knows of the crime: its facts and the thresholds reached, as the report begins."""
    reached = "；".join(f"{reason.sentence}（{reason.article}）" for reason in suspicion.reasons_of(case))
    lines = [case.facts.strip(), f"{reached}。" if reached else ""]
    only_land = {each.side for each in case.violations.all()} == {"land"}
    return {
        "report": "\n".join(filter(None, lines)),
        "crime": forms.FARMLAND if only_land else forms.MINING,
    }


def propose_referral(request, public_id):
    """呈批移送公安."""
    return act_on_case(
        request,
        "propose_referral",
        forms.ProposeReferralForm,
        referring.propose_referral,
        done="已呈批移送，等主要负责人决定。",
        initial=sent_back.referral_of(request.subject) or _suspected(request.subject),
        **beside_proposal(request.subject),
    )


def send_referral(request, public_id):
    """移送公安机关."""
    return act_on_referral(
        request,
        "send_referral",
        forms.SendReferralForm,
        referring.send_referral,
        done="已移送，公安、检察机关现在可以查阅随移送卷的材料。",
        verb="移送",
    )


def stop_sharing(request, public_id):
    """停止查阅移送材料."""
    return act_on_referral(
        request, "stop_sharing", forms.StopSharingForm, referring.stop_sharing, verb="停止查阅"
    )
