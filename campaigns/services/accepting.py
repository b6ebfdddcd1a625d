"""Who takes in what is owed: the reviewers of the office above, or the liaison and checker of any other."""

from django.db.models import QuerySet

from accounts import roles
from accounts.models import User
from accounts.services.people import holders
from campaigns.acts import RECEIVERS
from campaigns.models import Duty


def receivers_of(duty: Duty) -> QuerySet[User]:
    """Whom to tell that something came in; who owes it to their own office is judged by the one above."""
    upper = duty.upper if duty.upper_id != duty.agency_id else duty.agency.parent
    if upper is None:
        return User.objects.none()
    reviewers = holders(upper, roles.PREFECTURE)
    if duty.upper_id == duty.agency_id or reviewers.exists():
        return reviewers
    return holders(upper, *RECEIVERS)
