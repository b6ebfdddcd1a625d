"""Facts laid down directly, so that a ledger can be drawn from exactly known ones."""

from datetime import date
from decimal import Decimal
from functools import wraps
from itertools import count

from accounts.models import Agency, AgencyKind
from campaigns.models import Campaign, CampaignMember
from cases.models import (
    Case,
    CaseParty,
    CompletionCheck,
    Decision,
    Detention,
    LandFinding,
    MineralFinding,
    PenaltyItem,
    PoliceMatter,
    PoliceSubject,
    Referral,
    Violation,
)
from clues.models import Clue, ClueParty, Verification
from common.words import fold
from ledgers.fields import FIELDS
from ledgers.matching import match_key
from ledgers.models import CountyLedger, EntryLink, ImportBatch, ImportedValues, LedgerEntry
from ledgers.services.marking import mark
from registry.models import Party
from tests.replay import remembered

FROM, TO = date(2026, 4, 1), date(2030, 11, 30)

_numbers = count(1)


def laid(make):
    """What is laid down past the services stands in no trail: every row is told to be drawn anew."""

    @wraps(make)
    def made(*args, **kwargs):
        thing = make(*args, **kwargs)
        mark_all()
        return thing

    return made


def mark_all() -> None:
    """Tell every row to be drawn anew: a test may have changed what stands behind it, past the services."""
    mark(LedgerEntry.objects.values_list("pk", flat=True))


def day(text: str) -> date:
    """A day of 2026 as 05-15, or any day in full."""
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


@remembered
def campaign(cast, code="test", region="141100", since=FROM, until=TO, **settings) -> Campaign:
    """A campaign in which every 自然资源 and 公安 agency of the region takes part."""
    made = Campaign.objects.create(
        code=code,
        name=f"专项行动{code}",
        region=cast.regions[region],
        from_day=since,
        to_day=until,
        settings=settings,
    )
    kinds = [AgencyKind.NATURAL_RESOURCES, AgencyKind.POLICE]
    for agency in Agency.objects.filter(region__code__startswith="1411", kind__in=kinds):
        CampaignMember.objects.create(campaign=made, agency=agency)
    return made


@remembered
def ledger(made, agency) -> CountyLedger:
    """An agency's ledger in a campaign."""
    return CountyLedger.objects.select_related("campaign", "agency__region").get(campaign=made, agency=agency)


def party(agency, name="张某某", kind="person") -> Party:
    """A party of the registry."""
    return Party.objects.create(agency=agency, name=name, kind=kind, name_fold=fold(name))


@remembered
@laid
def clue(
    cast,
    *,
    agency=None,
    name="张某某",
    place="天宁镇某村后沟",
    looked="04-20",
    judgment="true",
    violations=("K21",),
    **more,
) -> Clue:
    """A clue that was looked at."""
    agency = agency or cast.county
    made = Clue.objects.create(
        number=f"线索{next(_numbers)}",
        agency=agency,
        state=more.pop("state", "verified"),
        source="patrol",
        received_on=day(looked),
        summary="有人采砂",
        county=agency.region,
        place=place,
        violations=list(violations),
        registered_by=cast.intake,
        **more,
    )
    ClueParty.objects.create(clue=made, party=party(agency, name))
    Verification.objects.create(
        clue=made,
        looked_on=day(looked),
        facts_found="现场有采坑",
        judgment=judgment,
        ongoing=False,
        recorded_by=cast.handler,
    )
    return made


@remembered
@laid
def case(
    cast,
    *,
    agency=None,
    names=("张某某",),
    place="天宁镇某村后沟",
    sides=("mining",),
    filed="04-25",
    mineral="河砂",
    **more,
) -> Case:
    """A filed case."""
    agency = agency or cast.county
    number = next(_numbers)
    made = Case.objects.create(
        number=f"自然资立字〔2026〕{number}号",
        agency=agency,
        county=agency.region,
        place=place,
        state=more.pop("state", "investigation"),
        cause="无证采矿",
        filed_on=day(filed),
        mineral=mineral,
        handler=cast.handler,
        **more,
    )
    for position, name in enumerate(names, start=1):
        kind = "unknown" if "不明" in name else "person"
        CaseParty.objects.create(case=made, party=party(agency, name, kind), position=position)
    for side in sides:
        code = "K21" if side == "mining" else "T11"
        Violation.objects.create(case=made, code=code, side=side)
    return made


