"""移送 sent back to who reported it and reported again, or taken back before the head has decided.

Sending back stops no clock: the head's three days (310号令 art 5) run from the first report.
"""

from django.db import transaction

from accounts.models import User, local_today
from accounts.services import clocks, deeds, signing
from accounts.services.signing import Signature
from cases import terms
from cases.acts import REFERRAL_ACTS
from cases.models import Referral
from cases.services import flags, papers
from cases.services.referral import ReferralProposal, record, refuse_receivers, set_package
from clues.services.informants import guard_words
from common.errors import Refused


@transaction.atomic
def return_referral(
    *, by: User, referral: Referral, version: int | str | None = None, signature: Signature
) -> Referral:
    """Send the report back to be mended, in the system or on paper."""
    referral = deeds.lock(referral, version)
    act = REFERRAL_ACTS.get("return_referral")
    posting = REFERRAL_ACTS.require(act.name, by, referral)
    if not signature.opinion.strip():
        raise Refused("退回的，请写明需要补充的内容。")
    approval = signing.sign(
        by=by, posting=posting, act=act, thing=referral, agreed=False, signature=signature
    )
    papers.keep_signed_paper(
        case=referral.case, approval=approval, stage="referral", kind="移送呈批表（签批）"
    )
    changes = deeds.save(referral, act, state=act.landing) | papers.signed_by(approval)
    flags.save(deeds.lock(referral.case))
    record(by, posting, act, referral, changes, signature.opinion, approval.signed_on)
    return referral


@transaction.atomic
def propose_referral_again(
    *, by: User, referral: Referral, version: int | str | None = None, proposal: ReferralProposal
) -> Referral:
    """Report anew what was sent back; the clock of the first report runs on."""
    referral = deeds.lock(referral, version)
    act = REFERRAL_ACTS.get("propose_referral_again")
    posting = REFERRAL_ACTS.require(act.name, by, referral)
    refuse_receivers(proposal.to_agency, proposal.copied_to)
    if referral.case.clue:
        guard_words(by, referral.case.clue, proposal.report)
    changes = deeds.save(
        referral,
        act,
        state=act.landing,
        to_agency=proposal.to_agency,
        copied_to=proposal.copied_to,
        crime=proposal.crime,
        report=proposal.report,
        proposed_by=by,
    )
    if proposal.package is not None:
        set_package(referral.case, proposal.package)
    flags.save(deeds.lock(referral.case))
    record(by, posting, act, referral, changes, "", local_today())
    return referral


@transaction.atomic
def withdraw_referral(
    *, by: User, referral: Referral, version: int | str | None = None, reason: str
) -> Referral:
    """Who reported it takes it back; what must be referred still waits to be reported."""
    referral = deeds.lock(referral, version)
    act = REFERRAL_ACTS.get("withdraw_referral")
    posting = REFERRAL_ACTS.require(act.name, by, referral)
    if not reason.strip():
        raise Refused("请写明撤回的原因。")
    changes = deeds.save(referral, act, state=act.landing)
    clocks.meet(thing=referral, kind=terms.REFERRAL_DECIDE.kind)
    flags.save(deeds.lock(referral.case))
    record(by, posting, act, referral, changes, reason.strip(), local_today())
    return referral
