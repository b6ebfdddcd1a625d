"""What public security answers to a referral: received, filed or not.

By the police's liaison in the system, or typed by the handler from the paper answer, which is
then kept as a scan.
"""

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.acts import Act
from accounts.models import Posting, User
from accounts.services import clocks, deeds, trail
from cases import terms
from cases.acts import REFERRAL_ACTS
from cases.models import Referral
from cases.services import flags, period
from cases.services.days import refuse_future
from cases.services.matters import matter_of
from cases.services.papers import paper_behind
from common.errors import Refused


@transaction.atomic
def receive_referral(
    *,
    by: User,
    referral: Referral,
    version: int | str | None = None,
    received_on: date,
    receiver: str,
    scan: UploadedFile | None = None,
) -> Referral:
    """Record that the police signed for it (310号令 art 7); their three days run from here."""
    referral, act, posting = _opened("receive_referral", by, referral, version)
    refuse_future("接收日期", received_on)
    receipt = paper_behind(by, posting, referral, scan, "移送回执")
    changes = deeds.save(
        referral, act, state=act.landing, received_on=received_on, receiver=receiver, receipt=receipt
    )
    matter_of(referral, by, received_on)
    flags.save(deeds.lock(referral.case))
    clocks.start(
        term=terms.POLICE_ANSWER, thing=referral, counted_from=received_on, url=referral.get_absolute_url()
    )
    _record(by, posting, act, referral, changes, received_on)
    return referral


@transaction.atomic
def record_police_filing(
    *,
    by: User,
    referral: Referral,
    version: int | str | None = None,
    answered_on: date,
    answer_number: str = "",
    scan: UploadedFile | None = None,
) -> Referral:
    """Record that the police filed the case (art 8)."""
    referral, act, posting = _opened("record_police_filing", by, referral, version)
    refuse_future("公安决定日期", answered_on)
    answer = paper_behind(by, posting, referral, scan, "公安立案决定书")
    changes = deeds.save(
        referral,
        act,
        state=act.landing,
        answered_on=answered_on,
        answer_number=answer_number,
        answer_scan=answer,
    )
    matter_of(referral, by, answered_on)
    flags.save(deeds.lock(referral.case))
    clocks.meet(thing=referral, kind=terms.POLICE_ANSWER.kind)
    _record(by, posting, act, referral, changes, answered_on)
    return referral


@transaction.atomic
def decline_referral(
    *,
    by: User,
    referral: Referral,
    version: int | str | None = None,
    answered_on: date,
    answer_reason: str,
    answer_number: str = "",
    scan: UploadedFile | None = None,
) -> Referral:
    """Record 不予立案 with its reason (art 8): three days to object (art 9), our clock goes on."""
    referral, act, posting = _opened("decline_referral", by, referral, version)
    refuse_future("公安决定日期", answered_on)
    if not answer_reason.strip():
        raise Refused("公安机关不予立案的，请写明理由。")
    answer = paper_behind(by, posting, referral, scan, "不予立案通知书")
    changes = deeds.save(
        referral,
        act,
        state=act.landing,
        answered_on=answered_on,
        answer_number=answer_number,
        answer_reason=answer_reason,
        answer_scan=answer,
    )
    flags.save(deeds.lock(referral.case))
    clocks.meet(thing=referral, kind=terms.POLICE_ANSWER.kind)
    period.recount(referral.case)
    clocks.start(
        term=terms.RECONSIDER, thing=referral, counted_from=answered_on, url=referral.get_absolute_url()
    )
    _record(by, posting, act, referral, changes, answered_on, answer_reason)
    return referral


def _opened(
    name: str, by: User, referral: Referral, version: int | str | None
) -> tuple[Referral, Act, Posting]:
    referral = deeds.lock(referral, version)
    return referral, REFERRAL_ACTS.get(name), REFERRAL_ACTS.require(name, by, referral)


def _record(
    by: User,
    posting: Posting,
    act: Act,
    referral: Referral,
    changes: dict,
    happened_on: date,
    reason: str = "",
) -> None:
    trail.record(
        by=by,
        posting=posting,
        act=act,
        thing=referral,
        changes=changes,
        happened_on=happened_on,
        reason=reason,
    )
