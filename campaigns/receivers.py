"""What is announced from below, each answered by one service; what is told to the books below."""

from django.db.models import Q
from django.dispatch import receiver

from accounts import fileaccess
from accounts.signals import agency_merged, calendar_changed
from campaigns.listing import duty_page
from campaigns.models import CampaignDocument, Duty, Meeting
from campaigns.services import in_time
from campaigns.services.duties import make_ahead
from campaigns.services.duty_source import DUTIES, ROUND
from campaigns.services.following import follow_agency
from campaigns.services.item_source import MEETING_ITEMS
from campaigns.services.realigning import realign_for_calendar
from campaigns.services.rounds import look_at_rounds
from campaigns.showing.screening import origin_of
from clues import origins
from reminders import due_sources, saved_lists
from reminders.saved_lists import SavedList
from reminders.services import nearest_sweep

due_sources.register("duty", DUTIES)
due_sources.register("meeting_item", MEETING_ITEMS)
due_sources.register_gathered(ROUND, look_at_rounds)
due_sources.register_maker(make_ahead)
due_sources.register_maker(nearest_sweep.daily("duties in time", in_time.mend))
saved_lists.register(SavedList("duties", "报送任务", "campaigns:duties", duty_page))


@receiver(agency_merged, dispatch_uid="campaigns-agency-merged")
def take_over_place(sender, agency, into, by, **_):
    """The office that took an ended one's place takes part, owes and keeps books instead of it."""
    follow_agency(by=by, agency=agency, into=into)


@receiver(calendar_changed, dispatch_uid="campaigns-calendar-changed")
def move_duties(sender, by, year, **_):
    """Duties that a rule moves off holidays follow the calendar."""
    realign_for_calendar()


def sees_duty_paper(user, stored) -> bool:
    """A paper handed in and a stamped scan are seen by who sees the duty they belong to."""
    of_duty = Q(claim__scan=stored) | Q(papers__file=stored)
    return Duty.objects.visible_to(user).filter(of_duty).exists()


def sees_paper(user, stored) -> bool:
    """Minutes and papers of a campaign are seen by who sees the row they hang on."""
    return (
        Meeting.objects.visible_to(user).filter(minutes=stored).exists()
        or CampaignDocument.objects.visible_to(user).filter(paper=stored).exists()
    )


origins.register("排查登记", origin_of)
fileaccess.register(sees_duty_paper)
fileaccess.register(sees_paper)
