"""Standards: values with a place, a day from which they hold, a document, and whether checked."""

from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from accounts import standards
from accounts.models import Agency, Posting, Region, Standard, User, local_today
from accounts.people_acts import AGENCY_ACTS
from accounts.services import deeds, trail
from accounts.services.calendar import guarded
from accounts.standards import StandardKind
from common.errors import Refused

TAKEN = "同一区域、同一天起的这项标准已经登记过，请直接修改那一条。"


def within_sight(user: User) -> QuerySet[Standard]:
    """What holds where a person's posts lie (the whole country, province, prefecture, county), and what was
    set for what lies below; another place's rows are none of their business."""
    seen = Q(region=None)
    for own in {posting.agency.region_id for posting in user.current_postings}:
        above = [own[:6], own[:4] + "00", own[:2] + "0000"]
        seen |= Q(region__in=above) | Q(region=own) | Q(region__parent=own) | Q(region__parent__parent=own)
    rows = Standard.objects.filter(seen).select_related("region__parent")
    return rows.order_by("label", "region_id", "-valid_from")


def standing(key: str, region_code: str = "", on: date | None = None) -> Standard | None:
    """The row that holds in a region on a day: the nearest one, by county, prefecture, province; or None."""
    rows = Standard.objects.filter(key=key).holding(on or local_today())
    by_region = {row.region_id: row for row in rows.order_by("valid_from")}
    places = (region_code, region_code[:4] + "00", region_code[:2] + "0000", None)
    return next((by_region[code] for code in places if code in by_region), None)


@transaction.atomic
def record_standard(
    *,
    by: User | None = None,
    agency: Agency | None = None,
    key: str,
    value: Decimal,
    valid_from: date,
    document: str,
    region: Region | None = None,
    valid_until: date | None = None,
    sure: bool = False,
    version: int | str | None = None,
) -> Standard:
    """Enter a value that holds from a day on (until one), everywhere or in one region.

    Raises Refused for what the law doesn't leave to a place, or only within a band (`StandardKind.refuse`).
    """
    actor, posting = guarded("record_standard", by, agency)
    kind = standards.REGISTRY.get(key)
    if kind is None:
        raise Refused("请从列表中选择一项标准。")
    if not document.strip():
        raise Refused("请写明依据的文件名称和文号。")
    _refuse(kind, value, region, document, (valid_from, valid_until))
    # SQLite's unique constraint lets two rows without a region pass; its writers come one by one.
    if Standard.objects.filter(key=key, region=region, valid_from=valid_from).exists():
        raise Refused(TAKEN)
    try:
        with transaction.atomic():
            standard = Standard.objects.create(
                key=key,
                label=kind.label,
                unit=kind.unit,
                region=region,
                value=value,
                valid_from=valid_from,
                valid_until=valid_until,
                document=document.strip(),
                sure=sure,
            )
    except IntegrityError:
        raise Refused(TAKEN) from None
    _record(actor, posting, "record_standard", standard, {"数值": ("", value), "依据": ("", document)})
    return standard


@transaction.atomic
def amend_standard(
    *,
    by: User | None = None,
    agency: Agency | None = None,
    standard: Standard,
    version: int | str | None = None,
    **values: object,
) -> Standard:
    """Correct a value, its document, or whether it has been checked; clocks that ran keep theirs."""
    actor, posting = guarded("amend_standard", by, agency)
    standard = deeds.lock(standard, version)
    changes = deeds.save(standard, **values)
    if kind := standards.REGISTRY.get(standard.key):
        days = standard.valid_from, standard.valid_until
        _refuse(kind, standard.value, standard.region, standard.document, days)
    _record(actor, posting, "amend_standard", standard, changes)
    return standard


def _refuse(
    kind: StandardKind,
    value: Decimal,
    region: Region | None,
    document: str,
    days: tuple[date, date | None],
) -> None:
    """Refuse an end before the beginning, and what the law says against the value."""
    since, until = days
    if until is not None and until < since:
        raise Refused(f"“至何日止”{until}早于“自何日起”{since}，请核对。")
    if objection := kind.refuse(value, region.code if region else "", document):
        raise Refused(objection)


def _record(actor: User, posting: Posting | None, act: str, standard: Standard, changes: dict) -> None:
    trail.record(
        by=actor,
        posting=posting,
        act=AGENCY_ACTS.get(act),
        thing=standard,
        changes=changes,
        chain="accounts.standards",
    )
