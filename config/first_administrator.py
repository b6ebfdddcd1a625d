"""A new installation: divisions, calendar, the prefecture's agencies, and the first administrator."""

from dataclasses import dataclass

from django.db import transaction

from accounts import roles
from accounts.models import Agency, AgencyKind, Posting, Region, RegionLevel, User, local_today
from accounts.services import agencies, calendar, people, regions
from common.errors import Refused


@dataclass(frozen=True)
class Answers:
    """What the first administrator types: code of the region, name, sign-in name, password."""

    region: str
    name: str
    username: str
    password: str


def load_tables() -> None:
    """Divisions and working calendar that came with the program; what is mended by hand stays."""
    if not Region.objects.exists():
        regions.load()
    calendar.load()


def missing() -> bool:
    """Whether nobody administers the system yet."""
    posts = Posting.objects.in_force(local_today()).filter(role=roles.SYSTEM_ADMIN)
    return not posts.filter(user__is_active=True).exists()


@transaction.atomic
def enter(answers: Answers) -> User:
    """Open the agencies of the administrator's prefecture and enter the administrator.

    Raises Refused for an unknown region, an empty or taken name, or too weak a password.
    """
    if not all((answers.name, answers.username, answers.password)):
        raise Refused("姓名、登录名和密码都要填写。请重新运行。")
    agency = _agency_of(answers.region)
    person = people.add_person(
        agency=agency,
        username=answers.username,
        name=answers.name,
        password=answers.password,
        must_change=False,
    )
    people.appoint(person=person, agency=agency, role=roles.SYSTEM_ADMIN)
    return person


def _agency_of(code: str) -> Agency:
    """自然资源 agency of a region, opened with the whole prefecture where it isn't there."""
    region = Region.objects.filter(code=code).exclude(level=RegionLevel.TOWNSHIP).first()
    if region is None:
        raise Refused(
            f"没有代码为“{code}”的省、市、县。请核对六位行政区划代码；"
            "程序没有带的地区，先用 manage.py load_regions 文件名 登记。"
        )
    kind = AgencyKind.NATURAL_RESOURCES
    agency = Agency.objects.filter(code=f"{region.code}-{kind}").first()
    if agency is not None:
        return agency
    if region.level == RegionLevel.PROVINCE:
        return agencies.open_agency(region=region, kind=kind)
    prefecture = region if region.level == RegionLevel.PREFECTURE else region.parent
    return agencies.open_prefecture(region=prefecture)[f"{region.code}-{kind}"]
