"""One act, one form, one page: fetch (the middleware did), bind, call the service, say so, go.

Every act page goes through `act_page`, so that the form's key, the version, the conflict page and
the refusal look and work the same everywhere.
"""

import secrets

from django.contrib import messages
from django.shortcuts import redirect, render

from accounts import showing
from accounts.models import TrailEntry
from accounts.services import deeds
from common.errors import Forbidden, KeyReused, Refused, Stale


def act_page(
    request, *, act, form_class, deed, thing=None, done="", initial=None,
    template="parts/act_page.html", form_options=None, cancel_url="", context=None,
):  # fmt: skip
    """Show the form of `act`, or do it.

    `deed(by=…, version=…, **cleaned_data)` is the service, bound to its thing by the caller; it
    returns the thing whose page comes next. `done` is the sentence shown afterwards. `context`
    adds to or overrides what parts/act.html takes (crumbs, intro, warnings, verb, grave…).
    """
    options = {"user": request.user, "thing": thing, **(form_options or {})}
    page = {
        "act": act,
        "thing": thing,
        "heading": act.label,
        "article": act.article,
        "verb": act.label,
        "cancel": cancel_url or (thing.get_absolute_url() if thing else "/"),
        **(context or {}),
    }
    if request.method != "POST":
        form = form_class(initial=initial, **options)
        return _show(request, template, page, form)
    key, digest = request.POST.get("_key") or secrets.token_hex(16), _digest(request)
    if url := deeds.answered(by=request.user, key=key, digest=digest):
        return redirect(url)
    form = form_class(request.POST, request.FILES, initial=initial, **options)
    if not form.is_valid():
        return _show(request, template, page, form, 422)
    try:
        url = deeds.once(
            by=request.user,
            key=key,
            act=act.name,
            digest=digest,
            deed=lambda: _run(deed, request, form).get_absolute_url(),
        )
    except Forbidden:
        raise
    except Stale as stale:
        return _show(request, template, page, form, 409, stale=stale)
    except KeyReused as refusal:
        return _show(request, template, page, form, 422, refusal=refusal)
    except Refused as refusal:
        return _show(request, template, page, form, 409, refusal=refusal)
    messages.success(request, done or f"已办理：{act.label}。")
    return redirect(url)


def _run(deed, request, form):
    values = dict(form.cleaned_data)
    if "_version" in request.POST:
        values["version"] = request.POST["_version"] or None
    return deed(by=request.user, **values)


def _digest(request):
    typed = sorted(
        (name, request.POST.getlist(name)) for name in request.POST if name != "csrfmiddlewaretoken"
    )
    files = [
        (name, each.name, each.size)
        for name in request.FILES
        for each in request.FILES.getlist(name)
    ]
    return deeds.digest_of(request.path, typed, files)


def _show(request, template, page, form, status=200, refusal=None, stale=None):
    current = (stale and stale.thing) or page["thing"]
    page = {
        **page,
        "form": form,
        "key": secrets.token_hex(16),
        "version": getattr(current, "version", None),
        "refusal": _with_addresses(refusal, current) if refusal else None,
        "conflict": _conflict(stale, request.POST.get("_version")) if stale else None,
    }
    return render(request, template, page, status=status)


def _with_addresses(refusal, thing):
    """The refusal with each missing thing as a link to where it is filled in."""
    page = thing.get_absolute_url() if thing else ""
    missing = tuple((label, f"{page}#{anchor}") for label, anchor in refusal.missing)
    return Refused(refusal.sentence, missing)


def _conflict(stale, version) -> dict:
    """What parts/conflict.html shows: each field that changed since the form was opened."""
    changes = [
        {"label": label, "old": old, "new": new, "who": entry.actor.name, "when": entry.at}
        for entry in conflict_of(stale.thing, version)
        for label, (old, new) in (
            showing.pairs(entry.changes) or {entry.label: ("", "已办理")}
        ).items()
    ]
    url = stale.thing.get_absolute_url() if stale.thing else ""
    return {"sentence": stale.sentence, "changes": changes, "url": url}


def conflict_of(thing, version):
    """Trail entries written since the version that the person had read."""
    if thing is None:
        return []
    entries = TrailEntry.objects.filter(
        subject_kind=thing._meta.label_lower, subject_id=thing.pk
    ).select_related("actor", "agency")
    typed = str(version or "")
    read = int(typed) if typed.isdecimal() and len(typed) < 10 else 0
    behind = max(thing.version - read, 1)
    return list(entries.order_by("-pk")[:behind])
