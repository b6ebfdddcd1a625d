"""The fixed cast of people, and the offices they work in.

吕梁市 with two counties: 交城 (where everything happens) and 文水 (the neighbour who must see
nothing of it); 忻州市 is the other prefecture. Nobody here holds two posts unless a test says so.
"""

from datetime import date
from functools import cache
from types import SimpleNamespace

from django.contrib.auth.hashers import make_password

from accounts import roles
from accounts.models import Agency, CalendarDay, Posting, Region, User
from accounts.models.base import Recorded
from tests.replay import remembered

PASSWORD = "shan-xi-2026-kuang"
SINCE = date(2018, 1, 1)
CERTIFIED_UNTIL = date(2031, 12, 31)  # the 执法证 of every 承办人

REGIONS = [
    ("140000", "山西省", "province", None),
    ("141100", "吕梁市", "prefecture", "140000"),
    ("141122", "交城县", "county", "141100"),
    ("141121", "文水县", "county", "141100"),
    ("141122100", "天宁镇", "township", "141122"),
    ("141122101", "夏家营镇", "township", "141122"),
    ("140900", "忻州市", "prefecture", "140000"),
    ("140929", "岢岚县", "county", "140900"),
]
AGENCIES = [
    ("140000-zrzy", "山西省自然资源厅", "晋自然资", "140000", None),
    ("141100-zrzy", "吕梁市规划和自然资源局", "吕自然资", "141100", "140000-zrzy"),
    ("141122-zrzy", "交城县自然资源局", "交自然资", "141122", "141100-zrzy"),
    ("141121-zrzy", "文水县自然资源局", "文自然资", "141121", "141100-zrzy"),
    ("141122100-zrzy", "天宁自然资源所", "交自然资天", "141122100", "141122-zrzy"),
    ("140900-zrzy", "忻州市规划和自然资源局", "忻自然资", "140900", "140000-zrzy"),
    ("140929-zrzy", "岢岚县自然资源局", "岢自然资", "140929", "140900-zrzy"),
    ("141100-ga", "吕梁市公安局", "吕公", "141100", None),
    ("141122-ga", "交城县公安局", "交公", "141122", "141100-ga"),
    ("141121-ga", "文水县公安局", "文公", "141121", "141100-ga"),
    ("141122-jc", "交城县人民检察院", "交检", "141122", None),
    ("141122-sl", "交城县水利局", "交水", "141122", None),
]
PEOPLE = {
    "reporter": ("田所长", "141122100-zrzy", roles.REPORTER),
    "intake": ("王登记", "141122-zrzy", roles.INTAKE),
    "handler": ("李承办", "141122-zrzy", roles.HANDLER),
    "second_handler": ("赵协办", "141122-zrzy", roles.HANDLER),
    "brigade_head": ("马队长", "141122-zrzy", roles.BRIGADE_HEAD),
    "legal": ("法审核", "141122-zrzy", roles.LEGAL),
    "deputy": ("陈副局", "141122-zrzy", roles.DEPUTY),
    "chief": ("周局长", "141122-zrzy", roles.CHIEF),
    "liaison": ("孙联络", "141122-zrzy", roles.LIAISON),
    "checker": ("吴审核", "141122-zrzy", roles.CHECKER),
    "police": ("郑公安", "141122-ga", roles.POLICE),
    "procurator": ("冯检察", "141122-jc", roles.PROCURATOR),
    "department": ("水利员", "141122-sl", roles.DEPARTMENT),
    "prefecture": ("吕市审", "141100-zrzy", roles.PREFECTURE),
    "province": ("晋省读", "140000-zrzy", roles.PROVINCE),
    "statistics": ("统计员", "141100-zrzy", roles.STATISTICS),
    "system_admin": ("系统员", "141122-zrzy", roles.SYSTEM_ADMIN),
    "security_admin": ("安全员", "141122-zrzy", roles.SECURITY_ADMIN),
    "audit_admin": ("审计员", "141122-zrzy", roles.AUDIT_ADMIN),
    "neighbour_chief": ("邻局长", "141121-zrzy", roles.CHIEF),
    "neighbour_handler": ("邻承办", "141121-zrzy", roles.HANDLER),
    "neighbour_liaison": ("邻联络", "141121-zrzy", roles.LIAISON),
    "neighbour_checker": ("邻审核", "141121-zrzy", roles.CHECKER),
    "neighbour_police": ("邻公安", "141121-ga", roles.POLICE),
    "other_prefecture": ("忻市审", "140900-zrzy", roles.PREFECTURE),
}
DAYS_OFF = [date(2026, 10, day) for day in range(1, 8)]


