"""组织实施: the overview of a campaign, its books, and the three acts on their rows."""

from functools import partial

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.acting import act_page
from accounts.models import local_today
from campaigns.acts import BOOK_ACTS
from campaigns.books import BOOKS
from campaigns.forms.books import StrikeRowForm
from campaigns.models import Campaign
from campaigns.models.campaign import organisation_url
from campaigns.services import organising, screening
from campaigns.showing import book_rows, focus
from campaigns.showing import organising as showing
from campaigns.views.acting import crumbs_for
from common.forms.acts import Confirm
from common.lists.declared import Empty, Listing
from common.lists.page import ListPage

HERE = "组织实施"
FORM_PAGE = "campaigns/organising/act_page.html"


def campaign_list(request):
    """The campaigns whose books the person reads; straight into it where there is one alone."""
    campaigns = Campaign.objects.visible_to(request.user).order_by("-from_day", "code")
    if len(campaigns) == 1:
        return redirect(organisation_url(campaigns[0]))
    context = {"campaigns": campaigns, "crumbs": [{"label": HERE, "url": ""}]}
    return render(request, "campaigns/organising/campaigns.html", context)


def overview(request, code):
    """Every book of the campaign at a glance, and what is still owed."""
    campaign, asked = request.subject, request.GET.get("agency", "")
    context = showing.page_of(request.user, campaign, local_today(), asked)
    if asked and context["chosen"] is None:
        raise Http404
    context["crumbs"] = crumbs_for(request.user, campaign, HERE)
    return render(request, "campaigns/organising/overview.html", context)


def book_list(request, code, book):
    """The rows of one book."""
    campaign, the_book = request.subject, BOOKS[book]
    showing.require_reader(request.user, the_book)
    links = showing.add_links(request.user, campaign, the_book)
    first = links[0] if links else {"label": "", "url": ""}
    page = ListPage(
        request,
        the_book.rows(request.user, campaign),
        Listing(
            columns=the_book.all_columns(),
            filterset=the_book.filterset,
            name=f"book-{book}",
            ordering=the_book.ordering,
            search_fields=the_book.search,
            search_label=the_book.searched,
            export_name=f"{campaign.name}{the_book.label}",
            on_export=_on_export(request.user, campaign, the_book),
            empty=Empty("还没有登记。", the_book.hint if links else "", first["label"], first["url"]),
        ),
    )
    context = {
        "campaign": campaign,
        "focus": focus.lines(page.bar.rows) if the_book.model in focus.WATCHED else [],
        "focus_heads": [the_book.label],
        "book": the_book,
        "add_links": links,
        "screening": showing.screening_lines(page.bar.rows) if book == "screening" else [],
        "crumbs": [*_path(request.user, campaign), {"label": the_book.label, "url": ""}],
    }
    return page.response("campaigns/organising/list.html", context)


def _on_export(user, campaign, book):
    """What notes that a guarded book left as a workbook; None for the others."""
    if not book.model.guarded:
        return None
    return lambda count: organising.record_export(by=user, campaign=campaign, model=book.model, count=count)


def add_row(request, code, agency_code, book):
    """登记: one row, or several where the book takes them at once."""
    seat, the_book = request.subject, BOOKS[book]
    showing.require_reader(request.user, the_book)
    form_class = the_book.add_form or the_book.form
    return act_page(
        request,
        act=BOOK_ACTS.get("add_row"),
        thing=seat,
        form_class=form_class,
        template=FORM_PAGE,
        deed=partial(_add, seat, the_book, form_class),
        done=f"已登记到“{the_book.label}”。",
        cancel_url=_list_url(seat.campaign, the_book),
        context=act_context(request.user, seat.campaign, the_book, "登记")
        | {
            "heading": the_book.verb if the_book.add_form else f"登记{the_book.label}",
            "intro": the_book.hint,
            "thing": seat.agency,
            "verb": "登记",
        },
    )


def _add(seat, book, form_class, *, by, version=None, **values):
    """One row leads to its page, several to the list."""
    rows = organising.add_rows(by=by, seat=seat, model=book.model, rows=form_class.rows_of(values))
    return rows[0] if len(rows) == 1 else BookList(seat.campaign, book)


class BookList:
    """The list of a book, as where an act leads."""

    def __init__(self, campaign, book):
        self.campaign, self.book = campaign, book

    def get_absolute_url(self):
        """The list's address."""
        return _list_url(self.campaign, self.book)


def row(request, book, public_id):
    """One row with its record."""
    the_row, the_book = request.subject, BOOKS[book]
    context = book_rows.row_page(request.user, the_book, the_row)
    context["crumbs"] = [*_path(request.user, the_row.campaign, the_book), {"label": str(the_row), "url": ""}]
    return render(request, "campaigns/organising/row.html", context)


def register_found(request, book, public_id):
    """登记线索 of a place with trouble: the button on its row's page posts here."""
    the_row, the_book = request.subject, BOOKS[book]
    return act_page(
        request,
        act=BOOK_ACTS.get("register_found"),
        thing=the_row,
        form_class=Confirm,
        deed=partial(screening.register_found, row=the_row),
        done="线索已登记，请核对、补充后分派核查。",
        context=act_context(request.user, the_row.campaign, the_book, "登记线索", the_row)
        | {"verb": "登记线索", "intro": f"{the_row}：{the_row.result}"},
    )


def amend_row(request, book, public_id):
    """修改."""
    the_row, the_book = request.subject, BOOKS[book]
    return act_page(
        request,
        act=BOOK_ACTS.get("amend_row"),
        thing=the_row,
        form_class=the_book.form,
        template=FORM_PAGE,
        deed=partial(organising.amend_row, row=the_row),
        done="已保存修改。",
        initial=book_rows.initial_of(the_row),
        context=act_context(request.user, the_row.campaign, the_book, "修改", the_row) | {"verb": "保存修改"},
    )


def strike_row(request, book, public_id):
    """作废."""
    the_row, the_book = request.subject, BOOKS[book]
    return act_page(
        request,
        act=BOOK_ACTS.get("strike_row"),
        thing=the_row,
        form_class=StrikeRowForm,
        deed=partial(organising.strike_row, row=the_row),
        done="已作废，原因已记入。",
        context=act_context(request.user, the_row.campaign, the_book, "作废", the_row) | {"grave": True},
    )


def act_context(user, campaign, book, here, the_row=None) -> dict:
    """Where a form about a book or one of its rows stands, and by which notice the book is kept."""
    steps = [{"label": str(the_row), "url": the_row.get_absolute_url()}] if the_row else []
    path = [*_path(user, campaign, book), *steps, {"label": here, "url": ""}]
    return {"crumbs": path, "article": book.article}


def _path(user, campaign, book=None) -> list[dict]:
    path = [*crumbs_for(user, campaign), {"label": HERE, "url": organisation_url(campaign)}]
    return [*path, {"label": book.label, "url": _list_url(campaign, book)}] if book else path


def _list_url(campaign, book) -> str:
    return reverse("campaigns:book", args=[campaign.code, book.key])
