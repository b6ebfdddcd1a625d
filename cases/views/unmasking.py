"""Ask to see what is sealed, once and for a reason: on the page, or on a 呈批表 to be printed."""

from django.shortcuts import render

from accounts.revealing import reveal_once
from cases.acts import ACTS, MATTER_ACTS, REFERRAL_ACTS
from cases.forms.unmasking import UnmaskPartyForm, UnmaskSubjectForm
from cases.models import Referral
from cases.services.parties import unmask_party as open_parties
from cases.services.subjects import unmask_subject as open_subject
from cases.views import approval_forms
from cases.views.acting import TEMPLATE, crumbs


def unmask_party(request, public_id):
    """The reason is posted, the answer is this one page: not kept, not reachable by address."""
    case = request.subject
    purpose = request.GET.get("paper", "")
    initial = {"purpose": purpose, "reason": "打印呈批表" if purpose else ""}
    form = UnmaskPartyForm(
        request.POST or None, request=request, user=request.user, thing=case, initial=initial
    )

    def deed():
        values = form.cleaned_data
        named = dict(form.fields["purpose"].choices)[values["purpose"]]
        return open_parties(
            by=request.user,
            case=case,
            version=request.POST.get("_version") or None,
            row=values["row"],
            reason=values["reason"],
            purpose=named if values["purpose"] else "",
        )

    def answer(facts, page):
        if paper := form.cleaned_data["purpose"]:
            return _paper(request, case, paper, facts)
        rows = [row for party in facts for row in _party_rows(party)]
        return render(request, "parts/unmasked.html", {**page, "rows": rows})

    return _once(request, ACTS.get("unmask_party"), case, form, deed, answer)


def _party_rows(facts) -> list[dict]:
    label = {"单位": "统一社会信用代码", "个人": "身份证号码"}.get(facts.kind, "证件号码")
    return [
        {"label": "姓名或名称", "value": facts.name},
        {"label": label, "value": facts.identity},
        {"label": "电话", "value": facts.phone},
    ]


def _paper(request, case, paper, facts):
    """The 呈批表 with the numbers on it, in the order of the parties."""
    identities = {party.key: party.identity for party in facts}
    if paper in approval_forms.APPROVAL_FORMS:
        return approval_forms.of_case(request, case, paper, identities)
    referral = Referral.objects.visible_to(request.user).get(case=case, public_id=paper)
    return approval_forms.of_referral(request, referral, identities)


def unmask_subject(request, public_id):
    """One person of a referral."""
    return _subject(request, REFERRAL_ACTS.get("unmask_subject"), "referral")


def unmask_matter_subject(request, public_id):
    """One person of a matter of the police's own."""
    return _subject(request, MATTER_ACTS.get("unmask_matter_subject"), "matter")


def _subject(request, act, key):
    thing = request.subject
    form = UnmaskSubjectForm(request.POST or None, request=request, user=request.user, thing=thing)

    def deed():
        values = form.cleaned_data
        return open_subject(
            by=request.user, version=request.POST.get("_version") or None, **{key: thing}, **values
        )

    def answer(facts, page):
        rows = [{"label": "姓名", "value": facts.name}, {"label": "身份证号码", "value": facts.identity}]
        return render(request, "parts/unmasked.html", {**page, "rows": rows})

    return _once(request, act, thing, form, deed, answer)


def _once(request, act, thing, form, deed, answer):
    return reveal_once(
        request,
        act=act,
        thing=thing,
        form=form,
        deed=deed,
        answer=answer,
        template=TEMPLATE,
        crumbs=crumbs(thing, act.label),
    )
