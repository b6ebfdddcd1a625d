"""What is announced from below, each answered by one service; what is told to the books below."""

from django.db.models import Q
from django.dispatch import receiver

from accounts import fileaccess
from accounts.signals import agency_merged, calendar_changed
from campaigns.models import CampaignDocument, Duty, Meeting
from campaigns.services.duties import make_ahead
from campaigns.services.duty_source import DUTIES
from campaigns.services.following import follow_agency
from campaigns.services.realigning import realign_for_calendar
from reminders import due_sources

due_sources.register("duty", DUTIES)
due_sources.register_maker(make_ahead)


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


fileaccess.register(sees_duty_paper)
fileaccess.register(sees_paper)
