"""Clues on gangs and officials: the list, the page of one, its acts."""

from functools import partial

from django.shortcuts import render
from django.urls import reverse

from accounts import showing as accounts_showing
from accounts.acting import act_page
from accounts.paper_pages import section_of
from clues.acts import RECORD_SECRET, SECRET_ACTS
from clues.forms.secret_clues import AnswerSecretForm, HandOverSecretForm, RecordSecretForm
from clues.models import SecretClue
from clues.services import secret_clues
from clues.showing.secret_clues import rows_of
from clues.views.clues import LIST

TITLE = SECRET_ACTS.title


def crumbs(secret=None, here="") -> list[dict]:
    """线索 › 涉黑涉恶、公职人员线索 › this one › this act."""
    path = [{**LIST, "url": reverse("clues:list")}, {"label": TITLE, "url": reverse("clues:secret_clues")}]
    if secret is not None:
        path.append({"label": str(secret), "url": secret.get_absolute_url() if here else ""})
    return [*path, {"label": here, "url": ""}] if here else path


def secret_clue_list(request):
    """Those that the person may read, the newest first; never what they say."""
    rows = SecretClue.objects.visible_to(request.user).select_related("agency", "to_agency", "recorded_by")
    may_record = request.user.holds(*RECORD_SECRET.roles)
    context = {"rows": rows, "may_record": may_record, "crumbs": crumbs()[:1], "title": TITLE}
    return render(request, "clues/secret/list.html", context)


def secret_clue(request, public_id):
    """One of them, opened."""
    secret = request.subject
    own = any(post.agency_id == secret.agency_id for post in request.user.current_postings)
    context = {
        "secret": secret,
        "rows": rows_of(request.user, secret),
        "acts": accounts_showing.next_acts(SECRET_ACTS, request.user, secret, partial(_address, secret)),
        "trail": accounts_showing.trail_of(secret) if own else [],
        "own": own,
        **(section_of(request.user, secret) if own else {}),
        "crumbs": crumbs(secret),
    }
    return render(request, "clues/secret/detail.html", context)


def _address(secret, act) -> str:
    return reverse(f"clues:{act.name}", args=[secret.public_id])


def record(request):
    """登记涉黑涉恶、公职人员线索."""
    return act_page(
        request,
        act=RECORD_SECRET,
        form_class=RecordSecretForm,
        deed=secret_clues.record_secret_clue,
        done="已登记，本单位负责人已收到消息。",
        cancel_url=reverse("clues:secret_clues"),
        context={
            "crumbs": crumbs(here=RECORD_SECRET.label),
            "verb": "登记",
            "no_draft": True,
            "intro": "只有登记人、本单位负责人和接收机关能看。不要同时写在一般线索里。",
        },
    )


def hand_over(request, public_id):
    """移送公安或纪检监察机关."""
    return _act(request, "hand_over_secret_clue", HandOverSecretForm, secret_clues.hand_over_secret_clue)


def answer(request, public_id):
    """反馈办理结果."""
    return _act(request, "answer_secret_clue", AnswerSecretForm, secret_clues.answer_secret_clue)


def _act(request, name, form_class, deed):
    secret, act = request.subject, SECRET_ACTS.get(name)
    return act_page(
        request,
        act=act,
        thing=secret,
        form_class=form_class,
        deed=partial(deed, secret=secret),
        context={
            "crumbs": crumbs(secret, act.label),
            "verb": act.verb,
            "no_draft": True,
            "summary_title": "线索",
            "summary": rows_of(request.user, secret),
        },
    )
