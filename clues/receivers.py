"""What this app tells the books below, and what it does when offices merge."""

from django.dispatch import receiver

from accounts import apart, fileaccess, reassignment, series, signables, word_guards
from accounts.models import Agency
from accounts.services import nearest
from accounts.signals import agency_merged, clocks_changed
from clues.access import may_open
from clues.acts import ACTS, SECRET_ACTS
from clues.listing import clue_page
from clues.models import Clue, SecretClue
from clues.services import secret_clues
from clues.services.informants import guard_office, guard_words
from clues.services.intake import NUMBER_KIND, NUMBER_WORD
from clues.services.often import violations_named
from clues.services.reassigning import move_to_agency, open_clues_of, reassign_clues
from clues.terms import CHECK, TERMS
from registry import often
from reminders import due_sources, saved_lists
from reminders.saved_lists import SavedList
from reminders.services import nearest_sweep

series.register(NUMBER_KIND, "线索编号", NUMBER_WORD)
fileaccess.register(may_open)
signables.register(ACTS)
signables.register(SECRET_ACTS)
apart.register(SecretClue._meta.label_lower)
reassignment.register("核查和处理的线索", open_clues_of, reassign_clues)
due_sources.register_handlers(Clue, "handler")
due_sources.register_maker(nearest_sweep.of(Clue, kind=CHECK.kind))
due_sources.register_terms(TERMS)
often.register(violations_named)
saved_lists.register(SavedList("clues", "线索", "clues:list", clue_page))


def guard_clue(user, thing, texts):
    """What is written about a clue, and in what hangs on one, doesn't name its informant; what a whole
    office reads names none of its informants."""
    if isinstance(thing, Agency):
        guard_office(user, thing, *texts)
    clue = thing.clue if isinstance(thing, SecretClue) else thing
    if isinstance(clue, Clue):
        guard_words(user, clue, *texts)


@receiver(agency_merged, dispatch_uid="clues-move-to-agency")
def on_agency_merged(sender, by, agency, into, **_):
    """Open clues go on at the office that takes over."""
    move_to_agency(by=by, agency=agency, into=into)
    secret_clues.move_to_agency(by=by, agency=agency, into=into)


@receiver(clocks_changed, dispatch_uid="clues-clocks-changed")
def on_clocks_changed(sender, kind, ids, **_):
    """By when a clue must be looked at stands beside it."""
    if kind == Clue._meta.label_lower:
        nearest.keep(Clue.objects.all(), ids, kind=CHECK.kind)


word_guards.register(guard_clue)
