"""管理: the way to every page of administration that one's posts open; and my own page."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts import showing
from accounts.models import SigningAuthority, local_today
from accounts.places import places
from accounts.services import sessions


def index(request):
    """What there is to administer."""
    return render(request, "accounts/index.html", {"places": places(request.user)})


def me(request):
    """My posts, my certificate, who signs for me and for whom I sign."""
    user = request.user
    today = local_today()
    authorities = SigningAuthority.objects.visible_to(user).filter(until__gte=today)
    page = {
        "places": places(user, "accounts:me"),
        "sign_ins": sessions.running(user, timezone.now()),
        "here": request.session.session_key,
        "postings": user.postings.select_related("agency").order_by("-since"),
        "today": today,
        "given": authorities.filter(principal=user).select_related("delegate", "agency"),
        "held": authorities.filter(delegate=user).select_related("principal", "agency"),
        "summary": [
            {"label": "姓名", "value": user.name},
            {"label": "登录名", "value": user.username},
            {"label": "所属单位", "value": user.agency},
            {"label": "联系电话", "value": user.phone},
            *showing.certificate_rows(user),
        ],
    }
    return render(request, "accounts/people/me.html", page)


def end_sign_in(request, pk):
    """Sign out elsewhere: a session of one's own ends."""
    sessions.end_own(by=request.user, sign_in=request.subject)
    messages.success(request, "已退出那一处的登录。")
    return redirect("accounts:me")
