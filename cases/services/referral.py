"""涉嫌犯罪移送 (国务院令310号): proposed, decided by the head alone, sent with its package.

What the police see begins with the sending: a dated grant on the case, and in it only the papers
marked 随移送卷. What came back stands in services/answers.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts import roles
from accounts.acts import Act
from accounts.models import Agency, AgencyKind, Approval, Posting, User, local_today
from accounts.services import clocks, deeds, grants, numbering, signing, trail
from accounts.services.people import holders
from accounts.services.signing import IN_SYSTEM, Signature
from cases import terms
from cases.acts import ACTS, REFERRAL_ACTS
from cases.models import HALF_WAY, Case, CaseFile, Referral
from cases.services import flags, papers, period
from cases.services.days import refuse_future
from clues.services.informants import guard_words
from common.errors import Refused
from reminders.services import outbox

END_OF_OFFICE = time(18, 0)


@dataclass(frozen=True)
class ReferralProposal:
    """What is reported for referral: to whom, for which crime, and why.

    `package` are the CaseFiles that go with it (art 6), all others stay here; None leaves what is
    marked 随移送卷. The copy to the procuratorate is part of it (自然资办函〔2021〕1288号五).
    """

    to_agency: Agency
    copied_to: Agency | None
    crime: str
    report: str
    proposed_on: date | None = None
    package: Iterable[CaseFile] | None = None


@transaction.atomic
def propose_referral(
    *, by: User, case: Case, version: int | str | None = None, proposal: ReferralProposal
) -> Referral:
    """Report a suspected crime for referral (art 5); the head decides within three days."""
    case = deeds.lock(case, version)
    act = ACTS.get("propose_referral")
    posting = ACTS.require(act.name, by, case)
    proposed_on = proposal.proposed_on or local_today()
    refuse_future("报告日期", proposed_on)
    refuse_receivers(proposal.to_agency, proposal.copied_to)
    if case.clue:
        guard_words(by, case.clue, proposal.report)
    if case.referrals.filter(state__in=HALF_WAY).exists():
        raise Refused("本案已有一件移送正在办理，请先办完。")
    referral = Referral.objects.create(
        case=case,
        to_agency=proposal.to_agency,
        copied_to=proposal.copied_to,
        crime=proposal.crime,
        report=proposal.report,
        proposed_by=by,
        proposed_on=proposed_on,
    )
    if proposal.package is not None:
        set_package(case, proposal.package)
    flags.save(case)
    clocks.start(
        term=terms.REFERRAL_DECIDE, thing=referral, counted_from=proposed_on, url=referral.get_absolute_url()
    )
    named = {"移送单位": proposal.to_agency, "抄送检察院": proposal.copied_to, "涉嫌罪名": proposal.crime}
    changes = {label: ("", value) for label, value in named.items()}
    record(by, posting, act, referral, changes, "", proposed_on)
    return referral


def refuse_receivers(to_agency: Agency, copied_to: Agency | None) -> None:
    """A crime goes to public security, with a copy to the procuratorate."""
    if to_agency.kind != AgencyKind.POLICE:
        raise Refused("涉嫌犯罪案件移送公安机关，请选公安机关。")
    if copied_to is None or copied_to.kind != AgencyKind.PROCURATORATE:
        raise Refused("移送公安机关应同时抄送检察机关（自然资办函〔2021〕1288号五），请选检察院。")


def set_package(case: Case, package: Iterable[CaseFile]) -> None:
    """Mark these papers of the case 随移送卷, and no others."""
    chosen = [paper.pk for paper in package]
    case.files.exclude(pk__in=chosen).update(for_police=False)
    case.files.filter(pk__in=chosen).update(for_police=True)


@transaction.atomic
def approve_referral(
    *, by: User, referral: Referral, version: int | str | None = None, signature: Signature = IN_SYSTEM
) -> Referral:
    """Approve, by the head or who presides (art 5), in the system or on paper; 24 hours to send."""
    act = REFERRAL_ACTS.get("approve_referral")
    referral, posting, approval = _decide(act, by, referral, version, signature, agreed=True)
    approved_at = timezone.now()
    if approval.on_paper:
        # The paper bears a day only; office hours end it, so 24 hours end the next day at 18:00.
        day = datetime.combine(approval.signed_on, END_OF_OFFICE)
        approved_at = min(approved_at, timezone.make_aware(day))
    changes = deeds.save(referral, act, state=act.landing, approved_at=approved_at)
    flags.save(deeds.lock(referral.case))
    clocks.start(
        term=terms.REFERRAL_SEND, thing=referral, counted_from=approved_at, url=referral.get_absolute_url()
    )
    changes |= papers.signed_by(approval)
    record(by, posting, act, referral, changes, signature.opinion, approval.signed_on)
    return referral


@transaction.atomic
def refuse_referral(
    *, by: User, referral: Referral, version: int | str | None = None, signature: Signature
) -> Referral:
    """Refuse, with the reason put on record (art 5)."""
    act, opinion = REFERRAL_ACTS.get("refuse_referral"), signature.opinion
    if not opinion.strip():
        raise Refused("不批准移送的，理由须记录在案，请写明理由。")
    referral, posting, approval = _decide(act, by, referral, version, signature, agreed=False)
    changes = deeds.save(referral, act, state=act.landing, refusal_reason=opinion)
    flags.save(deeds.lock(referral.case))
    changes |= papers.signed_by(approval)
    record(by, posting, act, referral, changes, opinion, approval.signed_on)
    return referral


def _decide(
    act: Act, by: User, referral: Referral, version: int | str | None, signature: Signature, *, agreed: bool
) -> tuple[Referral, Posting, Approval]:
    referral = deeds.lock(referral, version)
    posting = REFERRAL_ACTS.require(act.name, by, referral)
    approval = signing.sign(
        by=by, posting=posting, act=act, thing=referral, agreed=agreed, signature=signature
    )
    papers.keep_signed_paper(
        case=referral.case, approval=approval, stage="referral", kind="移送呈批表（签批）"
    )
    clocks.meet(thing=referral, kind=terms.REFERRAL_DECIDE.kind)
    return referral, posting, approval


@transaction.atomic
def send_referral(
    *,
    by: User,
    referral: Referral,
    version: int | str | None = None,
    sent_on: date,
    number: str = "",
    package: Iterable[CaseFile] | None = None,
    receiver: str = "",
    files: Iterable[UploadedFile] = (),
) -> Referral:
    """Send it: the grants begin, the 90 days stand still, the police's three days run.

    `package` (CaseFiles) replaces what was chosen at the proposal; `files` are receipts on paper.
    """
    referral = deeds.lock(referral, version)
    act = REFERRAL_ACTS.get("send_referral")
    posting = REFERRAL_ACTS.require(act.name, by, referral)
    case = deeds.lock(referral.case)
    refuse_future("移送日期", sent_on)
    if package is not None:
        set_package(case, package)
    number = numbering.issue(
        agency=case.agency, kind="referral", word="移字", year=sent_on.year, typed=number
    )
    changes = deeds.save(referral, act, state=act.landing, number=number, sent_on=sent_on, receiver=receiver)
    papers.attach(by=by, case=case, uploads=files, stage="referral", kind="移送回执", for_police=True)
    _share(by, posting, case, referral)
    flags.save(case)
    _clocks_of_sending(case, referral)
    _tell(referral)
    record(by, posting, act, referral, changes, "", sent_on)
    return referral


def _share(by: User, posting: Posting, case: Case, referral: Referral) -> None:
    for agency, reason in ((referral.to_agency, "涉嫌犯罪移送"), (referral.copied_to, "移送抄送")):
        if agency:
            grants.give(by=by, posting=posting, thing=case, agency=agency, reason=reason)


def _clocks_of_sending(case: Case, referral: Referral) -> None:
    clocks.meet(thing=referral, kind=terms.REFERRAL_SEND.kind)
    period.recount(case)
    clocks.start(
        term=terms.POLICE_ANSWER,
        thing=referral,
        counted_from=referral.sent_on,
        url=referral.get_absolute_url(),
    )


def _tell(referral: Referral) -> None:
    """One line to each liaison who receives it; no name and no content."""
    for agency, role in ((referral.to_agency, roles.POLICE), (referral.copied_to, roles.PROCURATOR)):
        people = holders(agency, role)
        outbox.owe(
            recipients=people,
            meaning=f"referral:{referral.pk}:sent",
            kind="referral",
            title=f"收到涉嫌犯罪案件移送 {referral.number}",
            url=referral.get_absolute_url(),
        )


@transaction.atomic
def stop_sharing(*, by: User, referral: Referral, version: int | str | None = None, reason: str) -> Referral:
    """End what the receiving agencies see of the case, with the reason; nothing is deleted."""
    referral = deeds.lock(referral, version)
    act = REFERRAL_ACTS.get("stop_sharing")
    posting = REFERRAL_ACTS.require(act.name, by, referral)
    if not reason.strip():
        raise Refused("请写明停止查阅的理由。")
    ours = [agency for agency in (referral.to_agency, referral.copied_to) if agency]
    if not grants.take_back(by=by, posting=posting, thing=referral.case, agencies=ours, reason=reason):
        raise Refused("公安、检察机关现在已不能查阅本案移送材料，不必再停止。")
    deeds.save(referral)
    record(by, posting, act, referral, {}, reason, local_today())
    return referral


def record(
    by: User, posting: Posting, act: Act, referral: Referral, changes: dict, reason: str, happened_on: date
) -> None:
    """One line of the referral's record."""
    trail.record(
        by=by,
        posting=posting,
        act=act,
        thing=referral,
        changes=changes,
        reason=reason,
        happened_on=happened_on,
    )