@remembered
@laid
def entry(
    made, agency, *things, party="张某某", place="天宁镇某村后沟", opened="04-20", by=None, **more
) -> LedgerEntry:
    """An entry with links to clues, cases and police matters."""
    position = LedgerEntry.objects.filter(campaign=made, agency=agency).count() + 1
    row = LedgerEntry.objects.create(
        campaign=made,
        agency=agency,
        position=position,
        party=party,
        place=place,
        match_key=match_key(party, place),
        opened_on=day(opened),
        recorded_by=by or agency.postings.first().user,
        **more,
    )
    for thing in things:
        EntryLink.objects.create(entry=row, **{_KIND[type(thing)]: thing})
    return row


_KIND = {Clue: "clue", Case: "case", PoliceMatter: "matter"}


@laid
def land(cast, of, *areas, on="05-01", round=1, land_class="arable", **more):
    """One round of land findings."""
    return [
        LandFinding.objects.create(
            case=of,
            round=round,
            land_class=land_class,
            area=Decimal(area),
            happened_on=day(on),
            recorded_by=cast.handler,
            **more,
        )
        for area in areas
    ]


@laid
def mined(cast, of, *tonnes, on="05-01", round=1, mineral="河砂", **more):
    """One round of mineral findings."""
    return [
        MineralFinding.objects.create(
            case=of,
            round=round,
            mineral=mineral,
            happened_on=day(on),
            recorded_by=cast.handler,
            tonnes=Decimal(one) if one is not None else None,
            **more,
        )
        for one in tonnes
    ]


@laid
def decision(cast, of, *items, on="05-10", state="made", **more) -> Decision:
    """A decision with items (side, kind, amount or tonnes)."""
    made = Decision.objects.create(
        case=of,
        state=state,
        number=f"自然资罚字〔2026〕{next(_numbers)}号",
        decided_on=day(on),
        proposed_by=cast.handler,
        **more,
    )
    for side, kind, figure in items:
        field = "tonnes" if kind == "confiscate_minerals" else "amount"
        PenaltyItem.objects.create(decision=made, side=side, kind=kind, **{field: Decimal(figure)})
    return made


@laid
def accepted(cast, of, kind="shutdown", *, on="05-12", complete=True) -> CompletionCheck:
    """Restoration or 取缔 looked at."""
    return CompletionCheck.objects.create(
        case=of,
        kind=kind,
        happened_on=day(on),
        complete=complete,
        finding="现场已查看",
        checked_by=cast.handler,
    )


@remembered
@laid
def referral(cast, of, *, on="05-05", state="sent", **more) -> Referral:
    """A referral that was sent."""
    return Referral.objects.create(
        case=of,
        state=state,
        to_agency=cast.police_office,
        crime="非法采矿罪",
        report="涉嫌犯罪",
        proposed_by=cast.handler,
        sent_on=day(on),
        **more,
    )


@laid
def matter(cast, *, of=None, agency=None, taken="05-06", title="某某涉嫌非法采矿", place=""):
    """A police matter, of a referral or of its own."""
    return PoliceMatter.objects.create(
        agency=agency or cast.police_office,
        referral=of,
        title=title,
        place=place,
        taken_up_on=day(taken),
        recorded_by=cast.police,
    )


@laid
def measure(cast, of, kind, person=None, *, on="05-08", persons=1) -> Detention:
    """A measure on a person (a name stands for the index), or a count that names nobody."""
    subject = None
    if person:
        subject, _ = PoliceSubject.objects.get_or_create(
            matter=of, person_index=person, defaults={"name_masked": person[:1] + "某"}
        )
    return Detention.objects.create(
        matter=of, subject=subject, kind=kind, persons=persons, happened_on=day(on), recorded_by=cast.police
    )


@laid
def imported(of, *, as_of="05-15", made=None, **values) -> ImportedValues:
    """What a workbook said of a case."""
    made = made or Campaign.objects.first()
    by = of.agency.postings.first().user
    batch = ImportBatch.objects.create(campaign=made, agency=of.agency, file_name="台账.xlsx", imported_by=by)
    kept = {key: FIELDS[key].keep(value) for key, value in values.items()}
    return ImportedValues.objects.create(case=of, as_of=day(as_of), batch=batch, values=kept)


def imported_entry(
    made, cast, *, agency=None, name="孙某、周某", place="东坡底乡某废弃矿井", as_of="05-15", **values
) -> LedgerEntry:
    """An entry as an import makes it: one imported case that holds its facts."""
    agency = agency or cast.county
    of = Case.objects.create(
        agency=agency,
        county=agency.region,
        place=place,
        cause="台账导入",
        imported=True,
        number=f"台账〔2026〕{next(_numbers)}号",
    )
    imported(of, as_of=as_of, made=made, **values)
    return entry(
        made,
        agency,
        of,
        party=name,
        place=place,
        opened=as_of,
        imported=True,
        mineral=values.get("mineral", ""),
    )
