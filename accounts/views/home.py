"""管理: the way to every page of administration that one's posts open; and my own page."""

from django.shortcuts import render
from django.urls import reverse

from accounts import roles
from accounts.models import SigningAuthority, local_today
from accounts.people_acts import NUMBERS

CALENDAR_READERS = roles.EVERYONE
PLACES = (
    ("people", "人员", "登录、任职、离岗交接", roles.MANAGERS),
    ("agencies", "机构", "机构树、名称、文号代字、隶属", roles.MANAGERS),
    ("authorities", "代签授权", "谁可以代谁签批，从哪天到哪天", roles.MANAGERS),
    ("number_offices", "编号", "起始号、手工编号、作废编号", NUMBERS | roles.LEADERS),
    ("calendar_now", "工作日历", "放假和调休，时限按它计算", CALENDAR_READERS),
    ("standards", "标准", "法律交给地方定的数值和依据", CALENDAR_READERS),
    ("roster_now", "值班表", "谁在什么时候值班，以小时计的时限提醒发给值班人", roles.EVERYONE),
    ("channels", "提醒渠道", "邮件、短信、工作群机器人", frozenset({roles.SYSTEM_ADMIN})),
    ("deliveries", "送达记录", "提醒有没有送到，为什么没有", frozenset({roles.SYSTEM_ADMIN})),
    ("audit", "审计", "谁在什么时候办了什么，记录有没有被改动", frozenset({roles.AUDIT_ADMIN})),
    ("reminder_settings", "提醒设置", "接收地址、外出代办", roles.EVERYONE),
    ("me", "我的岗位", "岗位、执法证、代签授权、修改密码", roles.EVERYONE),
)


def places(user, here="") -> list[dict]:
    """The pages of administration that the person's posts open."""
    return [
        {"label": label, "note": note, "url": reverse(f"accounts:{name}"), "current": name == here}
        for name, label, note, posts in PLACES
        if user.role_codes & posts
    ]


def index(request):
    """What there is to administer."""
    return render(request, "accounts/index.html", {"places": places(request.user)})


def me(request):
    """My posts, my certificate, who signs for me and for whom I sign."""
    user = request.user
    today = local_today()
    authorities = SigningAuthority.objects.visible_to(user).filter(until__gte=today)
    page = {
        "places": places(user, "me"),
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
