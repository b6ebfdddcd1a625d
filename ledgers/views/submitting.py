"""Prepare, check, submit, consolidate; submissions and their frozen ledgers."""

from functools import partial

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.acting import act_page
from accounts.models import local_today
from common import csv_out, xlsx
from common.htmx import page_or_piece
from common.lists import exporting
from common.lists.declared import Empty, Listing
from common.lists.page import ListPage
from ledgers.acts import LEDGER_ACTS
from ledgers.columns import SUBMISSIONS
from ledgers.filters import LedgerQuery, SubmissionFilter
from ledgers.forms.submitting import CheckForm, ConsolidateForm, PrepareForm, SubmitForm
from ledgers.models import Submission
from ledgers.services.checking import check_ledger, work_of
from ledgers.services.consolidating import consolidate_ledger
from ledgers.services.exporting import export_submission, plain_lines, record_export
from ledgers.services.freezing import thaw, thawed_lines, thawed_rows
from ledgers.services.ledger_forms import submitted_form
from ledgers.services.opening import opening_of
from ledgers.services.proxies import checkers_called
from ledgers.services.submitting import Report, prepare_ledger, submit_ledger
from ledgers.showing import behind, frozen, openings, returned, sums, work
from ledgers.showing.ledger_bar import with_row_count, with_verdict
from ledgers.showing.ledger_table import frozen_address
from ledgers.views.acting import crumbs
from ledgers.views.ledger import sums_page


def prepare(request, code, agency_code=""):
    """提交核对: the liaison says up to which day the ledger is filled in."""
    ledger = request.subject
    opening = opening_of(ledger, timezone.now(), correct=request.GET.get("correct") == "1")
    now = work_of(ledger, as_of=local_today(), correct=bool(opening.corrects))
    return _act(
        request,
        "prepare_ledger",
        PrepareForm,
        prepare_ledger,
        done=f"已提交核对，{checkers_called(ledger)}会收到通知。",
        template="ledgers/submitting/prepare.html",
        form_options={"opening": opening},
        context=openings.prepare_page(request.user, now, opening),
    )


def check(request, code, agency_code=""):
    """核对: rows that changed one by one, the rest together."""
    now = work_of(request.subject)
    return _act(
        request,
        "check_ledger",
        CheckForm,
        check_ledger,
        done="核对已记录。",
        template="ledgers/submitting/check.html",
        verb="确认已核对",
        context=work.check_page(request.user, now),
    )


def submit(request, code, agency_code=""):
    """报送: what will be frozen, the three figures, falls with their reasons."""
    now, at = work_of(request.subject), timezone.now()
    return _act(
        request,
        "submit_ledger",
        SubmitForm,
        _reported,
        done="台账已报送，这一期不再改动。有错的，报送更正。",
        verb="报送",
        template="ledgers/submitting/submit.html",
        form_options={"work": now, "wanted": opening_of(request.subject, at).wanted},
        context=openings.submit_page(request.user, now, at),
    )


def _reported(*, by, ledger, version=None, **details):
    """Submit with what the form said."""
    return submit_ledger(by=by, ledger=ledger, version=version, report=Report(**details))


def consolidate(request, code):
    """生成汇总台账 from the accepted ledgers of the counties below."""
    act, ledger = LEDGER_ACTS.get("consolidate_ledger"), request.subject.ledger
    query = LedgerQuery(request.GET)
    query.is_valid()
    day = query.cleaned_data.get("as_of") or local_today()
    return act_page(
        request,
        act=act,
        form_class=ConsolidateForm,
        initial={"data_as_of": day},
        deed=partial(consolidate_ledger, ledger=ledger),
        done="汇总台账已生成。",
        cancel_url=ledger.campaign.get_absolute_url(),
        form_options={"thing": ledger},
        template="ledgers/submitting/consolidate.html",
        context=work.consolidate_page(ledger, day) | {"crumbs": crumbs(ledger.campaign, here=act.label)},
    )


