"""Cases brought to a stage by the services themselves, with the fixed cast."""

from datetime import date, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Standard, local_today
from accounts.services.signing import Signature
from cases.assessing.service import left_to_serve, parties_of
from cases.models import Case
from cases.services import (
    carrying_out,
    closing,
    deciding,
    decision,
    detentions,
    dues,
    execution,
    filing,
    investigation,
    referral,
    reviewing,
    serving,
)
from cases.services.weighed import Reviewed, Weighed
from clues.models import Clue
from clues.services import intake, verification
from clues.services.informants import InformantFacts
from registry.models import Party
from tests.clues.making import words
from tests.papers import PHOTO, SIGNED
from tests.replay import remembered

PERSON_ID = "141122190001010012"
OTHER_ID = "14092919000102012X"
FIRM_CODE = "91141122MA0DEM013B"
COAL = "煤"


def scan(name="呈批表.pdf", body=SIGNED) -> SimpleUploadedFile:
    """A scan as a browser sends it."""
    return SimpleUploadedFile(name, body, content_type="application/pdf")


def photo(name="现场.jpg", body=PHOTO) -> SimpleUploadedFile:
    """A photo as a browser sends it."""
    return SimpleUploadedFile(name, body, content_type="image/jpeg")


def ago(days: int) -> date:
    """The day so many days before today."""
    return local_today() - timedelta(days=days)


def suspect(name="张三丰", identity=PERSON_ID):
    """Arguments for one party, a person."""
    return {"kind": "person", "name": name, "identity": identity}


@remembered
def verified_clue(cast, *, by=None, parties=None, **more):
    """A clue of 交城, looked at and found true."""
    by = by or cast.intake
    said = words(
        received_on=ago(30),
        summary="沟内有人用挖掘机采煤",
        place="西社镇某沟",
        violations=["K21"],
        mineral=COAL,
        parties=[suspect()] if parties is None else parties,
        **more,
    )
    clue = intake.register_clue(by=by, **said)
    look = verification.Look(ago(29), [cast.handler, cast.second_handler], "现场有采坑一处", "true")
    verification.verify_clue(by=cast.handler, clue=clue, look=look)
    clue.refresh_from_db()
    return clue


@remembered
def proposed_case(cast, clue=None, **more):
    """A case that waits for 批准立案."""
    values = {
        "cause": "张三丰无证开采煤矿案",
        "facts": "未取得采矿权在西社镇某沟采煤",
        "second_handler": cast.second_handler,
        "found_on": ago(29),
        **more,
    }
    return filing.propose_filing(
        by=cast.handler, clue=clue or verified_clue(cast), proposal=filing.FilingProposal(**values)
    )


@remembered
def filed_case(cast, *, signed_on=None, **more):
    """A filed case under investigation; with `signed_on` approved on paper that day."""
    case = proposed_case(cast, **more)
    if signed_on is None:
        return filing.approve_filing(by=cast.deputy, case=case)
    return filing.approve_filing(
        by=cast.handler, case=case, signature=Signature(signer=cast.deputy, signed_on=signed_on, scan=scan())
    )


@remembered
def mined(cast, case, *, tonnes="820", value=None, income=None, **more):
    """A finding of what was mined."""
    row = {
        "mineral": COAL,
        "tonnes": Decimal(tonnes),
        "value": Decimal(value) if value else None,
        "illegal_income": Decimal(income) if income else None,
        **more,
    }
    return investigation.record_mineral_finding(
        by=cast.handler, case=case, happened_on=ago(10), rows=[row], basis="测绘报告"
    )


@remembered
def occupied(cast, case, *, land_class="arable", area="2.5", **more):
    """A finding of what was occupied."""
    return investigation.record_land_finding(
        by=cast.handler,
        case=case,
        happened_on=ago(10),
        basis="勘测定界",
        rows=[{"land_class": land_class, "area": Decimal(area), **more}],
    )


FINE = {"kind": "fine", "amount": Decimal("84000"), "side": "mining"}
MINERALS = {"kind": "confiscate_minerals", "tonnes": Decimal("820")}
INCOME = {"kind": "confiscate_income", "amount": Decimal("60000"), "side": "mining"}


@remembered
def proposed_decision(cast, case=None, items=(FINE, MINERALS), **more):
    """A case whose decision waits for approval."""
    case = case or mined(cast, filed_case(cast, signed_on=ago(20)))
    return decision.propose_decision(
        by=cast.handler, case=case, content=decision.DecisionContent(items=items, **more)
    )


@remembered
def decided_case(cast, case=None, **more):
    """A case in execution: decision approved by the deputy in the system."""
    return deciding.approve_decision(by=cast.deputy, case=weighed_decision(cast, case, **more))


def weighed_decision(cast, case=None, **more):
    """A case whose decision waits for approval, with what must come before it."""
    return weighed(cast, proposed_decision(cast, case, **more))


QUALIFICATION = "A20181411220001"


def weighed(cast, case):
    """法制审核 and 集体讨论 of the decision that waits, as far as it needs them."""
    if "to_review" in case.flags:
        case = reviewing.review_decision(
            by=cast.legal, case=case, qualification=QUALIFICATION, signature=Signature(opinion="同意")
        )
    return discussed(cast, case) if "to_discuss" in case.flags else case


