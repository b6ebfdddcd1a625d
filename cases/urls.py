"""Addresses of this app, one line per page or act; who may come stands in policies.py."""

from django.urls import path, re_path

from cases.views import (
    cases,
    corrections,
    decision,
    execution,
    filing,
    investigation,
    referral,
    sheets,
    unmasking,
)

app_name = "cases"


def _acts(prefix, module, *names):
    """One address per act: its name with hyphens behind the thing's id."""
    return [
        path(f"{prefix}<str:public_id>/{name.replace('_', '-')}/", getattr(module, name), name=name)
        for name in names
    ]


urlpatterns = [
    path("", cases.case_list, name="list"),
    path("new/", filing.propose_own, name="propose_own"),
    path("register/", filing.register_and_propose, name="register_and_propose"),
    path("from-clue/<str:public_id>/", filing.propose_from_clue, name="propose_filing"),
    path("of-clue/<str:public_id>/", cases.of_clue, name="of_clue"),
    path("referrals/", referral.referral_list, name="referrals"),
    path("referrals/<str:public_id>/", referral.detail, name="referral"),
    path("referrals/<str:public_id>/sheet/", sheets.referral_sheet, name="referral_sheet"),
    path("matters/new/", referral.register_matter, name="register_matter"),
    path("matters/<str:public_id>/", referral.matter, name="matter"),
    *_acts(
        "referrals/", referral, "approve_referral", "refuse_referral", "send_referral",
        "receive_referral", "accept_referral", "decline_referral", "record_measure",
        "withdraw_measure", "stop_sharing",
    ),
    *_acts("matters/", referral, "record_matter_measure", "withdraw_matter_measure"),
    path("<str:public_id>/", cases.detail, name="detail"),
    re_path(
        r"^(?P<public_id>[^/]+)/sheet/(?P<stage>filing|decision|closing)/$", sheets.sheet,
        name="sheet",
    ),
    *_acts("referrals/", unmasking, "unmask_subject"),
    *_acts("matters/", unmasking, "unmask_matter_subject"),
    *_acts("", unmasking, "unmask_party"),
    *_acts(
        "", corrections, "correct_party", "remove_party", "correct_case_number",
        "correct_decision", "withdraw_payment", "withdraw_acceptance", "withdraw_carrying_out",
    ),
    *_acts("", filing, "approve_filing", "refuse_filing"),
    *_acts(
        "", investigation, "amend_case", "record_party", "name_party", "assign_handlers",
        "record_land_finding", "record_mineral_finding", "withdraw_finding", "add_case_files",
    ),
    *_acts(
        "", decision, "propose_decision", "record_decision", "approve_decision",
        "return_decision", "record_service", "revoke_decision",
    ),
    *_acts(
        "", execution, "record_payment", "carry_out_item", "accept_restoration", "accept_shutdown",
        "propose_closing", "approve_closing", "return_closing",
    ),
    *_acts("", referral, "propose_referral"),
]  # fmt: skip
