"""Addresses of this app, one line per page or act; who may come stands in policies.py."""

from django.urls import path

from ledgers.views import (
    accepting_together,
    answering,
    entries,
    front,
    importing,
    ledger,
    police,
    proxies,
    returned,
    standing_in,
    submitting,
)

app_name = "ledgers"


def _of_county(tail, view, name):
    """A page of one county's ledger; without the office it is that of the user's own."""
    return [
        path(f"campaigns/<slug:code>/{tail}/", view, name=name),
        path(f"campaigns/<slug:code>/<slug:agency_code>/{tail}/", view, name=name),
    ]


urlpatterns = [
    path("", front.front, name="campaigns"),
    path("campaigns/<slug:code>/", ledger.campaign, name="campaign"),
    path("campaigns/<slug:code>/download/", ledger.download, name="download"),
    path("campaigns/<slug:code>/consolidate/", submitting.consolidate, name="consolidate"),
    path("campaigns/<slug:code>/accept-unchanged/", accepting_together.accept, name="accept_unchanged"),
    path("campaigns/<slug:code>/sums/<slug:key>/", ledger.sum_of, name="sum"),
    *_of_county("candidates", entries.candidates, "candidates"),
    *_of_county("include", entries.include, "include_candidate"),
    *_of_county("exclude", entries.exclude, "exclude_candidate"),
    *_of_county("prepare", submitting.prepare, "prepare_ledger"),
    *_of_county("check", submitting.check, "check"),
    *_of_county("submit", submitting.submit, "submit"),
    path("campaigns/<slug:code>/<slug:agency_code>/checker/", standing_in.replace, name="replace_checker"),
    path(
        "campaigns/<slug:code>/<slug:agency_code>/enter/", proxies.enter_for_county, name="enter_for_county"
    ),
    path("campaigns/<slug:code>/<slug:agency_code>/import/", importing.upload, name="import_upload"),
    path(
        "campaigns/<slug:code>/<slug:agency_code>/police/",
        police.confirm_police,
        name="confirm_police",
    ),
    path("imports/", importing.imports, name="imports"),
    path("imports/<str:public_id>/", importing.batch, name="import_batch"),
    path("imports/<str:public_id>/confirm/", importing.confirm, name="import_confirm"),
    path("imports/<str:public_id>/choose/", importing.choose, name="import_choose"),
    path("imports/<str:public_id>/progress/", importing.progress, name="import_progress"),
    path("imports/<str:public_id>/undo/", importing.undo, name="import_undo"),
    path("imports/<str:public_id>/marked/", importing.marked, name="import_marked"),
    path("entries/<str:public_id>/", entries.detail, name="entry"),
    path("entries/<str:public_id>/cells/<slug:key>/", ledger.cell, name="cell"),
    path("entries/<str:public_id>/amend-entry/", entries.amend_entry, name="amend_entry"),
    path("entries/<str:public_id>/strike-entry/", entries.strike_entry, name="strike_entry"),
    path("entries/<str:public_id>/merge-entry/", entries.merge_entry, name="merge_entry"),
    path("entries/<str:public_id>/split-entry/", entries.split_entry, name="split_entry"),
    path("entries/<str:public_id>/move-entry/", entries.move_entry, name="move_entry"),
    path("entries/<str:public_id>/join-case/", entries.join_case, name="join_case"),
    path("submissions/", submitting.submission_list, name="submissions"),
    path("submissions/<str:public_id>/", submitting.submission, name="submission"),
    path("submissions/<str:public_id>/download/", submitting.download, name="submission_download"),
    path(
        "submissions/<str:public_id>/rows/<str:entry_key>/<slug:key>/",
        submitting.cell,
        name="submission_cell",
    ),
    path("submissions/<str:public_id>/sums/<slug:key>/", submitting.sum_of, name="submission_sum"),
    path(
        "submissions/<str:public_id>/accept-submission/",
        answering.accept_submission,
        name="accept_submission",
    ),
    path(
        "submissions/<str:public_id>/return-submission/",
        answering.return_submission,
        name="return_submission",
    ),
    path(
        "submissions/<str:public_id>/record-paper-report/",
        answering.record_paper_report,
        name="record_paper_report",
    ),
    path(
        "submissions/<str:public_id>/record-paper-answer/",
        answering.record_paper_answer,
        name="record_paper_answer",
    ),
    path(
        "submissions/<str:public_id>/record-returned-workbook/",
        returned.record_returned_workbook,
        name="record_returned_workbook",
    ),
    path("returned/<str:public_id>/", returned.workbook, name="returned_workbook"),
    path("returned/marks/<str:public_id>/take-proposal/", returned.take_proposal, name="take_proposal"),
    path(
        "returned/marks/<str:public_id>/decline-proposal/",
        returned.decline_proposal,
        name="decline_proposal",
    ),
]
