"""The checker is ill at 17:40: a leader names another person for today, from wherever the leader is."""

from django.db import transaction
from django.db.models import QuerySet

from accounts import roles
from accounts.models import User, local_today
from accounts.services import deeds, trail
from accounts.services.people import holders, lend_post
from common.errors import Refused
from ledgers.acts import LEDGER_ACTS
from ledgers.models import CountyLedger
from ledgers.services.checking import preparation_by
from reminders.services import outbox
from reminders.services.roster import staff

UNTIL = "今天24:00"


def substitutes(ledger: CountyLedger) -> QuerySet[User]:
    """Who may check in place of the checker: colleagues with a business post who aren't checkers already."""
    return staff(ledger.agency).exclude(pk__in=holders(ledger.agency, roles.CHECKER)).order_by("name")


@transaction.atomic
def replace_checker(
    *, by: User, ledger: CountyLedger, person: User, reason: str, version: int | str | None = None
) -> CountyLedger:
    """Give a colleague the checker's post for today only; it ends by itself at 24:00.

    Never to who filled this period's ledger in. The usual checker keeps the post: whoever of the two
    comes first checks, and what was prepared by either is checked by the other.
    """
    ledger = deeds.lock(ledger, version)
    posting = LEDGER_ACTS.require("replace_checker", by, ledger)
    usual = set(holders(ledger.agency, roles.CHECKER))
    if not substitutes(ledger).filter(pk=person.pk).exists():
        raise Refused(f"只能指定{ledger.agency.name}有业务岗位、还不是台账审核人的人。")
    if filled := preparation_by(person, ledger):
        raise Refused(f"{person.name}本期已办理“{filled}”，核对须由另一人办理，请另选一人。")
    lend_post(by=by, posting=posting, person=person, agency=ledger.agency, role=roles.CHECKER, reason=reason)
    names = "、".join(sorted(each.name for each in usual)) or "无"
    trail.record(
        by=by,
        posting=posting,
        act=LEDGER_ACTS.get("replace_checker"),
        thing=ledger,
        changes={"今天的台账审核人": (names, person.name), "至": ("", UNTIL)},
        reason=reason.strip(),
        happened_on=local_today(),
    )
    _tell(ledger, person, usual)
    return ledger


def _tell(ledger: CountyLedger, person: User, usual: set[User]) -> None:
    meaning, url = f"ledger:{ledger.pk}:{ledger.version}:checker", ledger.get_absolute_url()
    told = (({person}, f"请您代为核对并报送台账，{UNTIL}前有效"), (usual, "今天的台账已指定他人代为核对"))
    for recipients, title in told:
        outbox.owe(recipients=recipients, meaning=meaning, kind="ledger", title=title, url=url)
