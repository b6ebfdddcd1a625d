"""One act, one form, one page: fetch (the middleware did), bind, call the service, say so, go.

Every act page goes through `act_page`, so that the form's key, the version, the conflict page and
the refusal look and work the same everywhere; no upload is lost by a refusal. A form that was done
already doesn't come here: the middleware answers it (repeats.py).
"""

import secrets
from functools import partial

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render

from accounts import repeats, showing, word_guards
from accounts.models import TrailEntry
from accounts.services import deeds, remarks, staging
from common.errors import Forbidden, KeyReused, Refused, Stale

STAGED = "_staged"


def act_page(
    request,
    *,
    act,
    form_class,
    deed,
    thing=None,
    done="",
    initial=None,
    template="parts/act_page.html",
    form_options=None,
    cancel_url="",
    context=None,
    onward=None,
):
    """Show the form of `act`, or do it.

    `deed(by=…, version=…, **cleaned_data)` is the service, bound to its thing by the caller; it
    returns the thing whose page comes next. `done` is the sentence shown afterwards. `context`
    adds to or overrides what parts/act.html takes (crumbs, intro, warnings, verb, grave…).
    `onward(user, thing)` is the address of the act that comes at once, "" for the thing's own page.
    """
    options = {"user": request.user, "thing": thing, **(form_options or {})}
    page = {
        "act": act,
        "thing": thing,
        "heading": act.label,
        "article": act.article,
        "verb": act.label,
        "grave": act.grave,
        "cancel": cancel_url or (thing.get_absolute_url() if thing else "/"),
        **(context or {}),
    }
    show = partial(_show, request, template, page)
    if request.method != "POST":
        return show(form_class(initial=initial, **options))
    ids = request.POST.getlist(STAGED)
    with staging.reopened(by=request.user, address=request.path, public_ids=ids) as files:
        staged = [upload.row for _, uploads in files.lists() for upload in uploads]
        files.update(request.FILES)
        make_form = partial(form_class, request.POST, files, initial=initial, **options)
        guard = partial(word_guards.check, request, thing)
        run = partial(_run, deed, staged, len(set(ids)), onward)
        return _post(request, act, make_form, guard, run, show, done)


def _post(request, act, make_form, guard, run, show, done):
    """Do the act once; or show the form again with the reason, what was typed and the uploads.

    `guard` refuses words for everybody that name who must stay unnamed, also beside other faults.
    """
    form = make_form()
    try:
        guard(form.files)
    except Refused as refusal:
        return show(_holding(request, form), 409, refusal=refusal)
    if not form.is_valid():
        # A twin of this form may have been done meanwhile, and taken what was staged.
        return redirect(url) if (url := repeats.led_to(request)) else show(_holding(request, form), 422)
    try:
        with remarks.listening() as notes:
            url = deeds.once(
                by=request.user,
                key=repeats.key_of(request),
                act=act.name,
                digest=repeats.digest_of(request),
                deed=lambda: run(request, form),
            )
    except Forbidden:
        raise
    except Stale as stale:
        return show(_holding(request, form), 409, stale=stale)
    except Refused as refusal:
        status = 422 if isinstance(refusal, KeyReused) else 409
        return show(_holding(request, form), status, refusal=refusal)
    messages.success(request, done or f"已{act.label}。")
    for sentence in notes:
        messages.warning(request, sentence)
    return redirect(url)


def _run(deed, staged, kept, onward, request, form) -> str:
    """Do the deed; the address of the page that comes next. Refused where a file that was kept is gone."""
    if len(staged) < kept:
        gone = f"先前选的文件有 {kept - len(staged)} 个已经不在了"
        raise Refused(f"{gone}：暂存超过一天，或者被后来选的文件挤掉。请重新选择，再提交。")
    values = dict(form.cleaned_data)
    if "_version" in request.POST:
        values["version"] = request.POST["_version"] or None
    thing = deed(by=request.user, **values)
    staging.let_go(staged)
    return (onward(request.user, thing) if onward else "") or thing.get_absolute_url()


def _holding(request, form):
    """The refused form, its uploads kept for the next try and named at their fields."""
    for name, field in form.fields.items():
        if not isinstance(field, forms.FileField):
            continue
        uploads = form.files.getlist(form.add_prefix(name))
        several = getattr(field.widget, "allow_multiple_selected", False)
        rows, field.not_taken = staging.hold(
            by=request.user,
            address=request.path,
            field=form.add_prefix(name),
            uploads=uploads if several else uploads[-1:],
        )
        field.staged = [staging.shown(row) for row in rows]
    return form


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
        for label, (old, new) in (showing.pairs(entry.changes) or {entry.label: ("", "已办理")}).items()
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
