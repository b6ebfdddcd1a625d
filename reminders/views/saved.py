"""常用条件: keep them, open them, change, delete; what is new in one."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.acting import act_page
from common.errors import Refused
from common.forms.acts import Confirm
from reminders.acts import SAVED_ACTS
from reminders.forms.saved import AmendFilterForm, SaveFilterForm
from reminders.models import FilterDigest, SavedFilter
from reminders.saved_lists import LISTS
from reminders.services import saved_filters as services
from reminders.services.saved_reading import address_of, asking, list_for, page_for, parts_of

HOME = "reminders:saved_filters"


class _To:
    """Where to go after an act."""

    def __init__(self, url: str):
        self.url = url

    def get_absolute_url(self) -> str:
        """That address."""
        return self.url


def saved_filters(request):
    """All that the person may use, by list; those shared by others too, and those that were left behind."""
    usable, left = SavedFilter.objects.visible_to(request.user), services.left_to(request.user)
    kept = usable | left
    usable, left = (set(rows.values_list("pk", flat=True)) for rows in (usable, left))
    followed = set(FilterDigest.objects.filter(person=request.user).values_list("saved_id", flat=True))
    rows = [
        {
            "saved": each,
            "list": LISTS[each.list_name].label,
            "own": each.owner_id == request.user.pk,
            "left": each.pk in left,
            "usable": each.pk in usable,
            "followed": each.pk in followed,
        }
        for each in kept.filter(list_name__in=LISTS)
        .select_related("owner", "agency")
        .order_by("list_name", "name")
    ]
    context = {"rows": rows, "crumbs": _crumbs(request.GET.get("list", ""))}
    return render(request, "reminders/saved/list.html", context)


def _crumbs(list_name, *more) -> list[dict]:
    known = LISTS.get(list_name)
    first = [{"label": known.label, "url": reverse(known.url_name)}] if known else []
    here = {"label": "常用条件", "url": f"{reverse(HOME)}?list={list_name}" if more else ""}
    return [*first, here, *({"label": label, "url": ""} for label in more)]


def save_filter(request):
    """保存常用条件: what the list is asked for just now."""
    known = list_for(request.user, request.GET.get("list", ""))
    if known is None:
        return redirect(HOME)
    page = known.page(asking(request.user, known, request.GET.get("at", ""), request.session))
    query, private = parts_of(page)
    back = reverse(known.url_name)

    def deed(*, by, name, shared, digest, version=None):
        saved = services.save_filter(
            by=by,
            list_name=known.name,
            name=name,
            conditions=services.Conditions(query, private),
            shared=shared,
        )
        if digest:
            services.follow_filter(by=by, saved=saved)
        return _To(f"{back}?{page.carried}" if page.carried else back)

    return act_page(
        request,
        act=SAVED_ACTS.get("save_filter"),
        form_class=SaveFilterForm,
        deed=deed,
        done="已保存，在列表上方的“常用条件”里。",
        cancel_url=back,
        context={
            "crumbs": _crumbs(known.name, "保存"),
            "verb": "保存",
            "summary_title": f"{known.label}的条件",
            "summary": [{"label": chip["label"], "value": chip["text"]} for chip in page.bar.chips()],
        },
    )


def open_filter(request, public_id):
    """To the list, narrowed by it."""
    saved = request.subject
    if list_for(request.user, saved.list_name) is None:
        raise Http404
    return redirect(address_of(request, saved))


def amend_filter(request, public_id):
    """修改常用条件."""
    saved = request.subject
    return act_page(
        request,
        act=SAVED_ACTS.get("amend_filter"),
        form_class=AmendFilterForm,
        deed=partial(_then_home, services.amend_filter, saved),
        done="已修改。",
        thing=saved,
        initial={"name": saved.name, "shared": saved.agency_id is not None},
        cancel_url=_home(saved),
        context={"crumbs": _crumbs(saved.list_name, "修改"), "verb": "保存"},
    )


def drop_filter(request, public_id):
    """删除常用条件."""
    saved = request.subject
    shared = f"已共享给{saved.agency.name}，删除后那里的人也不能再用。" if saved.agency_id else ""
    return act_page(
        request,
        act=SAVED_ACTS.get("drop_filter"),
        form_class=Confirm,
        deed=partial(_then_home, services.drop_filter, saved),
        done="已删除。",
        thing=saved,
        cancel_url=_home(saved),
        context={"crumbs": _crumbs(saved.list_name, "删除"), "verb": "删除", "intro": shared, "grave": True},
    )


def _home(saved) -> str:
    return f"{reverse(HOME)}?list={saved.list_name}"


def _then_home(deed, saved, **given):
    deed(saved=saved, **given)
    return _To(_home(saved))


def follow_filter(request, public_id):
    """每日提示 on."""
    try:
        services.follow_filter(by=request.user, saved=request.subject)
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    else:
        messages.success(request, "每个工作日九点以后，有新的会发消息给您。")
    return redirect(_home(request.subject))


def unfollow_filter(request, public_id):
    """每日提示 off."""
    services.unfollow_filter(by=request.user, saved=request.subject)
    messages.success(request, "不再每日提示。")
    return redirect(_home(request.subject))


def new_in_filter(request, public_id):
    """What the last daily message told of, as far as the person may see it now."""
    saved = request.subject
    page, digest = page_for(request.user, saved), FilterDigest.objects.filter(person=request.user)
    digest = digest.filter(saved=saved).first()
    if page is None or digest is None:
        raise Http404
    rows = page.rows.filter(pk__in=digest.fresh)
    context = {
        "saved": saved,
        "columns": page.columns,
        "lines": [[column.cell(row) for column in page.columns] for row in rows],
        "noun": page.noun,
        "crumbs": _crumbs(saved.list_name, saved.name),
    }
    return render(request, "reminders/saved/fresh.html", context)
