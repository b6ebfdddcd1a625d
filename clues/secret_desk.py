"""What waits among clues on gangs and officials: for a leader to hand over, for an authority to answer."""

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts import roles
from accounts.desk import Part, Task
from accounts.models import User
from clues.acts import RECEIVERS, SECRET_ACTS
from clues.models import SecretClue, SecretState

WAITS = {
    SecretState.RECORDED: ("hand_over_secret_clue", "移送涉黑涉恶、公职人员线索"),
    SecretState.HANDED: ("answer_secret_clue", "反馈移送线索的办理结果"),
}


def waiting(user: User) -> list[Part]:
    """Rows of 工作台, without a word of what they say; none for who has nothing to do here."""
    return [Part(_waiting(user)[:200], _task)]


def counts_for(user: User) -> int:
    """How many wait, for the badge of 线索; one query, or none."""
    return _waiting(user).count()


def _waiting(user: User) -> QuerySet[SecretClue]:
    led = user.agencies_as(*roles.LEADERS)
    given = user.agencies_as(*RECEIVERS)
    if not led and not given:
        return SecretClue.objects.none()
    fits = Q(state=SecretState.RECORDED, agency_id__in=led) & ~Q(recorded_by=user)
    fits |= Q(state=SecretState.HANDED, to_agency_id__in=given)
    return SecretClue.objects.visible_to(user).filter(fits)


def _task(secret: SecretClue) -> Task:
    name, what = WAITS[secret.state]
    act = SECRET_ACTS.get(name)
    return Task(
        thing=f"{secret.received_on}登记",
        url=secret.get_absolute_url(),
        what=what,
        act_url=reverse(f"clues:{name}", args=[secret.public_id]),
        verb=act.verb,
        due=None,
        article=act.article,
        note="",
    )
