"""立案: proposed from a verified clue or on the office's own motion, approved or refused."""

from django.db import transaction

from accounts import roles
from accounts.acts import posting_for
from accounts.models import local_today
from accounts.services import clocks, deeds, numbering, signing, trail
from accounts.services.people import holders
from cases import terms
from cases.acts import ACTS, PROPOSE_FILING
from cases.models import Case, CaseParty, Violation
from cases.services import flags, papers
from cases.services.of_clues import lay_in_files
from cases.signals import case_filed
from clues.services import filing as clue_filing
from clues.services.informants import guard_words
from clues.services.intake import register_clue
from clues.services.verification import require_two_lookers, verify_clue
from common.errors import Forbidden, Refused
from registry import codes
from registry.services import parties


@transaction.atomic
def propose_filing(
    *,
    by,
    cause,
    facts,
    clue=None,
    version=None,
    named=(),
    violations=(),
    handler=None,
    second_handler=None,
    found_on=None,
    **place,
) -> Case:
    """Propose to file a case (自然资源行政处罚办法 art 16), with its parties and violations.

    From `clue` (read at `version`) its parties, place and source are taken over; otherwise
    `place` gives county, township, place, mineral, source, longitude, latitude. `named` lists
    parties as the registry's PartyDetails. The clue goes to 立案待批 in the same transaction.
    """
    posting = _posting(by, clue)
    if found_on and found_on > local_today():
        raise Refused("发现日期不能晚于今天，请核对。")
    if clue is not None:
        guard_words(by, clue, cause, facts)
        require_two_lookers(clue, "呈批立案")
        clue = clue_filing.hand_to_filing(by=by, clue=clue, version=version)
        place = {**_taken_over(clue), **{key: value for key, value in place.items() if value}}
    if not place.get("county"):
        place["county"] = posting.agency.region
    case = Case.objects.create(
        agency=posting.agency,
        clue=clue,
        cause=cause,
        facts=facts,
        found_on=found_on,
        handler=handler or _own_handler(by, posting),
        second_handler=second_handler,
        proposed_by=by,
        **place,
    )
    _enter_parties(by, case, clue, named)
    _enter_violations(case, violations or (clue.violations if clue else ()))
    photos = lay_in_files(case, clue) if clue else []
    flags.save(case)
    trail.record(
        by=by,
        posting=posting,
        act=PROPOSE_FILING,
        thing=case,
        happened_on=local_today(),
        changes={
            "案由": ("", case.cause),
            "当事人": ("", [str(each.party) for each in case.parties.all()]),
            "违法类型": ("", [str(each) for each in case.violations.all()]),
            **({"核查照片": ("", [str(each) for each in photos])} if photos else {}),
        },
    )
    return case


@transaction.atomic
def register_and_propose(*, by, clue: dict, look: dict, case: dict) -> Case:
    """登记并呈批立案 in one form: register the clue, record its verification, propose filing.

    Each dict holds the arguments of register_clue, verify_clue and propose_filing; all three
    deeds happen or none.
    """
    registered = register_clue(by=by, **clue)
    registered = verify_clue(by=by, clue=registered, **look)
    return propose_filing(by=by, clue=registered, **case)


def _posting(by, clue):
    if clue is not None:
        posting = posting_for(by, PROPOSE_FILING.roles, clue)
    else:
        held = [one for one in by.current_postings if one.role in PROPOSE_FILING.roles]
        posting = held[0] if held else None
    if posting is None:
        raise Forbidden("呈批立案由承办人、大队长办理，您没有这个岗位。")
    return posting


def _own_handler(by, posting):
    return by if holders(posting.agency, roles.HANDLER).filter(pk=by.pk).exists() else None


def _taken_over(clue) -> dict:
    """What a case takes from its clue; never who reported it."""
    names = ("source", "county", "township", "place", "longitude", "latitude", "mineral")
    return {name: getattr(clue, name) for name in names}


def _enter_parties(by, case, clue, named):
    found = [each.party for each in clue.suspects.select_related("party")] if clue else []
    found += [parties.find_or_add_party(by=by, agency=case.agency, details=each) for each in named]
    for position, party in enumerate(dict.fromkeys(found), start=1):
        CaseParty.objects.create(case=case, party=party, position=position)


def _enter_violations(case, chosen):
    known = codes.by_code("violations")
    Violation.objects.bulk_create(
        Violation(case=case, code=code, side=known[code]["side"])
        for code in dict.fromkeys(chosen)
        if code in known
    )


@transaction.atomic
def approve_filing(
    *, by, case, version=None, number="", opinion="", signer=None, signed_on=None, scan=None, sheet=None
) -> Case:
    """Approve, in the system or on paper (行政处罚法 art 54); the number is given or typed.

    The case is filed on the day of signing; the 90 days of the decision run from it; the clue is
    settled in the same transaction.
    """
    case = deeds.lock(case, version)
    act = ACTS.get("approve_filing")
    posting = ACTS.require(act.name, by, case)
    approval = signing.sign(
        by=by,
        posting=posting,
        act=act,
        thing=case,
        agreed=True,
        opinion=opinion,
        signer=signer,
        signed_on=signed_on,
        scan=scan,
        sheet=sheet,
    )
    filed_on = approval.signed_on
    number = numbering.issue(agency=case.agency, kind="filing", word="立字", year=filed_on.year, typed=number)
    changes = flags.save(case, state=act.after, number=number, filed_on=filed_on)
    papers.keep_sheet(case=case, approval=approval, stage="filing", kind="立案呈批表（签批）")
    if case.clue:
        clue_filing.settle_as_filed(by=by, clue=case.clue, case_number=number, happened_on=filed_on)
    clocks.start(term=terms.DECIDE, thing=case, counted_from=filed_on, url=case.get_absolute_url())
    trail.record(
        by=by,
        posting=posting,
        act=act,
        thing=case,
        reason=opinion,
        happened_on=filed_on,
        changes={**changes, **papers.signed_by(approval)},
    )
    case_filed.send(sender=Case, case=case, by=by)
    return case


@transaction.atomic
def refuse_filing(
    *, by, case, version=None, opinion, signer=None, signed_on=None, scan=None, sheet=None
) -> Case:
    """Refuse to file, with the reason; the clue goes back to be settled otherwise."""
    case = deeds.lock(case, version)
    act = ACTS.get("refuse_filing")
    posting = ACTS.require(act.name, by, case)
    if not opinion.strip():
        raise Refused("不批准立案的，请写明理由。")
    approval = signing.sign(
        by=by,
        posting=posting,
        act=act,
        thing=case,
        agreed=False,
        opinion=opinion,
        signer=signer,
        signed_on=signed_on,
        scan=scan,
        sheet=sheet,
    )
    changes = flags.save(case, state=act.after)
    papers.keep_sheet(case=case, approval=approval, stage="filing", kind="立案呈批表（签批）")
    if case.clue:
        clue_filing.hand_back(by=by, clue=case.clue, reason=opinion)
    trail.record(
        by=by,
        posting=posting,
        act=act,
        thing=case,
        reason=opinion,
        happened_on=approval.signed_on,
        changes={**changes, **papers.signed_by(approval)},
    )
    return case
