"""组织实施: the overview of a campaign, its books, and the three acts on their rows."""

from functools import partial

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from accounts.acting import act_page
from accounts.models import local_today
from campaigns.acts import BOOK_ACTS
from campaigns.books import BOOKS
from campaigns.forms.books import StrikeRowForm
from campaigns.models.campaign import organisation_url
from campaigns.services import organising
from campaigns.showing import book_rows
from campaigns.showing import organising as showing
from campaigns.views.acting import crumbs
from common.lists.declared import Empty, Listing
from common.lists.page import ListPage

HERE = "组织实施"
FORM_PAGE = "campaigns/organising/act_page.html"


def overview(request, code):
    """Every book of the campaign at a glance, and what is still owed."""
    campaign, asked = request.subject, request.GET.get("agency", "")
    context = showing.page_of(request.user, campaign, local_today(), asked)
    if asked and context["chosen"] is None:
        raise Http404
    context["crumbs"] = crumbs(campaign, here=HERE)
    return render(request, "campaigns/organising/overview.html", context)


def book_list(request, code, book):
    """The rows of one book."""
    campaign, the_book = request.subject, BOOKS[book]
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
            empty=Empty("还没有登记。", the_book.hint if links else "", first["label"], first["url"]),
        ),
    )
    context = {
        "campaign": campaign,
        "book": the_book,
        "add_links": links,
        "screening": showing.screening_lines(page.bar.rows) if book == "screening" else [],
        "crumbs": [*_path(campaign), {"label": the_book.label, "url": ""}],
    }
    return page.response("campaigns/organising/list.html", context)


def add_row(request, code, agency_code, book):
    """登记: one row, or several where the book takes them at once."""
    seat, the_book = request.subject, BOOKS[book]
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
        context=_act_context(seat.campaign, the_book, "登记")
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
    context["crumbs"] = [*_path(the_row.campaign, the_book), {"label": str(the_row), "url": ""}]
    return render(request, "campaigns/organising/row.html", context)


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
        context=_act_context(the_row.campaign, the_book, "修改", the_row) | {"verb": "保存修改"},
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
        context=_act_context(the_row.campaign, the_book, "作废", the_row) | {"grave": True},
    )


def _act_context(campaign, book, here, the_row=None) -> dict:
    steps = [{"label": str(the_row), "url": the_row.get_absolute_url()}] if the_row else []
    path = [*_path(campaign, book), *steps, {"label": here, "url": ""}]
    return {"crumbs": path, "article": book.article}


def _path(campaign, book=None) -> list[dict]:
    path = [*crumbs(campaign), {"label": HERE, "url": organisation_url(campaign)}]
    return [*path, {"label": book.label, "url": _list_url(campaign, book)}] if book else path


def _list_url(campaign, book) -> str:
    return reverse("campaigns:book", args=[campaign.code, book.key])
