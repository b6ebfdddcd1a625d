"""The counties and townships that an office answers for."""

from django.db.models import QuerySet

from accounts.models import Agency, Region, RegionLevel
from common.errors import Refused

# How many digits of a region's code all regions below it share.
_SHARED = {RegionLevel.PROVINCE: 2, RegionLevel.PREFECTURE: 4, RegionLevel.COUNTY: 6}


def counties_of(agency: Agency) -> QuerySet[Region]:
    """The counties of an office's region (a township office: its own county)."""
    code = agency.region.code[: _SHARED.get(agency.region.level, 6)]
    return Region.objects.filter(level=RegionLevel.COUNTY, code__startswith=code)


def townships_of(agency: Agency) -> QuerySet[Region]:
    """The townships of those counties; a township office has only its own."""
    if agency.region.level == RegionLevel.TOWNSHIP:
        return Region.objects.filter(pk=agency.region_id)
    code = agency.region.code[: _SHARED.get(agency.region.level, 6)]
    return Region.objects.filter(level=RegionLevel.TOWNSHIP, code__startswith=code).select_related("parent")


def check_place(agency: Agency, county: Region, township: Region | None) -> None:
    """Refuse a place outside the office's region, or a township of another county."""
    if not counties_of(agency).filter(pk=county.pk).exists():
        raise Refused(f"{county.name}不在本单位管辖区域内，请核对县（市、区）。")
    if township is not None and not township.code.startswith(county.code[:6]):
        raise Refused(f"{township.name}不属于{county.name}，请核对乡（镇、街道）。")
