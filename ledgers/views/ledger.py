"""The live ledger of a campaign, what stands behind a cell, and the workbook."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from accounts.models import local_today
from common import csv_out, xlsx
from common.htmx import page_or_piece
from common.lists import exporting
from common.one_moment import one_moment
from ledgers.filters import LedgerQuery
from ledgers.services.exporting import export_live, plain_lines, record_export
from ledgers.services.kept import row_of
from ledgers.services.ledger_forms import form_of
from ledgers.showing import behind, live, proxies, returned, sums
from ledgers.showing.ledger_table import live_address
from ledgers.showing.scope import scope_of
from ledgers.views.acting import crumbs


def campaign(request, code):
    """The ledger of one county or of all that the person sees."""
    scope = scope_of(request, request.subject)
    now = timezone.now()
    context = live.page_of(scope, now)
    if scope.ledger and scope.as_of is None:
        context["proxy"] = proxies.panel(request.user, scope.ledger, now)
    context["crumbs"] = crumbs(here=request.subject.name)
    return render(request, "ledgers/table/page.html", context)


def cell(request, public_id, key):
    """The facts behind one cell, in the drawer or as a page."""
    entry, as_of = request.subject, _day(request)
    form = form_of(entry.campaign)
    if key not in form.keys:
        raise Http404
    drawn = row_of(entry, as_of, form)
    if drawn is None:
        raise Http404
    context = {
        "behind": behind.drawer(request.user, entry, form, drawn, key),
        "marks": [] if as_of else returned.on_live_cell(request.user, entry, key),
        "links": behind.linked(request.user, entry),
        "as_of": as_of or local_today(),
        "entry_url": entry.get_absolute_url(),
        "crumbs": crumbs(entry.campaign, entry, here="一格的来源"),
    }
    page, piece = "ledgers/table/cell.html", "ledgers/table/cell_drawer.html"
    return page_or_piece(request, page, piece, "drawer-body", context)


def sum_of(request, code, key):
    """The rows that add up to a 小计 or 合计."""
    scope = scope_of(request, request.subject)
    form = scope.form
    if key not in form.sum_keys:
        raise Http404
    opens = live_address(scope.as_of)
    context = {
        "behind": sums.live_drawer(scope.rows(), key, scope.region, opens),
        "as_of": scope.as_of or local_today(),
        "crumbs": crumbs(scope.campaign, here="合计的来源"),
    }
    return sums_page(request, context)


def sums_page(request, context):
    """The drawer of a sum, or its page."""
    page, piece = "ledgers/table/sum.html", "ledgers/table/sum_drawer.html"
    return page_or_piece(request, page, piece, "drawer-body", context)


def download(request, code):
    """The official workbook of what the page shows, or its rows as CSV; or the blank form."""
    exporting.begin(request)
    scope, blank = scope_of(request, request.subject), bool(request.GET.get("blank"))
    rows, day = None if blank else scope.rows(), scope.as_of or local_today()
    seat = scope.ledger or scope.seat()
    unit = seat.agency.name if seat else scope.campaign.region.name
    name = f"{scope.campaign.name}台账_{unit}_{'空表' if blank else day}"
    if (kind := request.GET.get("export")) in csv_out.ENCODINGS and not blank:
        _record(scope, scope.counted(rows), day)
        lines = plain_lines(scope.form, rows.lines(), kind)
        return csv_out.as_download(name, lines, kind, what=name, rows=len(rows))

    def write(target):
        with one_moment():
            now = None if blank else rows.afresh()
            words = {"unit": unit, "as_of": day, "proxy": scope.proxy_words()}
            count = export_live(target, scope.campaign, now, **words)
            counted = scope.counted(now)
        _record(scope, counted, day)
        return count

    return xlsx.as_download(f"{name}.xlsx", write, what=name)


def _record(scope, counted, day):
    """Who took how many rows of which county."""
    for ledger, count in counted:
        record_export(scope.user, ledger, count, day)


def _day(request):
    query = LedgerQuery(request.GET)
    query.is_valid()
    return query.cleaned_data.get("as_of")
