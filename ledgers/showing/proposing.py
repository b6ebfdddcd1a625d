"""Changed figures that nobody has answered, on 工作台: of the county, and of who made them."""

from django.db.models import Count, QuerySet

from accounts.desk import Part, Sent, Task
from accounts.models import User
from ledgers import stages
from ledgers.acts import PROPOSAL_ACTS
from ledgers.models import ReturnedWorkbook

AT_MOST = 50


def tasks(user: User) -> list[Task]:
    """Workbooks that came back with figures that this person may take or not, the oldest first."""
    offices = user.agencies_as(*PROPOSAL_ACTS.get("take_proposal").roles)
    rows = _unanswered(user).filter(submission__agency_id__in=offices) if offices else []
    return [
        Task(
            thing=f"{book.submission.campaign} {book}",
            url=book.get_absolute_url(),
            what=f"{book.waiting}处改数意见{stages.PROPOSED.label}",
            act_url=book.get_absolute_url(),
            verb="答复",
        )
        for book in rows[:AT_MOST]
    ]


def sent(user: User) -> Part:
    """Workbooks of this person with figures that the county hasn't answered."""
    rows = _unanswered(user).filter(uploaded_by=user).exclude(submission__agency=user.agency_id)
    return Part(rows[:AT_MOST], _changed)


def _changed(book: ReturnedWorkbook) -> Sent:
    return Sent(
        thing=f"{book.submission.agency.region} {book.submission.campaign} {book}",
        url=book.get_absolute_url(),
        what=f"{book.waiting}处改数意见，等待县级答复",
        to=str(book.submission.agency),
        at=book.uploaded_at,
    )


def _unanswered(user: User) -> QuerySet[ReturnedWorkbook]:
    """With `waiting`, how many of its figures are without an answer."""
    rows = ReturnedWorkbook.objects.visible_to(user).filter(marks__changes=True, marks__answer=None)
    rows = rows.select_related("submission__campaign", "submission__agency__region")
    return rows.annotate(waiting=Count("marks")).order_by("pk")