def build_regions() -> dict:
    """The divisions the cast lives in, by code."""
    Region.objects.bulk_create(
        Region(code=code, name=name, level=level, parent_id=parent) for code, name, level, parent in REGIONS
    )
    return {region.code: region for region in Region.objects.all()}


def build_agencies() -> dict:
    """The offices, by code, with their paths; level by level, for a path names those above."""
    made, left = {}, list(AGENCIES)
    while left:
        level = [row for row in left if row[4] is None or row[4] in made]
        left = [row for row in left if row not in level]
        for agency in Agency.objects.bulk_create(_agency(*row, made) for row in level):
            made[agency.code] = agency
    for code, *_, parent in AGENCIES:
        made[code].path = f"{made[parent].path if parent else '/'}{made[code].pk}/"
    Agency.objects.bulk_update(made.values(), ["path"])
    return made


def _agency(code, name, prefix, region, parent, made) -> Agency:
    return Agency(
        code=code,
        name=name,
        short_name=name,
        document_prefix=prefix,
        kind=code.rsplit("-", 1)[1],
        region_id=region,
        parent=made.get(parent),
        path=code,
    )


def add_person(username: str, name: str, agency: Agency, *posts: str) -> User:
    """A person with posts at one agency."""
    user = User.objects.create_user(username, name, PASSWORD, agency=agency, **_certificate(posts, username))
    for post in posts:
        Posting.objects.create(user=user, agency=agency, role=post, since=SINCE)
    return user


def _certificate(posts, username) -> dict:
    """The 执法证 that a 承办人 holds."""
    if roles.HANDLER not in posts:
        return {}
    return {"certificate_no": f"晋J-{username}"[:40], "certificate_until": CERTIFIED_UNTIL}


@cache
def hashed() -> str:
    """The cast's one password as it is stored."""
    return make_password(PASSWORD)


def build_people(agencies: dict) -> dict:
    """Everybody, by part, each with one post; a few statements for all, since most tests begin here."""
    public_id = Recorded._meta.get_field("public_id").get_default
    people = User.objects.bulk_create(
        User(
            username=part,
            name=name,
            agency=agencies[code],
            password=hashed(),
            public_id=public_id(),
            **_certificate([post], part),
        )
        for part, (name, code, post) in PEOPLE.items()
    )
    Posting.objects.bulk_create(
        Posting(user=user, agency=user.agency, role=PEOPLE[user.username][2], since=SINCE) for user in people
    )
    return {user.username: user for user in people}


@remembered
def build_cast() -> SimpleNamespace:
    """Everybody, by part; `cast.agencies` and `cast.regions` by code."""
    regions = build_regions()
    agencies = build_agencies()
    CalendarDay.objects.bulk_create(CalendarDay(day=day, kind="off", note="国庆节") for day in DAYS_OFF)
    people = build_people(agencies)
    return SimpleNamespace(
        **people,
        agencies=agencies,
        regions=regions,
        county=agencies["141122-zrzy"],
        neighbour=agencies["141121-zrzy"],
        prefecture_office=agencies["141100-zrzy"],
        police_office=agencies["141122-ga"],
        procuratorate=agencies["141122-jc"],
    )
