"""What this app tells the books below, and what it does when offices merge."""

from django.dispatch import receiver

from accounts import fileaccess, reassignment, series
from accounts.signals import agency_merged
from clues.access import may_open
from clues.models import Clue
from clues.services.intake import NUMBER_KIND, NUMBER_WORD
from clues.services.reassigning import move_to_agency, open_clues_of, reassign_clues
from reminders import due_sources

series.register(NUMBER_KIND, "线索编号", NUMBER_WORD)
fileaccess.register(may_open)
reassignment.register("核查和处理的线索", open_clues_of, reassign_clues)
due_sources.register_handlers(Clue, "handler")


@receiver(agency_merged, dispatch_uid="clues-move-to-agency")
def on_agency_merged(sender, by, agency, into, **_):
    """Open clues go on at the office that takes over."""
    move_to_agency(by=by, agency=agency, into=into)
