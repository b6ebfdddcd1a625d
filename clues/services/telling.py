"""Who is told what about a clue: one line in the inbox, never a name or what the clue says."""

from accounts.models import Posting, User, local_today
from accounts.services import outbox


def holders(agency, *codes):
    """People in service who hold one of these posts at `agency` today."""
    posts = Posting.objects.in_force(local_today()).filter(agency=agency, role__in=codes)
    return User.objects.filter(pk__in=posts.values("user_id"), is_active=True)


def tell(*, people, clue, what: str, title: str) -> None:
    """Owe each of `people` one line; `what` and the clue's version make it one per deed."""
    outbox.owe(
        recipients=people,
        meaning=f"{what}:{clue.public_id}:{clue.version}",
        kind="clue",
        title=title,
        url=clue.get_absolute_url(),
    )
