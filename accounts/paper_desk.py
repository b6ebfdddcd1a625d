"""What waits on 工作台 about approvals on paper: one's own to answer, and what a signer denies."""

from datetime import datetime

from django.urls import reverse

from accounts.desk import Part, Task
from accounts.models import Answer, Approval, User
from accounts.paper_pages import settle_url
from accounts.services import paper_reading
from accounts.signables import act_of


def waiting_for(user: User, now: datetime) -> list[Task]:
    """Denials in sight first, by the time they were given; then one line for all of one's own."""
    denials = [_denial(user, row) for row in paper_reading.denied_in_sight(user)]
    count = paper_reading.unanswered(user).count()
    if not count:
        return denials
    url = reverse("accounts:own_papers")
    own = Task("线下签批", url, f"核对以您的名义录入的 {count} 件签批", act_url=url, verb="核对")
    return [*denials, own]


def waiting(user: User, now: datetime) -> list[Part]:
    """The same as a part of 工作台."""
    return [Part(waiting_for(user, now))]


def sent(user: User) -> list[Part]:
    """Nobody waits for a signer: that a paper isn't confirmed in the system says nothing against it."""
    return []


def _denial(user: User, approval: Approval) -> Task:
    url, settle = approval.thing.get_absolute_url(), settle_url(user, approval)
    return Task(
        thing=str(approval.thing),
        url=url,
        what=f"签批人否认{act_of(approval).label}的线下签批",
        act_url=settle or url,
        verb="处理" if settle else "查看",
        due=max(each.answered_at for each in approval.answers.all() if each.answer == Answer.DENIED),
    )
