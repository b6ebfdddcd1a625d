"""Addresses of this app, one line per page or act; who may come stands in policies.py."""

from django.urls import path

from ledgers.views import answering, entries, front, importing, police, sheet, submitting

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
    path("", front.front, name="campaigns"),
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
        "campaigns/<slug:code>/<slug:agency_code>/police/", police.confirm_police,
        name="confirm_police",
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
