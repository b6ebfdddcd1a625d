"""What this app tells the books below, which chair it takes, what it does when offices merge."""

from django.dispatch import receiver

from accounts import fileaccess, reassignment, series, standards
from accounts.signals import agency_merged
from cases.access import may_open
from cases.models import Case, Referral
from cases.services.of_clues import find_target, receive_clue
from cases.services.past_reviews import tend
from cases.services.reassigning import move_to_agency, open_cases_of, reassign_cases
from cases.services.thresholds import DEFAULTS
from cases.signals import past_review_waits
from cases.tasks import ring
from cases.terms import TERMS
from clues import targets
from common.slots import seat
from reminders import due_sources

series.register("filing", "立案编号", "立字")
series.register("decision", "处罚决定书编号", "罚字")
series.register("referral", "移送书编号", "移字")
for threshold in DEFAULTS.values():
    standards.register(threshold.key, threshold.label, threshold.unit)
for term in TERMS:
    if term.standard:
        standards.register(term.standard, f"{term.label}的期限", "日")
fileaccess.register(may_open)
reassignment.register("承办的案件", open_cases_of, reassign_cases)
targets.register(find_target, receive_clue)
due_sources.register_handlers(Case, "handler", "second_handler")
due_sources.register_handlers(Referral, "case__handler", "case__second_handler")
due_sources.register_maker(tend)
seat("clue.side", "cases:of_clue", label="查看案件")


@receiver(agency_merged, dispatch_uid="cases-move-to-agency")
def on_agency_merged(sender, by, agency, into, **_):
    """Open cases go on at the office that takes over."""
    move_to_agency(by=by, agency=agency, into=into)


@receiver(past_review_waits, dispatch_uid="cases-past-review-waits")
def on_past_review_waits(sender, key, **_):
    """A file of past cases is too long for the page that took it in."""
    ring(key)
