"""调查: parties, violations, handlers, findings of area and quantity, papers.

Findings can be recorded and withdrawn at any stage after filing: gates stop acts, never the
recording of facts. What then breaks a rule shows as a flag.
"""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts import roles
from accounts.models import Posting, User, local_today
from accounts.services import deeds, trail
from cases.acts import ACTS
from cases.models import Case, CaseParty, Fact, LandFinding, MineralFinding, PenaltyItem, Violation
from cases.services import findings, flags, officers, papers
from cases.services.days import refuse_future
from common.errors import Refused
from common.fitting import refuse_too_large
from registry import codes
from registry.models import PartyKind
from registry.services import parties

TONNES, FEN = Decimal("0.0001"), Decimal("0.01")
FINDINGS = {"land": "占地面积", "mining": "开采数量", "circumstances": "情节"}


@transaction.atomic
def record_party(*, by: User, case: Case, version: int | str | None = None, **who: str) -> Case:
    """Enter one more party: a person, a firm, or 当事人不明."""
    case = deeds.lock(case, version)
    posting = ACTS.require("record_party", by, case)
    party = parties.find_or_add_party(by=by, agency=case.agency, details=parties.PartyDetails(**who))
    if case.parties.filter(party=party).exists():
        raise Refused(f"{party}已经是本案当事人，不必重复登记。")
    CaseParty.objects.create(case=case, party=party, position=case.parties.count() + 1)
    flags.save(case)
    _record(by, posting, "record_party", case, {"当事人": ("", str(party))})
    return case


@transaction.atomic
def name_party(*, by: User, case: Case, version: int | str | None = None, row: CaseParty, **who: str) -> Case:
    """Put the party that was found in the place of 当事人不明, in the same row."""
    case = deeds.lock(case, version)
    posting = ACTS.require("name_party", by, case)
    row = case.parties.select_for_update().get(pk=row.pk)
    if row.party.kind != PartyKind.UNKNOWN:
        raise Refused(f"{row.party}不是“当事人不明”，不能替换；另有当事人的，请登记当事人。")
    party = parties.name_unknown_party(
        by=by, party=row.party, details=parties.PartyDetails(**who), posting=posting
    )
    same = case.parties.exclude(pk=row.pk).filter(party__identity_index=party.identity_index)
    if party.identity_index and same.exists():
        raise Refused(f"{party}已经是本案当事人，请核对。")
    flags.save(case)
    _record(by, posting, "name_party", case, {"当事人": ("当事人不明", str(party))})
    return case


@transaction.atomic
def amend_case(
    *,
    by: User,
    case: Case,
    version: int | str | None = None,
    violations: list[str] | None = None,
    **values: object,
) -> Case:
    """Correct what was typed at filing; `violations` replaces the list where it is given."""
    case = deeds.lock(case, version)
    posting = ACTS.require("amend_case", by, case)
    changes = _replace_violations(case, violations) if violations is not None else {}
    changes = {**flags.save(case, **values), **changes}
    if not changes:
        raise Refused("没有改动，不必提交。")
    _record(by, posting, "amend_case", case, changes)
    return case


def _replace_violations(case: Case, chosen: list[str]) -> dict:
    listed, before = codes.by_code("violations"), [str(each) for each in case.violations.all()]
    gone = case.violations.exclude(code__in=chosen)
    used = gone.filter(pk__in=PenaltyItem.objects.filter(violation__in=gone).values("violation"))
    if used.exists():
        raise Refused(f"“{used.first()}”已有处罚项，不能去掉。")
    gone.delete()
    for code in chosen:
        Violation.objects.get_or_create(case=case, code=code, defaults={"side": listed[code]["side"]})
    after = [str(each) for each in case.violations.all()]
    return {} if before == after else {"违法类型": (before, after)}


@transaction.atomic
def assign_handlers(
    *, by: User, case: Case, version: int | str | None = None, handler: User, second_handler: User
) -> Case:
    """Name the two handlers (行政处罚法 art 42); both must hold the post at the case's office."""
    case = deeds.lock(case, version)
    posting = ACTS.require("assign_handlers", by, case)
    officers.refuse_same(handler, second_handler)
    for person in (handler, second_handler):
        held = person.postings.in_force(local_today())
        if not held.filter(agency=case.agency, role=roles.HANDLER).exists():
            raise Refused(f"{person.name}现在不是本单位的承办人，请另选。")
    changes = flags.save(case, handler=handler, second_handler=second_handler)
    _record(by, posting, "assign_handlers", case, changes)
    officers.remark_faults(case)
    return case


@transaction.atomic
def record_land_finding(
    *,
    by: User,
    case: Case,
    version: int | str | None = None,
    happened_on: date,
    rows: list[dict],
    basis: str = "",
    files: Iterable[UploadedFile] = (),
) -> Case:
    """Enter one round of areas found occupied: rows of land_class, area (亩) and what else is
    known (conforming, destroyed, forest, black_soil, black_volume in 立方米). The round takes the place
    of the earlier one."""
    case = deeds.lock(case, version)
    posting = ACTS.require("record_land_finding", by, case)
    refuse_future("认定日期", happened_on)
    officers.require_officers(case, happened_on)
    if not rows:
        raise Refused("请至少填写一行地类和面积。")
    if any(row["area"] <= 0 for row in rows):
        raise Refused("面积应大于零，没有占用的地类不必填写。")
    for row in rows:
        refuse_too_large(LandFinding, row)
    before = findings.words(case.land_now())
    number = findings.next_round(case.land_findings)
    LandFinding.objects.bulk_create(
        LandFinding(case=case, round=number, happened_on=happened_on, basis=basis, recorded_by=by, **row)
        for row in rows
    )
    findings.finish(
        by=by,
        posting=posting,
        name="record_land_finding",
        case=case,
        changes={"占地面积": (before, findings.words(case.land_now()))},
        happened_on=happened_on,
        basis=basis,
        files=files,
    )
    return case


