"""Whether each duty was answered in time (`Duty.in_time`), as its times and its claim say it: for a
migration, and once a day, since who moves them by SQL leaves what is late to be found wrongly."""

from datetime import datetime

from django.db.models import F, Q, QuerySet

from campaigns.models import Duty

_RECOGNISED = Q(claim__recognised=True)
IN_TIME = (_RECOGNISED & Q(submitted_at__isnull=False, claim__sent_at__lte=F("due_at"))) | (
    ~_RECOGNISED & Q(submitted_at__lte=F("due_at"))
)


def set_right(duties: QuerySet) -> int:
    """Work it out for all of these duties; how many stood wrong."""
    came = duties.order_by().filter(IN_TIME).values("pk")
    wrong = duties.filter(in_time=False, pk__in=came).update(in_time=True)
    return wrong + duties.filter(in_time=True).exclude(pk__in=came).update(in_time=False)


def mend(now: datetime) -> int:
    """The same for every duty there is."""
    return set_right(Duty.objects.all())
