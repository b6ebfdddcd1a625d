"""公安事项: what public security took up of its own."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from accounts import showing as common_showing
from accounts.acting import act_page
from cases import referral_sections
from cases.acts import MATTER_ACTS, REGISTER_MATTER
from cases.forms import answers as forms
from cases.services import detentions, matters
from cases.views.acting import TEMPLATE, act_on_matter


def acts_of(table, user, thing) -> list[dict]:
    """下一步 of a referral or a matter."""

    def address(act):
        return reverse(f"cases:{act.name}", args=[thing.public_id])

    return common_showing.next_acts(table, user, thing, address)


def _crumbs(here: str) -> list[dict]:
    """移送 › here: public security has no list of cases."""
    return [{"label": "移送", "url": reverse("cases:referrals")}, {"label": here, "url": ""}]


def matter(request, public_id):
    """A matter that public security took up of its own."""
    subject = request.subject
    context = {
        "matter": subject,
        "crumbs": _crumbs(str(subject)),
        "now": timezone.now(),
        "acts": acts_of(MATTER_ACTS, request.user, subject),
        "detentions": referral_sections.detention_rows(subject),
        "rows": [
            {"label": "事项", "value": subject.title},
            {"label": "公安机关", "value": subject.agency.name},
            {"label": "位置", "value": subject.place},
            {"label": "受理日期", "value": referral_sections.iso_day(subject.taken_up_on)},
        ],
        "trail": common_showing.trail_of(subject),
    }
    return render(request, "cases/referral/matter.html", context)


def register_matter(request):
    """登记公安办理事项."""
    return act_page(
        request,
        act=REGISTER_MATTER,
        form_class=forms.MatterForm,
        deed=matters.register_matter,
        template=TEMPLATE,
        cancel_url=reverse("cases:referrals"),
        context={"crumbs": _crumbs(REGISTER_MATTER.label), "verb": "登记"},
    )


def record_matter_detention(request, public_id):
    """登记拘留逮捕."""
    return act_on_matter(
        request, "record_matter_detention", forms.DetentionForm, detentions.record_detention, verb="登记"
    )


def withdraw_matter_detention(request, public_id):
    """撤回措施登记."""
    return act_on_matter(
        request,
        "withdraw_matter_detention",
        forms.WithdrawDetentionForm,
        detentions.withdraw_detention,
        verb="撤回",
        grave=True,
    )