def _act(request, name, form_class, deed, *, context=None, form_options=None, verb="", **more):
    """An act on one county's ledger."""
    ledger, act = request.subject, LEDGER_ACTS.get(name)
    here = crumbs(ledger.campaign, ledger, here=act.label)
    page = {"crumbs": here, "now": timezone.now(), "verb": verb or act.label, **(context or {})}
    return act_page(
        request,
        act=act,
        thing=ledger,
        form_class=form_class,
        form_options=form_options,
        deed=partial(deed, ledger=ledger),
        context=page,
        **more,
    )


def submission_list(request):
    """Everything that was reported, newest first."""
    rows = with_verdict(Submission.objects.visible_to(request.user)).select_related(
        "campaign", "agency__region", "filled_by", "checked_by"
    )
    page = ListPage(
        request,
        with_row_count(rows),
        Listing(
            columns=SUBMISSIONS,
            filterset=SubmissionFilter,
            name="submissions",
            ordering="-submitted_at",
            export_name="报送记录",
            noun="期",
            empty=Empty("还没有报送过台账。", "在台账页核对以后报送。"),
        ),
    )
    return page.response("ledgers/submitting/list.html", {"crumbs": crumbs(here="报送记录")})


def submission(request, public_id):
    """The frozen ledger; with ?with= beside another one."""
    the_one = _full(request)
    other, wanted = None, request.GET.get("with", "")
    if wanted:
        rows = Submission.objects.visible_to(request.user).filter(campaign=the_one.campaign)
        other = get_object_or_404(rows, public_id=wanted)
    query = LedgerQuery(request.GET)
    query.is_valid()
    context = frozen.page_of(request.user, the_one, other, query.cleaned_data.get("page") or 1)
    context["crumbs"] = crumbs(the_one.campaign, here=str(the_one))
    return render(request, "ledgers/submitting/submission.html", context)


def cell(request, public_id, entry_key, key):
    """What stood behind a cell when it was submitted."""
    form = submitted_form(request.subject)
    row = request.subject.rows.filter(entry_key=entry_key).first()
    if row is None or key not in form.keys:
        raise Http404
    context = {
        "behind": behind.drawer(request.user, request.subject, form, thaw(form, row), key),
        "marks": returned.on_frozen_cell(request.user, request.subject, entry_key, key),
        "as_of": request.subject.data_as_of,
        "entry_url": frozen.entry_address(request.user, entry_key),
        "crumbs": crumbs(request.subject.campaign, request.subject, here="一格的来源"),
    }
    page, piece = "ledgers/table/cell.html", "ledgers/table/cell_drawer.html"
    return page_or_piece(request, page, piece, "drawer-body", context)


def sum_of(request, public_id, key):
    """The frozen rows that add up to a 小计 or 合计."""
    the_one, form = request.subject, submitted_form(request.subject)
    query = LedgerQuery(request.GET)
    if key not in form.sum_keys or not query.is_valid():
        raise Http404
    rows, opens = thawed_rows(form, the_one), frozen_address(the_one)
    context = {
        "behind": sums.drawer(form, rows, key, query.cleaned_data["region"], opens),
        "as_of": the_one.data_as_of,
        "crumbs": crumbs(the_one.campaign, the_one, here="合计的来源"),
    }
    return sums_page(request, context)


def download(request, public_id):
    """The official workbook as it was submitted, or its rows as CSV."""
    exporting.begin(request)
    the_one = _full(request)
    ledger = frozen.seat_of(the_one)
    count = the_one.rows.count()
    record_export(request.user, ledger, count, the_one.data_as_of, the_one)
    name = f"{the_one.campaign.name}台账_{the_one.agency.name}_第{the_one.sequence}期"
    if (kind := request.GET.get("export")) in csv_out.ENCODINGS:
        form = submitted_form(the_one)
        lines = plain_lines(form, thawed_lines(form, the_one), kind)
        return csv_out.as_download(name, lines, kind, what=name, rows=count)
    return xlsx.as_download(f"{name}.xlsx", lambda target: export_submission(target, the_one), what=name)


def _full(request):
    """The subject with everything its page reads."""
    rows = Submission.objects.visible_to(request.user).select_related(
        "campaign", "agency__parent", "filled_by", "checked_by", "corrects", "previous", "proxy__office"
    )
    return rows.get(pk=request.subject.pk)
