"""Who hears that a second person is asked, and what the answer was; never a name in the line."""

from accounts.models import Confirmation, ConfirmationState, User, Waits
from accounts.services import second_person
from reminders.services import outbox

TITLES = {
    ConfirmationState.WAITING: "{what}待您作为第二人确认",
    ConfirmationState.CODE: "{what}已凭安装码确认",
    ConfirmationState.CONFIRMED: "{what}已由第二人确认",
    ConfirmationState.REFUSED: "{what}第二人没有同意",
}


def tell_of(by: User, row: Confirmation) -> None:
    """Tell whoever may confirm that it waits; once answered the leaders, who asked, and whose it is."""
    if row.state == ConfirmationState.WAITING:
        people = set(second_person.who_may(row))
    else:
        people = {*second_person.leaders_of(row), row.asked_by, row.person} - {by}
    state = ConfirmationState(row.state)
    outbox.owe(
        recipients=people,
        meaning=f"confirmation:{row.public_id}:{state}",
        kind="second_person",
        title=TITLES[state].format(what=Waits(row.what).label),
        url=row.get_absolute_url(),
    )
