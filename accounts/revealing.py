"""What is sealed, asked for and shown once: the reason is posted, the answer is one page, not kept and
not reachable by address."""

import secrets

from django.shortcuts import redirect, render

from accounts import word_guards
from accounts.services import deeds
from common.errors import Forbidden, Refused


def reveal_once(
    request,
    *,
    act,
    thing,
    form,
    deed,
    answer,
    crumbs,
    template="parts/act_page.html",
    verb="查看",
    context=None,
):
    """Ask, or do it once: a form sent twice shows nothing twice.

    `deed()` opens what is sealed; `answer(facts, page)` is the response that shows it. `context` adds to
    what the page takes.
    """
    page = {
        "act": act,
        "thing": thing,
        "crumbs": crumbs,
        "heading": act.label,
        "intro": act.note,
        "verb": verb,
        "cancel": thing.get_absolute_url(),
        "key": secrets.token_hex(16),
        "version": thing.version,
        "no_draft": True,
        **(context or {}),
    }
    if request.method != "POST":
        return render(request, template, {**page, "form": form})
    try:
        word_guards.check(request, thing, request.FILES)
        if not form.is_valid():
            return render(request, template, {**page, "form": form}, status=422)
        facts = _done_once(request, act, thing, form, deed)
    except Forbidden:
        raise
    except Refused as no:
        return render(request, template, {**page, "form": form, "refusal": no}, status=409)
    return redirect(thing) if facts is None else answer(facts, page)


def _done_once(request, act, thing, form, deed):
    shown = []

    def run():
        shown.append(deed())
        return thing.get_absolute_url()

    deeds.once(
        by=request.user,
        key=request.POST.get("_key") or secrets.token_hex(16),
        act=act.name,
        digest=deeds.digest_of(request.path, str(form.cleaned_data)),
        deed=run,
    )
    return shown[0] if shown else None
