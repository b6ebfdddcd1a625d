"""Addresses of this app, one line per page or act; who may come stands in policies.py."""

from django.urls import path

from ledgers.views import answering, campaigns, duties, entries, importing, organising, sheet, submitting

app_name = "ledgers"


def _acts(prefix, module, *names):
    """One address per act: its name with hyphens behind the thing's id."""
    return [
        path(f"{prefix}<str:public_id>/{name.replace('_', '-')}/", getattr(module, name), name=name)
        for name in names
    ]


def _of_county(tail, view, name):
    """A page of one county's ledger; without the office it is that of one's own."""
    return [
        path(f"campaigns/<slug:code>/{tail}/", view, name=name),
        path(f"campaigns/<slug:code>/<slug:agency_code>/{tail}/", view, name=name),
    ]


urlpatterns = [
    path("", campaigns.campaign_list, name="campaigns"),
    path("open-campaign/", campaigns.open_campaign, name="open_campaign"),
    path("campaigns/<slug:code>/copy/", campaigns.copy_campaign, name="copy_campaign"),
    path("campaigns/<slug:code>/amend/", campaigns.amend_campaign, name="amend_campaign"),
    path("campaigns/<slug:code>/members/", campaigns.amend_members, name="amend_members"),
    path("campaigns/<slug:code>/organisation/", organising.overview, name="organisation"),
    path(
        "campaigns/<slug:code>/organisation/<slug:book>/", organising.book_list, name="book"
    ),
    path(
        "campaigns/<slug:code>/<slug:agency_code>/organisation/<slug:book>/add/",
        organising.add_row, name="add_row",
    ),
    path("organisation/<slug:book>/<str:public_id>/", organising.row, name="book_row"),
    path(
        "organisation/<slug:book>/<str:public_id>/amend/", organising.amend_row, name="amend_row"
    ),
    path(
        "organisation/<slug:book>/<str:public_id>/strike/", organising.strike_row,
        name="strike_row",
    ),
    path("campaigns/<slug:code>/", sheet.campaign, name="campaign"),
    path("campaigns/<slug:code>/download/", sheet.download, name="download"),
    path("campaigns/<slug:code>/consolidate/", submitting.consolidate, name="consolidate"),
    path("campaigns/<slug:code>/sums/<slug:key>/", sheet.sum_of, name="sum"),
    *_of_county("candidates", entries.candidates, "candidates"),
    *_of_county("include", entries.include, "include_matter"),
    *_of_county("exclude", entries.exclude, "exclude_matter"),
    *_of_county("prepare", submitting.prepare, "prepare_ledger"),
    *_of_county("check", submitting.check, "check"),
    *_of_county("submit", submitting.submit, "submit"),
    path(
        "campaigns/<slug:code>/<slug:agency_code>/import/", importing.upload, name="import_upload"
    ),
    path(
        "campaigns/<slug:code>/<slug:agency_code>/police/", duties.confirm_police,
        name="confirm_police",
    ),
    path("duties/", duties.duty_list, name="duties"),
    path("duties/calendar/", duties.calendar, name="calendar"),
    path("duties/rules/", duties.rule_list, name="duty_rules"),
    path("duties/rules/new/", duties.set_rule, name="set_rule"),
    path("duties/rules/preview/", duties.preview_rule, name="preview_rule"),
    path("duties/rules/<str:public_id>/", duties.rule, name="duty_rule"),
    path("duties/rules/<str:public_id>/board/", duties.board, name="board"),
    path(
        "duties/rules/<str:public_id>/<str:day>/remind/", duties.remind_missing,
        name="remind_missing",
    ),
    *_acts("duties/rules/", duties, "amend_rule", "end_rule"),
    path("duties/<str:public_id>/", duties.duty, name="duty"),
    *_acts(
        "duties/", duties, "hand_in", "accept_paper", "return_paper", "record_claim",
        "rule_on_claim",
    ),
    path("imports/", importing.imports, name="imports"),
    path("imports/<str:public_id>/", importing.batch, name="import_batch"),
    path("imports/<str:public_id>/confirm/", importing.confirm, name="import_confirm"),
    path("imports/<str:public_id>/undo/", importing.undo, name="import_undo"),
    path("imports/<str:public_id>/marked/", importing.marked, name="import_marked"),
    path("entries/<str:public_id>/", entries.detail, name="entry"),
    path("entries/<str:public_id>/cells/<slug:key>/", sheet.cell, name="cell"),
    *_acts(
        "entries/", entries, "amend_entry", "strike_entry", "merge_entry", "split_entry",
        "move_entry", "join_case",
    ),
    path("submissions/", submitting.submission_list, name="submissions"),
    path("submissions/<str:public_id>/", submitting.submission, name="submission"),
    path(
        "submissions/<str:public_id>/download/", submitting.download, name="submission_download"
    ),
    path(
        "submissions/<str:public_id>/rows/<str:entry_key>/<slug:key>/", submitting.cell,
        name="submission_cell",
    ),
    path(
        "submissions/<str:public_id>/sums/<slug:key>/", submitting.sum_of, name="submission_sum"
    ),
    *_acts(
        "submissions/", answering, "accept_submission", "return_submission",
        "record_paper_report", "record_paper_answer",
    ),
]  # fmt: skip
