"""管理: the way to every page of administration that one's posts open; and my own page."""

from django.shortcuts import render

from accounts.models import SigningAuthority, local_today
from accounts.places import places


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
        "postings": user.postings.select_related("agency").order_by("-since"),
        "today": today,
        "given": authorities.filter(principal=user).select_related("delegate", "agency"),
        "held": authorities.filter(delegate=user).select_related("principal", "agency"),
        "summary": [
            {"label": "姓名", "value": user.name},
            {"label": "登录名", "value": user.username},
            {"label": "所属单位", "value": user.agency},
            {"label": "联系电话", "value": user.phone},
            {"label": "执法证号", "value": user.certificate_no},
            {"label": "执法证有效期至", "value": user.certificate_until},
        ],
    }
    return render(request, "accounts/people/me.html", page)
