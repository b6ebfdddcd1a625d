"""Who may come to which address of this app. An address that isn't here is refused."""

from accounts.policy import FORM, READ, WRITE, Entry, by_public_id
from accounts.roles import CASE_READERS, COUNTY_STAFF, HANDLER, UPPER
from cases.acts import (
    ACTS,
    MATTER_ACTS,
    PROPOSE_FILING,
    REFERRAL_ACTS,
    REGISTER_MATTER,
    REVIEW_PAST,
    REVIEWERS,
)
from cases.models import Case, PastReview, PoliceMatter, Referral
from clues.models import Clue

CASE = by_public_id(Case.objects.all)
WHOLE = by_public_id(Case.objects.whole)
REFERRAL = by_public_id(Referral.objects.all)
MATTER = by_public_id(PoliceMatter.objects.all)
PAST_REVIEW = by_public_id(PastReview.objects.all)
CLUE = by_public_id(Clue.objects.all)
OWN = COUNTY_STAFF | UPPER


def _act_addresses(table, fetch) -> dict[str, Entry]:
    return {f"cases:{act.name}": Entry(act=act, fetch=fetch, methods=FORM) for act in table.acts}


POLICY: dict[str, Entry] = {
    "cases:list": Entry(posts=OWN, methods=FORM),
    "cases:assign_cases": Entry(act=ACTS.get("assign_handlers"), methods=WRITE),
    "cases:label_cases": Entry(act=ACTS.get("label_case"), methods=WRITE),
    "cases:detail": Entry(posts=CASE_READERS, fetch=WHOLE, methods=READ),
    "cases:next_act": Entry(posts=CASE_READERS, fetch=WHOLE, methods=READ),
    "cases:law_check": Entry(posts=OWN, fetch=WHOLE, methods=READ),
    "cases:brief": Entry(posts=OWN, fetch=WHOLE, methods=READ),
    "cases:approval_form": Entry(posts=OWN, fetch=CASE, methods=READ),
    "cases:propose_own": Entry(act=PROPOSE_FILING, methods=FORM),
    "cases:register_and_propose": Entry(posts=frozenset({HANDLER}), methods=FORM),
    "cases:propose_filing": Entry(act=PROPOSE_FILING, fetch=CLUE, methods=FORM),
    "cases:of_clue": Entry(posts=OWN, fetch=CLUE, methods=READ),
    "cases:referrals": Entry(posts=CASE_READERS, methods=FORM),
    "cases:referral": Entry(posts=CASE_READERS, fetch=REFERRAL, methods=READ),
    "cases:referral_approval_form": Entry(posts=OWN, fetch=REFERRAL, methods=READ),
    "cases:matter": Entry(posts=CASE_READERS, fetch=MATTER, methods=READ),
    "cases:register_matter": Entry(act=REGISTER_MATTER, methods=FORM),
    "cases:past_reviews": Entry(posts=REVIEWERS, methods=FORM),
    "cases:review_past": Entry(act=REVIEW_PAST, methods=FORM),
    "cases:past_review": Entry(posts=REVIEWERS, fetch=PAST_REVIEW, methods=FORM),
    "cases:past_review_progress": Entry(posts=REVIEWERS, fetch=PAST_REVIEW, methods=READ),
    **_act_addresses(ACTS, CASE),
    **_act_addresses(REFERRAL_ACTS, REFERRAL),
    **_act_addresses(MATTER_ACTS, MATTER),
}
