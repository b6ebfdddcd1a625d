"""Who may come to the addresses of reminders; joined to the app's table in accounts/policies.py."""

from accounts import roles
from accounts.models import Agency, Channel, User
from accounts.policy import FORM, PUBLIC, READ, SIGNED_IN, WRITE, Entry, by_public_id
from accounts.reminder_acts import ABSENCE_ACTS, CHANNEL_ACTS, ROSTER_ACTS
from accounts.services import dead_letters
from accounts.services.calendar import kept_by

ALL = roles.EVERYONE
SYSTEM = frozenset({roles.SYSTEM_ADMIN})

person = by_public_id(User.objects.all)
channel = by_public_id(Channel.objects.all)


def own_agency(user, **_):
    """The agency for which a new channel is proposed."""
    return kept_by(user)


def agency(user, code, **_):
    """An agency whose roster the person may look at."""
    return Agency.objects.visible_to(user).filter(code=code).distinct().first()


def dead_letter(user, pk, **_):
    """A message that no channel could send, of an agency the person administers."""
    return dead_letters.of(user).filter(pk=pk).first()


def of_channel(name):
    """The form of one act on a channel."""
    return Entry(act=CHANNEL_ACTS.get(name), fetch=channel, methods=FORM)


POLICY: dict[str, Entry] = {
    "accounts:reminder_settings": Entry(posts=SIGNED_IN, methods=READ),
    "accounts:set_contact": Entry(posts=SIGNED_IN, methods=FORM),
    "accounts:confirm_contact": Entry(posts=SIGNED_IN, methods=FORM),
    "accounts:prefer_contact": Entry(posts=SIGNED_IN, methods=WRITE),
    "accounts:drop_contact": Entry(posts=SIGNED_IN, methods=WRITE),
    "accounts:make_feed": Entry(posts=ALL, methods=WRITE),
    "accounts:end_feed": Entry(posts=SIGNED_IN, methods=WRITE),
    "accounts:feed": Entry(posts=PUBLIC, methods=READ),
    "accounts:own_absence": Entry(posts=ALL, methods=FORM),
    "accounts:end_absence": Entry(posts=SIGNED_IN, methods=WRITE),
    "accounts:record_absence": Entry(act=ABSENCE_ACTS.get("record_absence"), fetch=person, methods=FORM),
    "accounts:channels": Entry(posts=SYSTEM, methods=READ),
    "accounts:add_channel": Entry(act=CHANNEL_ACTS.get("add_channel"), fetch=own_agency, methods=FORM),
    "accounts:channel": Entry(posts=SYSTEM, methods=READ, fetch=channel),
    **{
        f"accounts:{name}": of_channel(name)
        for name in ("amend_channel", "test_channel", "stop_channel", "start_channel")
    },
    "accounts:roster_now": Entry(posts=ALL, methods=READ),
    "accounts:roster": Entry(posts=ALL, methods=READ, fetch=agency),
    "accounts:put_on_duty": Entry(act=ROSTER_ACTS.get("put_on_duty"), fetch=agency, methods=FORM),
    "accounts:take_off_duty": Entry(act=ROSTER_ACTS.get("take_off_duty"), fetch=agency, methods=WRITE),
    "accounts:deliveries": Entry(posts=SYSTEM, methods=FORM),
    "accounts:dead_letters": Entry(posts=SYSTEM, methods=READ),
    "accounts:retry_message": Entry(act=CHANNEL_ACTS.get("retry_message"), fetch=dead_letter, methods=WRITE),
    "accounts:drop_message": Entry(act=CHANNEL_ACTS.get("drop_message"), fetch=dead_letter, methods=WRITE),
}
