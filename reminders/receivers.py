"""What this app tells below: its pages of administration, the act on a person; and its own source."""

from django.dispatch import receiver

from accounts import people_acts, places, roles
from accounts.models import Answer
from accounts.places import Place
from accounts.signals import confirmation_changed, paper_answered, signed_on_paper
from reminders import due_sources, saved_lists
from reminders.acts import ABSENCE_ACTS, SYSTEM
from reminders.listing import clock_page
from reminders.saved_lists import SavedList
from reminders.services import clock_homes, frame_figures, nearest_sweep, paper_notices
from reminders.services.clock_source import CLOCKS
from reminders.services.digests import tell_new
from reminders.services.second_person import tell_of

frame_figures.register()
due_sources.register("clock", CLOCKS)
due_sources.register_maker(tell_new)
due_sources.register_maker(nearest_sweep.daily("offices of clocks", clock_homes.mend))
saved_lists.register(SavedList("clocks", "时限", "reminders:clocks", clock_page))
people_acts.register("reminders", ABSENCE_ACTS)
places.register(
    Place(
        "reminders:roster_now",
        "值班表",
        "谁在什么时候值班，以小时计的时限提醒发给值班人",
        roles.EVERYONE,
        70,
    ),
    Place("reminders:channels", "提醒渠道", "邮件、短信、工作群机器人", SYSTEM, 80),
    Place("reminders:deliveries", "送达记录", "提醒有没有送到，为什么没有", SYSTEM, 90),
    Place("reminders:settings", "提醒设置", "接收地址、外出代办", roles.EVERYONE, 110),
)


@receiver(signed_on_paper, dispatch_uid="reminders-signed-on-paper")
def on_signed_on_paper(sender, by, approval, **_):
    """Whoever is named on the paper is told at once."""
    paper_notices.tell_signer(by=by, approval=approval)


@receiver(paper_answered, dispatch_uid="reminders-paper-answered")
def on_paper_answered(sender, by, answer, **_):
    """A denial is told to those who act on it."""
    if answer.answer == Answer.DENIED:
        paper_notices.tell_denial(by=by, answer=answer)


@receiver(confirmation_changed, dispatch_uid="reminders-confirmation")
def on_confirmation_changed(sender, by, confirmation, **_):
    """A second person is asked, or has answered: who is concerned finds it in the inbox."""
    tell_of(by, confirmation)
