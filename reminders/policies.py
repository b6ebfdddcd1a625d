"""Who may come to which address of this app. An address that isn't here is refused."""

from accounts import roles
from accounts.policies import agency, person
from accounts.policy import FORM, PUBLIC, READ, SIGNED_IN, WRITE, Entry, by_public_id
from accounts.services.calendar import kept_by
from reminders.acts import ABSENCE_ACTS, CHANNEL_ACTS, ROSTER_ACTS
from reminders.models import Channel, SavedFilter
from reminders.services import dead_letters

ALL = roles.EVERYONE
SYSTEM = frozenset({roles.SYSTEM_ADMIN})

channel = by_public_id(Channel.objects.all)


usable_filter = by_public_id(SavedFilter.objects.all)


def own_filter(user, public_id, **_):
    """A filter that the person has kept."""
    return SavedFilter.objects.visible_to(user).filter(owner=user, public_id=public_id).first()


def own_or_left_filter(user, public_id, **_):
    """One's own, or one whose owner is gone from an office that the person leads or administers."""
    left = SavedFilter.objects.left_to(user).filter(public_id=public_id).first()
    return left or own_filter(user, public_id)


def own_agency(user, **_):
    """The agency for which a new channel is proposed, and where what was sent again is recorded."""
    return kept_by(user)


def dead_letter(user, pk, **_):
    """A message that no channel could send, of an agency the person administers."""
    return dead_letters.of(user).filter(pk=pk).first()


def of_channel(name):
    """The form of one act on a channel."""
    return Entry(act=CHANNEL_ACTS.get(name), fetch=channel, methods=FORM)


POLICY: dict[str, Entry] = {
    "reminders:settings": Entry(posts=SIGNED_IN, methods=READ),
    "reminders:set_contact": Entry(posts=SIGNED_IN, methods=FORM),
    "reminders:confirm_contact": Entry(posts=SIGNED_IN, methods=FORM),
    "reminders:prefer_contact": Entry(posts=SIGNED_IN, methods=WRITE),
    "reminders:drop_contact": Entry(posts=SIGNED_IN, methods=WRITE),
    "reminders:make_feed": Entry(posts=ALL, methods=WRITE),
    "reminders:end_feed": Entry(posts=SIGNED_IN, methods=WRITE),
    "reminders:feed": Entry(posts=PUBLIC, methods=READ),
    "reminders:own_absence": Entry(posts=ALL, methods=FORM),
    "reminders:end_absence": Entry(posts=SIGNED_IN, methods=WRITE),
    "reminders:record_absence": Entry(act=ABSENCE_ACTS.get("record_absence"), fetch=person, methods=FORM),
    "reminders:saved_filters": Entry(posts=ALL, methods=READ),
    "reminders:save_filter": Entry(posts=ALL, methods=FORM),
    "reminders:open_filter": Entry(posts=SIGNED_IN, methods=READ, fetch=usable_filter),
    "reminders:amend_filter": Entry(posts=SIGNED_IN, methods=FORM, fetch=own_filter),
    "reminders:drop_filter": Entry(posts=SIGNED_IN, methods=FORM, fetch=own_or_left_filter),
    "reminders:follow_filter": Entry(posts=SIGNED_IN, methods=WRITE, fetch=usable_filter),
    "reminders:unfollow_filter": Entry(posts=SIGNED_IN, methods=WRITE, fetch=usable_filter),
    "reminders:new_in_filter": Entry(posts=SIGNED_IN, methods=READ, fetch=usable_filter),
    "reminders:clocks": Entry(posts=roles.FILE_READERS, methods=FORM),
    "reminders:inbox": Entry(posts=SIGNED_IN, methods=READ),
    "reminders:unread": Entry(posts=SIGNED_IN, methods=READ),
    "reminders:read_all": Entry(posts=SIGNED_IN, methods=WRITE),
    "reminders:open_notice": Entry(posts=SIGNED_IN, methods=WRITE),
    "reminders:channels": Entry(posts=SYSTEM, methods=READ),
    "reminders:add_channel": Entry(act=CHANNEL_ACTS.get("add_channel"), fetch=own_agency, methods=FORM),
    "reminders:channel": Entry(posts=SYSTEM, methods=READ, fetch=channel),
    **{
        f"reminders:{name}": of_channel(name)
        for name in ("amend_channel", "test_channel", "stop_channel", "start_channel")
    },
    "reminders:roster_now": Entry(posts=ALL, methods=READ),
    "reminders:roster": Entry(posts=ALL, methods=READ, fetch=agency),
    "reminders:put_on_duty": Entry(act=ROSTER_ACTS.get("put_on_duty"), fetch=agency, methods=FORM),
    "reminders:take_off_duty": Entry(act=ROSTER_ACTS.get("take_off_duty"), fetch=agency, methods=WRITE),
    "reminders:deliveries": Entry(posts=SYSTEM, methods=FORM),
    "reminders:dead_letters": Entry(posts=SYSTEM, methods=READ),
    "reminders:retry_messages": Entry(
        act=CHANNEL_ACTS.get("retry_messages"), fetch=own_agency, methods=WRITE
    ),
    "reminders:retry_message": Entry(act=CHANNEL_ACTS.get("retry_message"), fetch=dead_letter, methods=WRITE),
    "reminders:drop_message": Entry(act=CHANNEL_ACTS.get("drop_message"), fetch=dead_letter, methods=WRITE),
}
