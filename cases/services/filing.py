"""立案: proposed from a verified clue or on the office's own motion, approved or refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from accounts import roles
from accounts.acts import posting_for
from accounts.models import Posting, Region, User, local_today
from accounts.services import clocks, deeds, numbering, signing, trail
from accounts.services.people import holders
from accounts.services.signing import IN_SYSTEM, Signature
from cases import terms
from cases.acts import ACTS, PROPOSE_FILING
from cases.assessing.period import clock_of, length_in
from cases.models import Case, CaseParty, Violation
from cases.services import flags, guards, officers, papers
from cases.services.of_clues import lay_in_files
from cases.signals import case_filed
from clues.models import Clue
from clues.services import filing as clue_filing
from clues.services.informants import guard_words
from clues.services.intake import register_clue
from clues.services.verification import require_two_lookers, verify_clue
from common.errors import Forbidden, Refused
from registry import codes
from registry.services import parties

# What a case takes from its clue; never who reported it.
TAKEN_OVER = ("source", "county", "township", "place", "longitude", "latitude", "mineral")


@dataclass(frozen=True)
class FilingProposal:
    """What a case is proposed with.

    From a clue its parties, place and source are taken over, what stands here goes before them.
    `named` lists parties as typed for the registry, `violations` codes of the list.
    """

    cause: str
    facts: str
    named: tuple[parties.PartyDetails, ...] | list[parties.PartyDetails] = ()
    violations: tuple[str, ...] | list[str] = ()
    handler: User | None = None
    second_handler: User | None = None
    found_on: date | None = None
    source: str = ""
    county: Region | None = None
    township: Region | None = None
    place: str = ""
    mineral: str = ""
    longitude: Decimal | None = None
    latitude: Decimal | None = None

    def where(self) -> dict:
        """Source, place and mineral, as far as they are given."""
        return {name: value for name in TAKEN_OVER if (value := getattr(self, name))}


@transaction.atomic
def propose_filing(
    *, by: User, proposal: FilingProposal, clue: Clue | None = None, version: int | str | None = None
) -> Case:
    """Propose to file a case (自然资源行政处罚办法 art 16), with its parties and violations.

    From `clue` (read at `version`), which goes to 立案待批 in the same transaction, or on the
    office's own motion.
    """
    posting = _posting(by, clue)
    if proposal.found_on and proposal.found_on > local_today():
        raise Refused("发现日期不能晚于今天，请核对。")
    if clue is not None:
        guard_words(by, clue, proposal.cause, proposal.facts)
        require_two_lookers(clue, "呈批立案")
        clue = clue_filing.hand_to_filing(by=by, clue=clue, version=version)
    case = _open(by, posting, proposal, clue)
    _enter_parties(by, case, clue, proposal.named)
    _enter_violations(case, proposal.violations or (clue.violations if clue else ()))
    photos = lay_in_files(case, clue) if clue else []
    flags.save(case)
    hints = guards.refuse_filing(case)
    changes = {
        "案由": ("", case.cause),
        "当事人": ("", [str(each.party) for each in case.parties.all()]),
        "违法类型": ("", [str(each) for each in case.violations.all()]),
        **({"核查照片": ("", [str(each) for each in photos])} if photos else {}),
        **hints,
    }
    trail.record(
        by=by,
        posting=posting,
        act=PROPOSE_FILING,
        thing=case,
        happened_on=local_today(),
        changes=changes,
    )
    officers.remark_faults(case)
    return case


def _open(by: User, posting: Posting, proposal: FilingProposal, clue: Clue | None) -> Case:
    handler = proposal.handler or _own_handler(by, posting)
    officers.refuse_same(handler, proposal.second_handler)
    place = {**(_taken_over(clue) if clue else {}), **proposal.where()}
    if not place.get("county"):
        place["county"] = posting.agency.region
    return Case.objects.create(
        agency=posting.agency,
        clue=clue,
        cause=proposal.cause,
        facts=proposal.facts,
        found_on=proposal.found_on,
        handler=handler,
        second_handler=proposal.second_handler,
        proposed_by=by,
        **place,
    )


@transaction.atomic
def register_and_propose(*, by: User, clue: dict, look: dict, proposal: FilingProposal) -> Case:
    """登记并呈批立案 in one form: register the clue, record its verification, propose filing.

    `clue` and `look` hold the arguments of the clue's own services; all three deeds happen or none.
    """
    registered = register_clue(by=by, **clue)
    registered = verify_clue(by=by, clue=registered, **look)
    return propose_filing(by=by, clue=registered, proposal=proposal)


def _posting(by: User, clue: Clue | None) -> Posting:
    if clue is not None:
        posting = posting_for(by, PROPOSE_FILING.roles, clue)
    else:
        held = [post for post in by.current_postings if post.role in PROPOSE_FILING.roles]
        posting = held[0] if held else None
    if posting is None:
        raise Forbidden("呈批立案由承办人、大队长办理，您没有这个岗位。")
    return posting


def _own_handler(by: User, posting: Posting) -> User | None:
    return by if holders(posting.agency, roles.HANDLER).filter(pk=by.pk).exists() else None


def _taken_over(clue: Clue) -> dict:
    """What a case takes from its clue; never who reported it."""
    return {name: getattr(clue, name) for name in TAKEN_OVER}


def _enter_parties(by: User, case: Case, clue: Clue | None, named: Iterable[parties.PartyDetails]) -> None:
    suspects = [each.party for each in clue.suspects.select_related("party")] if clue else []
    suspects += [parties.find_or_add_party(by=by, agency=case.agency, details=each) for each in named]
    for position, party in enumerate(dict.fromkeys(suspects), start=1):
        CaseParty.objects.create(case=case, party=party, position=position)


def _enter_violations(case: Case, chosen: Iterable[str]) -> None:
    listed = codes.by_code("violations")
    Violation.objects.bulk_create(
        Violation(case=case, code=code, side=listed[code]["side"])
        for code in dict.fromkeys(chosen)
        if code in listed
    )


@transaction.atomic
def approve_filing(
    *,
    by: User,
    case: Case,
    version: int | str | None = None,
    number: str = "",
    signature: Signature = IN_SYSTEM,
) -> Case:
    """Approve, in the system or on paper (行政处罚法 art 54); the number is given or typed.

    The case is filed on the day of signing; the 90 days of the decision run from it; the clue is
    settled in the same transaction.
    """
    case = deeds.lock(case, version)
    act = ACTS.get("approve_filing")
    posting = ACTS.require(act.name, by, case)
    hints = guards.refuse_filing(case)
    approval = signing.sign(by=by, posting=posting, act=act, thing=case, agreed=True, signature=signature)
    filed_on = approval.signed_on
    number = numbering.issue(agency=case.agency, kind="filing", word="立字", year=filed_on.year, typed=number)
    changes = flags.save(case, act, state=act.landing, number=number, filed_on=filed_on)
    papers.keep_signed_paper(case=case, approval=approval, stage="filing", kind="立案呈批表（签批）")
    if case.clue:
        clue_filing.settle_as_filed(by=by, clue=case.clue, case_number=number, happened_on=filed_on)
    clocks.start(
        term=terms.DECIDE,
        thing=case,
        counted_from=filed_on,
        url=case.get_absolute_url(),
        length=length_in(clock_of(case, filed_on), filed_on),
    )
    trail.record(
        by=by,
        posting=posting,
        act=act,
        thing=case,
        reason=signature.opinion,
        happened_on=filed_on,
        changes={**changes, **hints, **papers.signed_by(approval)},
    )
    case_filed.send(sender=Case, case=case, by=by)
    officers.remark_faults(case)
    return case


@transaction.atomic
def refuse_filing(*, by: User, case: Case, version: int | str | None = None, signature: Signature) -> Case:
    """Refuse to file, with the reason; the clue goes back to be settled otherwise."""
    case = deeds.lock(case, version)
    act = ACTS.get("refuse_filing")
    posting = ACTS.require(act.name, by, case)
    if not signature.opinion.strip():
        raise Refused("不批准立案的，请写明理由。")
    approval = signing.sign(by=by, posting=posting, act=act, thing=case, agreed=False, signature=signature)
    changes = flags.save(case, act, state=act.landing)
    papers.keep_signed_paper(case=case, approval=approval, stage="filing", kind="立案呈批表（签批）")
    if case.clue:
        clue_filing.hand_back(by=by, clue=case.clue, reason=signature.opinion)
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
