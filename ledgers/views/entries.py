"""The page of an entry and its acts; what waits to be taken in."""

from functools import partial

from django.shortcuts import render
from django.urls import reverse

from accounts.acting import act_page
from ledgers.acts import LEDGER_ACTS
from ledgers.forms.candidates import ExcludeForm, IncludeForm
from ledgers.forms.entries import AmendForm, JoinForm, MergeForm, MoveForm, SplitForm, StrikeForm
from ledgers.services import entries, reshaping
from ledgers.showing import entries as showing
from ledgers.showing import waiting
from ledgers.views.acting import crumbs, entry_act


def detail(request, public_id):
    """One entry: words, figures, what is linked, what comes next, what was done."""
    entry = request.subject
    context = showing.page_of(request.user, entry)
    context["crumbs"] = crumbs(entry.campaign, here=str(entry))
    return render(request, "ledgers/entries/detail.html", context)


def amend_entry(request, public_id):
    """修改条目."""
    return entry_act(
        request,
        "amend_entry",
        AmendForm,
        entries.amend_entry,
        done="条目已修改。",
        initial=showing.amend_initial(request.user, request.subject),
        verb="保存修改",
        intro="金额、面积、吨数、人数在案件中修改，台账随之变动。",
    )


def strike_entry(request, public_id):
    """剔除."""
    done = "条目已剔除，理由已记入。"
    return entry_act(request, "strike_entry", StrikeForm, entries.strike_entry, done=done, grave=True)


def merge_entry(request, public_id):
    """归并."""
    done = "条目已归并，关联的线索和案件都转到这里。"
    return entry_act(request, "merge_entry", MergeForm, reshaping.merge_entry, done=done, grave=True)


def split_entry(request, public_id):
    """拆分."""
    done = "已拆分，这是拆出的条目。"
    return entry_act(request, "split_entry", SplitForm, reshaping.split_entry, done=done)


def move_entry(request, public_id):
    """移出."""
    done = "条目已移出，这是移入县的条目。"
    return entry_act(request, "move_entry", MoveForm, reshaping.move_entry, done=done, grave=True)


def join_case(request, public_id):
    """关联案件."""
    done = "案件已关联到条目。"
    return entry_act(request, "join_case", JoinForm, entries.join_case, done=done)


def candidates(request, code, agency_code=""):
    """待纳入: clues, cases and police matters that wait."""
    ledger = request.subject
    context = waiting.page_of(request.user, ledger)
    context["crumbs"] = crumbs(ledger.campaign, ledger, here="待纳入")
    return render(request, "ledgers/entries/candidates.html", context)


def include(request, code, agency_code=""):
    """纳入台账, several at once."""
    return _take(request, "include_candidate", IncludeForm, entries.include_candidate, "已纳入台账。")


def exclude(request, code, agency_code=""):
    """不纳入, several at once with one reason."""
    return _take(request, "exclude_candidate", ExcludeForm, entries.exclude_candidate, "已记为不纳入。")


def _take(request, name, form_class, deed, done):
    ledger, act = request.subject, LEDGER_ACTS.get(name)
    picks = request.POST.getlist("pick") or request.GET.getlist("pick")
    return act_page(
        request,
        act=act,
        thing=ledger,
        form_class=form_class,
        form_options={"picks": picks},
        deed=partial(_each, deed, ledger),
        done=done,
        cancel_url=_waiting_url(ledger),
        template="ledgers/entries/take.html",
        context={"crumbs": crumbs(ledger.campaign, ledger, here=act.label), "picks": picks},
    )


def _each(deed, ledger, *, by, things, version=None, **more):
    """One deed for each thing, all in the transaction of the form."""
    for thing in things:
        deed(by=by, ledger=ledger, **thing, **more)
    return ledger


def _waiting_url(ledger):
    return reverse("ledgers:candidates", args=[ledger.campaign.code, ledger.agency.code])
