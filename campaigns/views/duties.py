"""报送任务: the list, the month, one duty and the acts on it."""

from datetime import date
from functools import partial

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from accounts.acting import act_page
from accounts.roles import COUNTY_STAFF, UPPER
from campaigns.acts import DUTY_ACTS
from campaigns.forms.duties import ClaimForm, HandInForm, RulingForm
from campaigns.listing import LIST, duty_page
from campaigns.services import claims, handing_in
from campaigns.showing import duties as showing
from campaigns.showing.month import month_page
from campaigns.views.acting import RULE_LIST, crumbs, duty_crumbs
from common.forms.acts import Confirm, Reason
from reminders.showing import saved_beside


def duty_list(request):
    """What the user's own office and those below owe, by due time."""
    page = duty_page(request)
    context = {"crumbs": crumbs(here=LIST, user=request.user), "places": places(request.user)}
    return page.response("campaigns/duties/list.html", context | saved_beside(request, page))


def places(user) -> list[tuple[str, str, str]]:
    """The pages beside the list of duties that the person may open."""
    places = [("到期日历", reverse("campaigns:calendar"), "calendar-days")]
    if user.holds(*(COUNTY_STAFF | UPPER)):
        places.append((RULE_LIST, reverse("campaigns:duty_rules"), "list-checks"))
    return places


def calendar(request):
    """到期日历: a month of what falls due for me, and of the rounds below me."""
    text = request.GET.get("month", "")
    try:
        first = date.fromisoformat(f"{text}-01") if text else timezone.localdate().replace(day=1)
    except ValueError:
        raise Http404 from None
    if not 2000 <= first.year <= 2100:
        raise Http404
    context = month_page(request.user, first, timezone.now())
    context["crumbs"] = duty_crumbs(here="到期日历", user=request.user)
    return render(request, "campaigns/duties/calendar.html", context)


def duty(request, public_id):
    """One duty: by when and why, what came in, what may be done."""
    context = showing.page_of(request.user, request.subject, timezone.now())
    context["crumbs"] = duty_crumbs(here=str(request.subject), user=request.user)
    return render(request, "campaigns/duties/detail.html", context)


def hand_in(request, public_id):
    """报送材料."""
    intro = showing.returned_words(request.subject)
    return _act(request, "hand_in", HandInForm, handing_in.hand_in, "材料已报送。", verb="报送", intro=intro)


def accept_paper(request, public_id):
    """接收材料."""
    return _act(request, "accept_paper", Confirm, handing_in.accept_paper, "材料已接收。", verb="接收")


def return_paper(request, public_id):
    """退回材料."""
    return _act(request, "return_paper", Reason, handing_in.return_paper, "材料已退回。", verb="退回")


def cover_paper(request, public_id):
    """由后期材料涵盖."""
    intro = "每一期都要报。只有这一期的内容已经写在后一期材料里的，才在这里办结，以后不再提醒。"
    done = "已办结，报送单位会收到消息。"
    return _act(request, "cover_paper", Reason, handing_in.cover_paper, done, verb="办结", intro=intro)


def record_claim(request, public_id):
    """线下报送补登."""
    return _act(
        request,
        "record_claim",
        ClaimForm,
        claims.record_claim,
        "已补登，等上级认定报送时间。",
        intro="纸质已按时报出、没能在系统内报送的，在这里登记。在上级认定以前，按系统内的时间计算。",
    )


def rule_on_claim(request, public_id):
    """认定报送时间."""
    return _act(request, "rule_on_claim", RulingForm, claims.rule_on_claim, "已认定。", verb="认定")


def _act(request, name, form_class, deed, done, **context):
    act = DUTY_ACTS.get(name)
    return act_page(
        request,
        act=act,
        thing=request.subject,
        form_class=form_class,
        deed=partial(deed, duty=request.subject),
        done=done,
        context={"crumbs": duty_crumbs(request.subject, here=act.label, user=request.user), **context},
    )
