"""What this app tells the books below, which chair it takes, what it does when offices merge."""

from decimal import Decimal

from django.dispatch import receiver

from accounts import fileaccess, reassignment, series, signables, standards, word_guards
from accounts.services import nearest
from accounts.signals import agency_merged, clocks_changed, paper_answered
from accounts.standards import LawRow
from accounts.terms import DAYS, WORKDAYS
from cases.access import may_open
from cases.acts import ACTS, REFERRAL_ACTS
from cases.assessing.figures import register_figures
from cases.listing import case_page
from cases.models import Case, Referral
from cases.services import flag_sweep, flags
from cases.services.joining_source import JOININGS
from cases.services.of_clues import find_target, guard_case, receive_clue
from cases.services.often import violations_filed
from cases.services.past_reviews import tend
from cases.services.reassigning import move_to_agency, open_cases_of, reassign_cases
from cases.showing import filing_of
from cases.signals import past_review_waits
from cases.tasks import ring
from cases.terms import TERMS
from clues import onward, targets
from common.slots import seat
from registry import often
from reminders import due_sources, saved_lists
from reminders.saved_lists import SavedList
from reminders.services import nearest_sweep

series.register("filing", "立案编号", "立字")
series.register("decision", "处罚决定书编号", "罚字")
series.register("referral", "移送书编号", "移字")
register_figures()
BESIDE = {model._meta.label_lower: model for model in (Case, Referral)}
UNITS = {DAYS: "日", WORKDAYS: "工作日"}
for term in TERMS:
    if term.standard:
        own = LawRow(Decimal(term.length), term.article, sure=term.sure)
        standards.register(term.standard, f"{term.label}的期限", UNITS[term.unit], own=(own,))
fileaccess.register(may_open)
signables.register(ACTS)
signables.register(REFERRAL_ACTS)
word_guards.register(guard_case)
reassignment.register("承办的案件", open_cases_of, reassign_cases)
targets.register(find_target, receive_clue)
onward.register("propose_filing", filing_of)
often.register(violations_filed)
due_sources.register_handlers(Case, "handler", "second_handler")
due_sources.register_handlers(Referral, "case__handler", "case__second_handler", number="case__number")
due_sources.register("joining", JOININGS)
due_sources.register_maker(tend)
due_sources.register_maker(flag_sweep.tend)
due_sources.register_maker(nearest_sweep.of(Case))
due_sources.register_maker(nearest_sweep.of(Referral))
due_sources.register_terms(TERMS)
saved_lists.register(SavedList("cases", "案件", "cases:list", case_page))
seat("clue.side", "cases:of_clue", label="查看案件")


@receiver(agency_merged, dispatch_uid="cases-move-to-agency")
def on_agency_merged(sender, by, agency, into, **_):
    """Open cases go on at the office that takes over."""
    move_to_agency(by=by, agency=agency, into=into)


@receiver(clocks_changed, dispatch_uid="cases-clocks-changed")
def on_clocks_changed(sender, kind, ids, **_):
    """The nearest time limit of a case or of a referral stands beside it."""
    if model := BESIDE.get(kind):
        nearest.keep(model.objects.all(), ids)


@receiver(past_review_waits, dispatch_uid="cases-past-review-waits")
def on_past_review_waits(sender, key, **_):
    """A file of past cases is too long for the page that took it in."""
    ring(key)


@receiver(paper_answered, dispatch_uid="cases-paper-answered")
def on_paper_answered(sender, answer, **_):
    """A signer denies an approval of a case or of its referral, or no longer does: a flag of the case."""
    thing = answer.approval.thing
    case = thing.case if isinstance(thing, Referral) else thing
    if isinstance(case, Case):
        flags.renew(case)
