"""Messages about a clue: one line in the inbox with its number, never a name or what the clue says."""

from collections.abc import Iterable

from accounts.models import User
from clues.models import Clue
from reminders.services import outbox


def tell(*, people: Iterable[User], clue: Clue, what: str, title: str) -> None:
    """Owe each of `people` one line; `what` and the clue's version make it one per deed."""
    outbox.owe(
        recipients=people,
        meaning=f"{what}:{clue.public_id}:{clue.version}",
        kind="clue",
        title=f"{title}：{clue.number}" if clue.number else title,
        url=clue.get_absolute_url(),
    )