def discussed(cast, case, **more):
    """集体讨论 of the decision that waits."""
    said = {"attendees": "周局长、陈副局", "agreed": True, "conclusion": "同意承办人意见", **more}
    entry = reviewing.DiscussionEntry(local_today(), minutes_number="会纪〔2026〕3号", **said)
    return reviewing.record_discussion(by=cast.handler, case=case, entry=entry)


@remembered
def closing_case(cast, case=None):
    """A case whose closing waits for approval."""
    case = all_served(cast, case or handed_over(cast, paid(cast, decided_case(cast))))
    return closing.propose_closing(by=cast.handler, case=case, ground="executed", text="罚款已缴清")


def unhanded_closing(cast):
    """A closing that waits on another ground, with ore that nobody has handed over."""
    case = paid(cast, decided_case(cast))
    return closing.propose_closing(by=cast.handler, case=case, ground="execution_ended", text="当事人死亡")


@remembered
def proposed_referral(cast, case=None, **more):
    """A referral that waits for the head."""
    case = case or mined(cast, filed_case(cast, signed_on=ago(20)), value="200000")
    return referral.propose_referral(
        by=cast.handler,
        case=case,
        proposal=referral.ReferralProposal(
            to_agency=cast.police_office,
            copied_to=cast.procuratorate,
            crime="非法采矿罪",
            report="矿产品价值二十万元",
            **more,
        ),
    )


@remembered
def approved_referral(cast, **more):
    """A referral the head approved in the system."""
    return referral.approve_referral(by=cast.chief, referral=proposed_referral(cast, **more))


@remembered
def sent_referral(cast, **more):
    """A referral that left the house today."""
    return referral.send_referral(
        by=cast.handler, referral=approved_referral(cast, **more), sent_on=local_today()
    )


@remembered
def detained(cast, sent, name="张三丰", kind="criminal_detention", **more):
    """One person's measure, entered by the police's liaison."""
    return detentions.record_detention(
        by=cast.police,
        referral=sent,
        entry=detentions.DetentionEntry(kind=kind, happened_on=local_today(), name=name, **more),
    )


def served(cast, case, *, decision=None, on=None, parties=None, mode="direct", **more):
    """A decision (the only one) served today on all its parties, or on some, with the number of a receipt."""
    decision = decision or case.decisions.get(state="made")
    said = {"served_on": on or local_today(), "receipt_number": "交送〔2026〕7号", **more}
    entry = serving.ServiceEntry(parties_of(decision) if parties is None else parties, mode, **said)
    return serving.record_service(by=cast.handler, case=case, decision=decision, entry=entry)


def all_served(cast, case):
    """The only decision served today on whom it wasn't yet."""
    left = left_to_serve(case.decisions.get(state="made"))
    return served(cast, case, parties=left) if left else case


@remembered
def paid(cast, case, amount="84000"):
    """A payment on the case's fine."""
    item = case.decisions.get(state="made").items.get(kind="fine")
    return execution.record_payment(
        by=cast.handler,
        case=case,
        entry=execution.PaymentEntry(
            item=item, paid_on=local_today(), amount=Decimal(amount), receipt_number="0012345"
        ),
    )


def handed_over(cast, case):
    """What was confiscated is handed over, what is to be pulled down is down."""
    for item in dues.to_carry_out(case):
        case = carrying_out.carry_out_item(
            by=cast.handler, case=case, item=item, happened_on=local_today(), note="移交财政"
        )
    return case


def informant(name, phone):
    """Who reported, for the tests that nobody may learn it."""
    return InformantFacts(name=name, phone=phone)


def bare_case(cast, *, named=False, **more) -> Case:
    """A case with party (`named` or not), violation and two handlers, written as rows: for many rounds."""
    values = {
        "agency": cast.county,
        "cause": "张三丰无证开采煤矿案",
        "county_id": "141122",
        "place": "西社镇某沟",
        "mineral": COAL,
        "handler": cast.handler,
        "second_handler": cast.second_handler,
        "proposed_by": cast.handler,
        **more,
    }
    case = Case.objects.create(**values)
    kind, name = ("person", "张三丰") if named else ("unknown", "当事人不明")
    party, _ = Party.objects.get_or_create(agency=cast.county, kind=kind, name=name)
    case.parties.create(party=party)
    case.violations.create(code="K21", side="mining")
    return case


def recorded_decision(cast, case, items=(FINE, MINERALS), **more):
    """A decision really issued, entered as it was."""
    content = decision.DecisionContent(items=list(items), scan=scan("决定书.pdf"), **more)
    return decision.record_decision(
        by=cast.handler,
        case=case,
        number=f"罚字{case.pk}号",
        decided_on=ago(1),
        content=content,
        before=Weighed(Reviewed("法审核", ago(2))),
    )


def prefecture_joins() -> None:
    """吕梁 has a document by which it takes part in cases of important minerals."""
    Standard.objects.create(
        key="prefecture_joins",
        value=1,
        unit="是",
        valid_from=date(2021, 1, 1),
        document="示例",
        region_id="141100",
    )


def bare_clue(cast) -> Clue:
    """A clue looked at and found true, written as a row."""
    return Clue.objects.create(
        agency=cast.county,
        state="verified",
        source="patrol",
        received_on=ago(3),
        summary="采煤",
        county_id="141122",
        place="某沟",
        violations=["K21"],
        registered_by=cast.intake,
    )
