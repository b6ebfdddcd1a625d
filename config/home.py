"""The first page after sign-in (工作台) and the one search of the top bar.

Each app says what waits for a person; here they are set side by side, in order of their time.
"""

from datetime import UTC, datetime

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts import desk as accounts_desk
from accounts import paper_desk, roles
from accounts.desk import read, told
from accounts.policy import may_open
from campaigns import desk as campaigns_desk
from campaigns.acts import REPORTERS
from campaigns.showing.rounds_received import rounds_for
from cases import desk as cases_desk
from cases.search import search as search_cases
from clues import desk as clues_desk
from clues.search import search as search_clues
from common import stored
from common.searching import LONGEST, fault_of
from ledgers import desk as ledgers_desk
from ledgers.search import search as search_ledgers

DESKS = (accounts_desk, clues_desk, cases_desk, campaigns_desk, ledgers_desk, paper_desk)
SEARCHES = (search_clues, search_cases, search_ledgers)
SHOWN = 50
# Where a report that is owed stands: a ledger, or a duty that paper or a meeting answers.
OWED = ("/ledgers/campaigns/", "/ledgers/duties/")
LATER = datetime.max.replace(tzinfo=UTC)


def desk(request):
    """What is due for me, in order of its time; then what I sent and wait for."""
    now = timezone.now()
    waiting = [part for each in DESKS for part in each.waiting(request.user, now)]
    waited_for = [part for each in DESKS for part in each.sent(request.user)]
    read([*waiting, *waited_for])
    today, sent = told(waiting), told(waited_for)
    today.sort(key=lambda task: task.due or LATER)
    page = {
        "now": now,
        "duty": _next_duty(request.user, today, now),
        "rounds": rounds_for(request.user, now),
        "today": cases_desk.with_leads(request.user, today[:SHOWN]),
        "calendar_url": reverse("campaigns:calendar") if request.user.holds(*roles.BUSINESS) else "",
        "report_url": reverse("clues:register_clue") if request.user.holds(roles.REPORTER) else "",
        "begins": _begins(request.user),
        "today_left": max(len(today) - SHOWN, 0),
        "sent": sorted(sent, key=lambda row: row.at, reverse=True)[:SHOWN],
    }
    return render(request, "home.html", page)


def _begins(user) -> list[dict]:
    """What a county's own people begin from here: label and address; a township has its one strong button."""
    if user.holds(roles.REPORTER):
        return []
    begun = (("登记线索", "clues:register_clue"), ("登记并呈批立案", "cases:register_and_propose"))
    return [{"label": label, "url": reverse(name)} for label, name in begun if may_open(user, name)]


def _next_duty(user, tasks, now):
    """The report that is owed next, with what is to be done for it."""
    owed = next((task for task in tasks if task.due and task.url.startswith(OWED)), None)
    if owed and user.holds(*REPORTERS):
        return {"due": owed.due, "what": owed.what, "url": owed.act_url, "verb": owed.verb}
    duty = campaigns_desk.next_duty(user, now)
    if duty is None:
        return None
    return {
        "due": duty.due_at,
        "what": f"{duty.name}，现在没有等您办的",
        "idle": True,
        "verb": "查看",
        "url": duty.get_absolute_url(),
    }


def search(request):
    """Numbers, places and parties within sight; the words stay out of the address."""
    if request.method == "POST":
        words = request.POST.get("q", "").strip()[: 10 * LONGEST]
        return redirect(f"{request.path}?q={stored.keep(request, 'search', {'words': [words]})}")
    query = stored.recall(request, "search", request.GET.get("q", ""))
    words = query["words"][0] if query else ""
    fault = fault_of(words)
    hits = [hit for each in SEARCHES for hit in each(request.user, words)] if words and not fault else []
    return render(request, "search.html", {"search_text": words, "hits": hits, "fault": fault})
