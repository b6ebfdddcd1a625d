"""Messages owed: written in the transaction of the act that owes them, sent later."""

from django.db import models

from accounts.models import Agency, User
from reminders.models.channels import Channel


class OutboxState(models.TextChoices):
    """How far a message has come."""

    WAITING = "waiting", "待送"
    SENT = "sent", "已送"
    MOOT = "moot", "不再需要"
    PASSED = "passed", "改走下一渠道"
    DEAD = "dead", "送不出"


class Outbox(models.Model):
    """A message owed, written in the act's transaction; unique by meaning; sent under a lease.

    Of a reminder: `about` names the thing that is due ("clock:12"), `stage` and `stage_at` the
    moment, `due_at` the date it was worked out for. `target` is the channel of a row that leaves
    the system, to a person (`recipient`) or to an agency's group (`agency`). `digest_on` is the
    day whose one message counts this line, or that the row itself is. `tried_since` is the first
    attempt that failed.
    """

    meaning = models.CharField(max_length=200, unique=True)
    channel = models.CharField(max_length=20, default="inbox")
    recipient = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    url = models.CharField(max_length=200, blank=True)
    not_before = models.DateTimeField()
    state = models.CharField(max_length=8, choices=OutboxState, default=OutboxState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_since = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    about = models.CharField(max_length=40, blank=True)
    stage = models.CharField(max_length=20, blank=True)
    stage_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    target = models.ForeignKey(Channel, models.PROTECT, null=True, related_name="+")
    digest_on = models.DateField(null=True, blank=True)
    any_hour = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["not_before"], condition=models.Q(state="waiting"), name="outbox_waiting"),
            models.Index(
                fields=["recipient"], condition=models.Q(state="waiting"), name="outbox_waiting_mine"
            ),
            models.Index(
                fields=["digest_on", "recipient"],
                condition=models.Q(digest_on__isnull=False),
                name="outbox_digest",
            ),
            models.Index(fields=["about"], condition=~models.Q(about=""), name="outbox_about"),
            models.Index(fields=["done_at"], condition=models.Q(state="dead"), name="outbox_dead"),
        ]

    def __str__(self):
        return self.meaning
