"""Addresses of this app, one line per page or act; who may come stands in policies.py."""

from django.urls import URLPattern, path, re_path

from cases.acts import ACTS
from cases.views import (
    answers,
    approval_forms,
    cases,
    corrections,
    decision,
    execution,
    filing,
    investigation,
    matters,
    past_reviews,
    referral,
    steps,
    unmasking,
)

app_name = "cases"


def _act(prefix: str, view, name: str = "", **told) -> URLPattern:
    """The address of an act: its name with hyphens behind the thing's id."""
    name = name or view.__name__
    return path(f"{prefix}<str:public_id>/{name.replace('_', '-')}/", view, told, name=name)


REFERRALS, MATTERS = "referrals/", "matters/"
urlpatterns = [
    path("", cases.case_list, name="list"),
    path("new/", filing.propose_own, name="propose_own"),
    path("register/", filing.register_and_propose, name="register_and_propose"),
    path("from-clue/<str:public_id>/", filing.propose_from_clue, name="propose_filing"),
    path("of-clue/<str:public_id>/", cases.of_clue, name="of_clue"),
    path("past-reviews/", past_reviews.past_review_list, name="past_reviews"),
    path("past-reviews/new/", past_reviews.review_past, name="review_past"),
    path("past-reviews/<str:public_id>/", past_reviews.past_review, name="past_review"),
    path(
        "past-reviews/<str:public_id>/progress/",
        past_reviews.past_review_progress,
        name="past_review_progress",
    ),
    path("referrals/", referral.referral_list, name="referrals"),
    path("referrals/<str:public_id>/", referral.detail, name="referral"),
    path(
        "referrals/<str:public_id>/approval-form/",
        approval_forms.referral_approval_form,
        name="referral_approval_form",
    ),
    path("matters/new/", matters.register_matter, name="register_matter"),
    path("matters/<str:public_id>/", matters.matter, name="matter"),
    _act(REFERRALS, referral.approve_referral),
    _act(REFERRALS, referral.refuse_referral),
    _act(REFERRALS, referral.send_referral),
    _act(REFERRALS, answers.receive_referral),
    _act(REFERRALS, answers.record_police_filing),
    _act(REFERRALS, answers.decline_referral),
    _act(REFERRALS, answers.record_detention),
    _act(REFERRALS, answers.withdraw_detention),
    _act(REFERRALS, referral.stop_sharing),
    _act(MATTERS, matters.record_matter_detention),
    _act(MATTERS, matters.withdraw_matter_detention),
    path("<str:public_id>/", cases.detail, name="detail"),
    re_path(
        r"^(?P<public_id>[^/]+)/approval-form/(?P<stage>filing|decision|closing)/$",
        approval_forms.approval_form,
        name="approval_form",
    ),
    _act(REFERRALS, unmasking.unmask_subject),
    _act(MATTERS, unmasking.unmask_matter_subject),
    _act("", unmasking.unmask_party),
    _act("", corrections.correct_party),
    _act("", corrections.remove_party),
    _act("", corrections.correct_case_number),
    _act("", corrections.correct_decision),
    _act("", corrections.withdraw_payment),
    _act("", corrections.withdraw_completion_check),
    _act("", corrections.withdraw_carrying_out),
    _act("", filing.approve_filing),
    _act("", filing.refuse_filing),
    _act("", investigation.amend_case),
    _act("", investigation.record_party),
    _act("", investigation.name_party),
    _act("", investigation.assign_handlers),
    _act("", investigation.record_land_finding),
    _act("", investigation.record_mineral_finding),
    _act("", investigation.withdraw_finding),
    _act("", investigation.add_case_files),
    _act("", decision.propose_decision),
    _act("", decision.record_decision),
    _act("", decision.approve_decision),
    _act("", decision.return_decision),
    _act("", decision.record_service),
    _act("", decision.revoke_decision),
    _act("", execution.record_payment),
    _act("", execution.carry_out_item),
    _act("", execution.check_restoration),
    _act("", execution.check_shutdown),
    _act("", execution.propose_closing),
    _act("", execution.approve_closing),
    _act("", execution.return_closing),
    _act("", referral.propose_referral),
    *(_act("", steps.take_step, act.name, act_name=act.name) for act in ACTS.acts if act.plain),
]
