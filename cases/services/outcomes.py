"""How a crime that public security filed ends without punishment: the case comes back to be penalised.

撤销案件, 不起诉, 无罪, 免予刑事处罚 (行政处罚法 art 27①; 310号令 art 13); 不予立案 is services/answers.py. By
the police's liaison, or typed by the handler from the paper, which is then kept as a scan.
"""

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User, local_today
from accounts.services import clocks, deeds
from cases import terms
from cases.acts import REFERRAL_ACTS
from cases.models import CrimeOutcome, Referral, ReferralState
from cases.services import flags, period
from cases.services.days import refuse_before
from cases.services.matters import matter_of
from cases.services.papers import paper_behind
from cases.services.referral import record
from common.errors import Refused


@transaction.atomic
def record_outcome(
    *,
    by: User,
    referral: Referral,
    version: int | str | None = None,
    outcome: str,
    outcome_on: date,
    outcome_number: str = "",
    scan: UploadedFile | None = None,
) -> Referral:
    """Record by which of four ways the case came back; our period runs on from its day (办法 art 38②)."""
    referral = deeds.lock(referral, version)
    act = REFERRAL_ACTS.get("record_outcome")
    posting = REFERRAL_ACTS.require(act.name, by, referral)
    refuse_before("作出日期", outcome_on, referral.answered_on or referral.sent_on)
    paper = paper_behind(by, posting, referral, scan, CrimeOutcome(outcome).label)
    referral.outcome_at = timezone.now()
    changes = deeds.save(
        referral,
        act,
        state=act.landing,
        outcome=outcome,
        outcome_on=outcome_on,
        outcome_number=outcome_number,
        outcome_scan=paper,
    )
    matter_of(referral, by, outcome_on)
    clocks.meet(thing=referral, kind=terms.POLICE_ANSWER.kind)
    _after(referral)
    record(by, posting, act, referral, changes, "", outcome_on)
    return referral


@transaction.atomic
def withdraw_outcome(
    *, by: User, referral: Referral, version: int | str | None = None, reason: str
) -> Referral:
    """Take back an outcome entered by mistake, or one that was itself revoked; it is with them again."""
    referral = deeds.lock(referral, version)
    act = REFERRAL_ACTS.get("withdraw_outcome")
    posting = REFERRAL_ACTS.require(act.name, by, referral)
    if not reason.strip():
        raise Refused("请写明撤回理由。")
    referral.outcome_at = None
    nothing = {"outcome": "", "outcome_on": None, "outcome_number": "", "outcome_scan": None}
    changes = deeds.save(referral, act, state=_before(referral), **nothing)
    _after(referral)
    record(by, posting, act, referral, changes, reason.strip(), local_today())
    return referral


def _before(referral: Referral) -> str:
    """Where it stood before: filed, received or only sent."""
    if referral.answered_on:
        return ReferralState.POLICE_FILED
    return ReferralState.RECEIVED if referral.received_on else ReferralState.SENT


def _after(referral: Referral) -> None:
    flags.save(deeds.lock(referral.case))
    period.recount(referral.case)
