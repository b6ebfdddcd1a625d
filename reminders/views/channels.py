"""提醒渠道: for system administrators."""

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
from accounts.places import places
from common.forms import acts
from reminders.acts import CHANNEL_ACTS
from reminders.forms import channels as forms
from reminders.models import Channel, ChannelKind, Outcome
from reminders.services import channel_book
from reminders.services.channels import Keys

ADDRESSES = ("amend_channel", "test_channel", "stop_channel", "start_channel")
BACK = "reminders:channels"


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
        "places": places(request.user, "reminders:channels"),
        "channels": rows.order_by("agency__path", "order", "pk"),
        "kinds": ChannelKind.choices,
        "house_address": settings.SITE_URL,
    }
    return render(request, "reminders/channels.html", page)


def channel(request, public_id):
    """One channel: what it is, what may be done, what it sent last."""
    subject = request.subject
    page = {
        "channel": subject,
        "flags": _flags(subject),
        "summary": _summary(subject),
        "acts": showing.next_acts(CHANNEL_ACTS, request.user, subject, partial(_address, subject)),
        "log": subject.log.select_related("outbox__recipient", "agency")[:20],
        "trail": showing.trail_of(subject, limit=30),
    }
    return render(request, "reminders/channel.html", page)


def _flags(channel) -> list[tuple]:
    if not channel.is_active:
        return [("已停用", "red")]
    return [("送不出", "red")] if channel.down_since else []


def _address(channel, act) -> str:
    if act.name not in ADDRESSES:
        return ""
    return reverse(f"reminders:{act.name}", args=[channel.public_id])


def _summary(channel) -> list[dict]:
    shown = {key: value for key, value in channel.options.items() if key != "fields"}
    fields = channel.options.get("fields", {})
    return [
        {"label": "类别", "value": channel.get_kind_display()},
        {"label": "服务单位", "value": "全部单位" if channel.everywhere else f"{channel.agency}及下级"},
        {"label": "地址", "value": channel.address},
        {"label": "密钥", "value": "已填写，加密保存" if channel.secret else "没有"},
        {"label": "顺序", "value": channel.order},
        *_down(channel),
        *[{"label": WORDS.get(key, key), "value": _as_text(value)} for key, value in shown.items()],
        *[{"label": f"报文字段 {name}", "value": text} for name, text in fields.items()],
    ]


def _down(channel) -> list[dict]:
    if not channel.down_since:
        return []
    since, again = (timezone.localtime(at) for at in (channel.down_since, channel.down_until))
    return [
        {
            "label": "送不出",
            "value": f"自{since:%Y-%m-%d %H:%M}起。{channel.down_why}{again:%H:%M}再试，期间的消息不会丢。",
        }
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


def _as_text(value):
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

    def deed(*, by, agency, version=None, token="", signing="", **details):
        details = channel_book.Details(**details, keys=Keys(token, signing))
        return channel_book.add_channel(by=by, agency=agency, kind=kind, details=details, version=version)

    return _act(
        request,
        "add_channel",
        forms.CHANNEL_FORMS[kind],
        deed,
        reverse(BACK),
        initial={"agency": request.subject},
        context={"heading": f"登记{ChannelKind(kind).label}", "thing": None, "no_draft": True},
    )


def amend_channel(request, public_id):
    """Address, keys, options."""
    channel = request.subject
    lines = "\n".join(f"{name}={text}" for name, text in channel.options.get("fields", {}).items())
    initial = {
        **channel.options,
        "lines": lines,
        "name": channel.name,
        "address": channel.address,
        "order": channel.order,
        "everywhere": channel.everywhere,
    }
    return _act(
        request,
        "amend_channel",
        forms.CHANNEL_FORMS[channel.kind],
        partial(channel_book.amend_channel, channel=channel),
        channel.get_absolute_url(),
        initial=initial,
        context={"no_draft": True},
    )


def stop_channel(request, public_id):
    """Not to be used for now."""
    channel = request.subject
    deed = partial(channel_book.stop_channel, channel=channel)
    return _act(request, "stop_channel", acts.Reason, deed, channel.get_absolute_url())


def start_channel(request, public_id):
    """To be used again."""
    channel = request.subject
    deed = partial(channel_book.start_channel, channel=channel)
    return _act(request, "start_channel", acts.Confirm, deed, channel.get_absolute_url())


def test_channel(request, public_id):
    """Send a test now. The outcome is kept either way, so this is no act that can be undone."""
    channel = request.subject
    form = forms.TestForm(_posted(request), user=request.user, thing=channel)
    if request.method == "POST" and form.is_valid():
        why = channel_book.test_channel(by=request.user, channel=channel, **form.cleaned_data)
        if why:
            messages.error(request, f"没有送成：{why}")
        else:
            messages.success(request, "测试消息已送出，请到对方那里查看。")
        return redirect(channel.get_absolute_url())
    page = {
        "form": form,
        "heading": "试发",
        "verb": "发送测试消息",
        "thing": channel,
        "no_draft": True,
        "intro": "消息里只有“渠道测试”、时间和链接。",
        "cancel": channel.get_absolute_url(),
        "crumbs": [{"label": "提醒渠道", "url": reverse(BACK)}],
    }
    return render(request, "parts/act_page.html", page, status=422 if request.method == "POST" else 200)


def _posted(request):
    """What was posted; also a post without any field is one."""
    return request.POST if request.method == "POST" else None
