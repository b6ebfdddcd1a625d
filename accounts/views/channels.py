"""提醒渠道 and 送达记录: for system administrators."""

from datetime import timedelta
from functools import partial

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts import showing
from accounts.acting import act_page
from accounts.forms import reminders as forms
from accounts.models import Channel, ChannelKind, DeliveryLog, Outcome
from accounts.reminder_acts import CHANNEL_ACTS
from accounts.reminder_lists import DELIVERY_COLUMNS, DeliveryFilter
from accounts.services import channel_book, dead_letters
from accounts.views.home import places
from common.forms import acts
from common.lists.declared import Empty, Listing
from common.lists.page import ListPage

ADDRESSES = ("amend_channel", "test_channel", "stop_channel", "start_channel")
BACK = "accounts:channels"


def channel_list(request):
    """Every channel of the agencies one administers, with what became of the last week."""
    week = timezone.now() - timedelta(days=7)
    rows = (
        Channel.objects.visible_to(request.user)
        .select_related("agency")
        .annotate(
            sent=Count("log", Q(log__outcome=Outcome.SENT, log__at__gte=week)),
            failed=Count("log", Q(log__outcome=Outcome.FAILED, log__at__gte=week)),
        )
    )
    page = {
        "places": places(request.user, "channels"),
        "channels": rows.order_by("agency__path", "order", "pk"),
        "kinds": ChannelKind.choices,
        "house_address": settings.SITE_URL,
    }
    return render(request, "accounts/reminders/channels.html", page)


def channel(request, public_id):
    """One channel: what it is, what may be done, what it sent last."""
    one = request.subject
    page = {
        "channel": one,
        "flags": [] if one.is_active else [("已停用", "red")],
        "summary": _summary(one),
        "acts": showing.next_acts(CHANNEL_ACTS, request.user, one, partial(_address, one)),
        "log": one.log.select_related("outbox__recipient", "agency")[:20],
        "trail": showing.trail_of(one, limit=30),
    }
    return render(request, "accounts/reminders/channel.html", page)


def _address(one, act) -> str:
    if act.name not in ADDRESSES:
        return ""
    return reverse(f"accounts:{act.name}", args=[one.public_id])


def _summary(one) -> list[dict]:
    shown = {key: value for key, value in one.options.items() if key != "fields"}
    fields = one.options.get("fields", {})
    return [
        {"label": "类别", "value": one.get_kind_display()},
        {"label": "服务单位", "value": "全部单位" if one.everywhere else f"{one.agency}及下级"},
        {"label": "地址", "value": one.address},
        {"label": "密钥", "value": "已填写，加密保存" if one.secret else "没有"},
        {"label": "顺序", "value": one.order},
        *[{"label": WORDS.get(key, key), "value": _said(value)} for key, value in shown.items()],
        *[{"label": f"报文字段 {name}", "value": text} for name, text in fields.items()],
    ]


WORDS = {
    "user": "用户名",
    "from": "发件地址",
    "starttls": "先明文后加密",
    "format": "报文格式",
    "header": "密钥所在的请求头",
    "answer": "应答中表示成功的字段",
    "well": "成功时的值",
}


def _said(value):
    return {True: "是", False: "否", "json": "JSON", "form": "表单"}.get(value, value)


def _act(request, name, form_class, deed, back, **more):
    crumbs = [{"label": "提醒渠道", "url": reverse(BACK)}]
    return act_page(
        request,
        act=CHANNEL_ACTS.get(name),
        thing=request.subject,
        form_class=form_class,
        deed=deed,
        cancel_url=back,
        context={"crumbs": crumbs, **more.pop("context", {})},
        **more,
    )


def add_channel(request, kind):
    """A new channel of a kind."""
    if kind not in ChannelKind.values:
        raise Http404
    return _act(
        request,
        "add_channel",
        forms.CHANNEL_FORMS[kind],
        partial(channel_book.add_channel, kind=kind),
        reverse(BACK),
        initial={"agency": request.subject},
        context={"heading": f"登记{ChannelKind(kind).label}", "thing": None, "no_draft": True},
    )


def amend_channel(request, public_id):
    """Address, keys, options."""
    one = request.subject
    lines = "\n".join(f"{name}={text}" for name, text in one.options.get("fields", {}).items())
    initial = {
        **one.options,
        "lines": lines,
        "name": one.name,
        "address": one.address,
        "order": one.order,
        "everywhere": one.everywhere,
    }
    return _act(
        request,
        "amend_channel",
        forms.CHANNEL_FORMS[one.kind],
        partial(channel_book.amend_channel, channel=one),
        one.get_absolute_url(),
        initial=initial,
        context={"no_draft": True},
    )


def stop_channel(request, public_id):
    """Not to be used for now."""
    one = request.subject
    deed = partial(channel_book.stop_channel, channel=one)
    return _act(request, "stop_channel", acts.Reason, deed, one.get_absolute_url())


def start_channel(request, public_id):
    """To be used again."""
    one = request.subject
    deed = partial(channel_book.start_channel, channel=one)
    return _act(request, "start_channel", acts.Confirm, deed, one.get_absolute_url())


def test_channel(request, public_id):
    """Send a test now. The outcome is kept either way, so this is no act that can be undone."""
    one = request.subject
    form = forms.TestForm(_posted(request), user=request.user, thing=one)
    if request.method == "POST" and form.is_valid():
        why = channel_book.test_channel(by=request.user, channel=one, **form.cleaned_data)
        if why:
            messages.error(request, f"没有送成：{why}")
        else:
            messages.success(request, "测试消息已送出，请到对方那里查看。")
        return redirect(one.get_absolute_url())
    page = {
        "form": form,
        "heading": "试发",
        "verb": "发送测试消息",
        "thing": one,
        "no_draft": True,
        "intro": "消息里只有“渠道测试”、时间和链接。",
        "cancel": one.get_absolute_url(),
        "crumbs": [{"label": "提醒渠道", "url": reverse(BACK)}],
    }
    return render(request, "parts/act_page.html", page, status=422 if request.method == "POST" else 200)


def _posted(request):
    """What was posted; also a post without any field is one."""
    return request.POST if request.method == "POST" else None


def deliveries(request):
    """Every attempt, and what was left out and why."""
    page = ListPage(
        request,
        DeliveryLog.objects.visible_to(request.user).select_related("channel", "agency", "outbox__recipient"),
        Listing(
            filterset=DeliveryFilter,
            columns=DELIVERY_COLUMNS,
            name="deliveries",
            ordering=("-at",),
            empty=Empty("还没有送达记录。", "消息送出后，每一次发送都记在这里。"),
            export_name="送达记录",
        ),
    )
    context = {"places": places(request.user, "deliveries"), "dead": dead_letters.of(request.user).count()}
    return page.response("accounts/reminders/deliveries.html", context)


def dead_list(request):
    """What no channel could send."""
    rows = dead_letters.of(request.user)
    page = {"places": places(request.user, "deliveries"), "rows": rows[:200], "count": rows.count()}
    return render(request, "accounts/reminders/dead.html", page)


def retry_message(request, pk):
    """Try it again."""
    dead_letters.retry(by=request.user, row=request.subject)
    messages.success(request, "已排队重新发送，一分钟内送出。")
    return redirect("accounts:dead_letters")


def drop_message(request, pk):
    """Give it up."""
    dead_letters.drop(by=request.user, row=request.subject)
    messages.success(request, "已不再发送；收件人的消息里仍有这一条。")
    return redirect("accounts:dead_letters")