@transaction.atomic
def record_mineral_finding(
    *,
    by: User,
    case: Case,
    version: int | str | None = None,
    happened_on: date,
    rows: list[dict],
    basis: str = "",
    files: Iterable[UploadedFile] = (),
) -> Case:
    """Enter one round of quantities found mined: rows of mineral, tonnes or volume (立方米) with
    density (吨/立方米), price (元/吨), value, illegal_income, destroyed_value (元), whether the value is
    `estimated` or by which paper it was found, sold_on, special_areas (codes). A price without a value
    gives it."""
    case = deeds.lock(case, version)
    posting = ACTS.require("record_mineral_finding", by, case)
    refuse_future("认定日期", happened_on)
    officers.require_officers(case, happened_on)
    if not rows:
        raise Refused("请至少填写一行矿种和数量。")
    rows = [_valued(_in_tonnes(row)) for row in rows]
    for row in rows:
        refuse_too_large(MineralFinding, row)
    before = findings.words(case.minerals_now())
    number = findings.next_round(case.mineral_findings)
    MineralFinding.objects.bulk_create(
        MineralFinding(case=case, round=number, happened_on=happened_on, basis=basis, recorded_by=by, **row)
        for row in rows
    )
    findings.finish(
        by=by,
        posting=posting,
        name="record_mineral_finding",
        case=case,
        changes={"开采数量": (before, findings.words(case.minerals_now()))},
        happened_on=happened_on,
        basis=basis,
        files=files,
    )
    return case


def tonnes_of(volume: Decimal, density: Decimal) -> Decimal:
    """Cubic metres in tonnes, by the density in 吨/立方米."""
    return (volume * density).quantize(TONNES, ROUND_HALF_UP)


def _in_tonnes(row: dict) -> dict:
    """Cubic metres become tonnes by the density; both stay on record."""
    if row.get("volume") is not None:
        if not row.get("density"):
            raise Refused("以立方米填写的，请一并填写密度（吨/立方米），台账以吨计。")
        return {**row, "tonnes": tonnes_of(row["volume"], row["density"])}
    if row.get("tonnes") is None:
        raise Refused(f"请填写{row.get('mineral') or '矿产'}的数量。")
    return row


def _valued(row: dict) -> dict:
    """A price per 吨 gives the value where none was found (法释〔2016〕25号 art 13: price × quantity)."""
    if row.get("price") is None or row.get("value") is not None:
        return row
    value = (row["tonnes"] * row["price"]).quantize(FEN, ROUND_HALF_UP)
    return {**row, "value": value}


@transaction.atomic
def withdraw_finding(
    *, by: User, case: Case, version: int | str | None = None, side: str, reason: str
) -> Case:
    """Withdraw the finding that holds (land, mining or circumstances); the earlier one holds again."""
    case = deeds.lock(case, version)
    posting = ACTS.require("withdraw_finding", by, case)
    rows = _standing(case, side)
    if not rows:
        raise Refused("这一方面没有可撤回的认定。")
    if not reason.strip():
        raise Refused("请写明撤回理由。")
    before, now = _said(side, rows), timezone.now()
    for row in rows:
        row.withdrawn_at, row.withdrawn_reason = now, reason.strip()
        row.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    after = _said(side, _standing(case, side))
    flags.save(case)
    _record(by, posting, "withdraw_finding", case, {FINDINGS[side]: (before, after)}, reason=reason)
    return case


def _standing(case: Case, side: str) -> list[Fact]:
    """The round that holds of one sort of finding."""
    if side == "circumstances":
        return [row for row in [case.circumstances_now()] if row]
    return case.land_now() if side == "land" else case.minerals_now()


def _said(side: str, rows: list[Fact]) -> list[str]:
    if side != "circumstances":
        return findings.words(rows)
    return [word for row in rows for word in findings.circumstance_words(row)]


@transaction.atomic
def add_case_files(
    *,
    by: User,
    case: Case,
    version: int | str | None = None,
    files: Iterable[UploadedFile],
    kind: str = "",
    stage: str = "investigation",
    for_police: bool = False,
    note: str = "",
) -> Case:
    """Keep papers and photos in the case's file; `for_police` puts them into the package."""
    case = deeds.lock(case, version)
    posting = ACTS.require("add_case_files", by, case)
    attached = papers.attach(
        by=by, case=case, uploads=files, stage=stage, kind=kind, for_police=for_police, note=note
    )
    if not attached:
        raise Refused("请选择要上传的文件。")
    deeds.save(case)
    _record(by, posting, "add_case_files", case, {"材料": ("", [str(paper) for paper in attached])})
    return case


def _record(by: User, posting: Posting, name: str, case: Case, changes: dict, **more: str | date) -> None:
    trail.record(by=by, posting=posting, act=ACTS.get(name), thing=case, changes=changes, **more)
