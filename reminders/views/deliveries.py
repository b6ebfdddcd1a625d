"""送达记录 and what could not be sent: for system administrators."""

from django.contrib import messages
from django.shortcuts import redirect, render

from accounts.places import places
from common.lists.declared import Empty, Listing
from common.lists.page import ListPage
from reminders.columns import DELIVERY_COLUMNS
from reminders.filters import DeliveryFilter
from reminders.models import DeliveryLog
from reminders.services import dead_letters

AT_MOST = 200


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
    context = {
        "places": places(request.user, "reminders:deliveries"),
        "dead": dead_letters.of(request.user).count(),
    }
    return page.response("reminders/deliveries.html", context)


def dead_list(request):
    """What no channel could send: why how many, and the newest of them."""
    reasons = dead_letters.reasons(request.user)
    page = {
        "places": places(request.user, "reminders:deliveries"),
        "rows": dead_letters.of(request.user)[:AT_MOST],
        "at_most": AT_MOST,
        "reasons": reasons,
        "count": sum(each["count"] for each in reasons),
    }
    return render(request, "reminders/dead.html", page)


def retry_messages(request):
    """Try all of it again."""
    count = dead_letters.retry_all(by=request.user, agency=request.subject)
    messages.success(request, f"{count} 条已排队重新发送，一分钟内开始送出。")
    return redirect("reminders:dead_letters")


def retry_message(request, pk):
    """Try it again."""
    dead_letters.retry(by=request.user, row=request.subject)
    messages.success(request, "已排队重新发送，一分钟内送出。")
    return redirect("reminders:dead_letters")


def drop_message(request, pk):
    """Give it up."""
    dead_letters.drop(by=request.user, row=request.subject)
    messages.success(request, "已不再发送；收件人的消息里仍有这一条。")
    return redirect("reminders:dead_letters")
