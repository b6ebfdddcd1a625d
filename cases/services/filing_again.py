"""立案 sent back to who proposed it, mended and proposed again, or given up."""

from django.db import transaction

from accounts.models import User
from accounts.services import deeds, signing, trail
from accounts.services.signing import Signature
from cases.acts import ACTS
from cases.models import Case
from cases.services import flags, guards, papers
from cases.services.filing_state import let_clue_follow
from clues.acts import DROP
from clues.services import filing as clue_filing
from clues.services.informants import guard_words
from common.errors import Refused


@transaction.atomic
def return_filing(*, by: User, case: Case, version: int | str | None = None, signature: Signature) -> Case:
    """Send the proposal back to be mended, in the system or on paper; the clue waits with it."""
    case = deeds.lock(case, version)
    act = ACTS.get("return_filing")
    posting = ACTS.require(act.name, by, case)
    if not signature.opinion.strip():
        raise Refused("退回的，请写明需要补充的内容。")
    approval = signing.sign(by=by, posting=posting, act=act, thing=case, agreed=False, signature=signature)
    changes = flags.save(case, act, state=act.landing)
    let_clue_follow(by, case)
    papers.keep_signed_paper(case=case, approval=approval, stage="filing", kind="立案呈批表（签批）")
    trail.record(
        by=by,
        posting=posting,
        act=act,
        thing=case,
        reason=signature.opinion,
        happened_on=approval.signed_on,
        changes={**changes, **papers.signed_by(approval)},
    )
    return case


@transaction.atomic
def propose_filing_again(
    *, by: User, case: Case, version: int | str | None = None, facts: str, remark: str = ""
) -> Case:
    """Propose to file anew what was sent back or taken back, with what was mended."""
    case = deeds.lock(case, version)
    act = ACTS.get("propose_filing_again")
    posting = ACTS.require(act.name, by, case)
    if not facts.strip():
        raise Refused("请填写主要违法事实。")
    if case.clue:
        guard_words(by, case.clue, facts, remark)
    hints = guards.refuse_filing(case)
    changes = flags.save(case, act, state=act.landing, facts=facts.strip(), proposed_by=by) | hints
    let_clue_follow(by, case)
    trail.record(by=by, posting=posting, act=act, thing=case, changes=changes, reason=remark.strip())
    return case


@transaction.atomic
def drop_filing(*, by: User, case: Case, version: int | str | None = None, reason: str) -> Case:
    """Give the proposal up; the clue goes back to be settled otherwise."""
    case = deeds.lock(case, version)
    act = ACTS.get("drop_filing")
    posting = ACTS.require(act.name, by, case)
    if not reason.strip():
        raise Refused("请写明不再呈批的原因。")
    changes = flags.save(case, act, state=act.landing)
    if case.clue:
        clue_filing.hand_back(by=by, clue=case.clue, reason=reason.strip(), act=DROP)
    trail.record(by=by, posting=posting, act=act, thing=case, changes=changes, reason=reason.strip())
    return case
