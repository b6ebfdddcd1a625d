"""What the demo's past told its people: it stands in their inboxes, read."""

from datetime import datetime

from accounts.models import User
from reminders.models import Notice
from reminders.services import inbox, making, outbox


def load(now: datetime) -> None:
    """Tell all that fell due up to `now`, and have it read; nothing where somebody was told before.

    What falls due from then on comes as it would anywhere.
    """
    if Notice.objects.exists():
        return
    trouble: list[Exception] = []
    making.make_duties(now, trouble)
    looked, taken = 1, 1
    while looked or taken:
        looked, _ = making.remind_due(now=now, trouble=trouble)
        taken = outbox.deliver(now=now)["taken"]
    if trouble:
        raise trouble[0]
    unread = Notice.objects.filter(read_at=None)
    for person in User.objects.filter(pk__in=unread.values("recipient")):
        inbox.read_all(by=person)
