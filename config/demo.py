"""The demo: 吕梁市 with its offices and people. Loading it again changes nothing."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accounts import roles
from accounts.models import Agency, Region, User, local_today
from accounts.services import agencies, calendar, installation, people, regions, standards
from campaigns.models import Campaign
from config import (
    demo_cases,
    demo_departments,
    demo_duties,
    demo_ledgers,
    demo_messages,
    demo_organisation,
)

PASSWORD = "kuangan-demo-2026"  # noqa: S105 - told to everybody who tries the demo
PREFECTURE = "141100"
SINCE = date(2018, 1, 1)
FIRST = 9  # of PEOPLE: the county that its stories are about


@dataclass(frozen=True)
class DemoPerson:
    """One person of the demo and the posts held in one agency."""

    username: str
    name: str
    agency: str
    posts: tuple[str, ...]


COUNTY, NEIGHBOUR, CITY = "141122-zrzy", "141121-zrzy", "141100-zrzy"
PEOPLE = (
    DemoPerson("dengji", "王登记", COUNTY, (roles.INTAKE,)),
    DemoPerson("chengban", "李承办", COUNTY, (roles.HANDLER,)),
    DemoPerson("xieban", "赵协办", COUNTY, (roles.HANDLER,)),
    DemoPerson("duizhang", "马队长", COUNTY, (roles.BRIGADE_HEAD,)),
    DemoPerson("fazhi", "法审核", COUNTY, (roles.LEGAL,)),
    DemoPerson("fenguan", "陈副局", COUNTY, (roles.DEPUTY,)),
    DemoPerson("juzhang", "周局长", COUNTY, (roles.CHIEF,)),
    DemoPerson("lianluo", "孙联络", COUNTY, (roles.LIAISON,)),
    DemoPerson("shenhe", "吴审核", COUNTY, (roles.CHECKER,)),
    DemoPerson("xitong", "系统员", COUNTY, (roles.SYSTEM_ADMIN,)),
    DemoPerson("tianning", "田所长", "141122100-zrzy", (roles.REPORTER,)),
    DemoPerson("xiajiaying", "夏所长", "141122101-zrzy", (roles.REPORTER,)),
    DemoPerson("gongan", "郑公安", "141122-ga", (roles.POLICE,)),
    DemoPerson("jiancha", "冯检察", "141122-jc", (roles.PROCURATOR,)),
    DemoPerson("wenshui", "邻承办", NEIGHBOUR, (roles.INTAKE, roles.HANDLER)),
    DemoPerson("wenshui-juzhang", "邻局长", NEIGHBOUR, (roles.CHIEF,)),
    DemoPerson("wenshui-lianluo", "邻联络", NEIGHBOUR, (roles.LIAISON,)),
    DemoPerson("wenshui-shenhe", "邻审核", NEIGHBOUR, (roles.CHECKER,)),
    DemoPerson("wenshui-gongan", "文公安", "141121-ga", (roles.POLICE,)),
    DemoPerson("shiju", "吕市审", CITY, (roles.PREFECTURE,)),
    DemoPerson("shiju-lianluo", "市联络", CITY, (roles.LIAISON,)),
    DemoPerson("shiju-tongji", "统计员", CITY, (roles.STATISTICS,)),
    DemoPerson("shiju-xitong", "市系统员", CITY, (roles.SYSTEM_ADMIN,)),
    DemoPerson("shengting", "晋省读", "140000-zrzy", (roles.PROVINCE,)),
    *(DemoPerson(*person) for person in demo_departments.PEOPLE),
)


PHONES = {COUNTY: "0358-3522000", NEIGHBOUR: "0358-3022000"}


def load(stdout) -> None:
    """Put in what is missing of the demo, saying so on `stdout`. Refused in a real installation."""
    installation.mark_demo()
    stdout.write("正在载入演示数据：行政区划、工作日历、机构、人员。")
    regions.load()
    calendar.load()
    if not Agency.objects.filter(code=CITY).exists():
        agencies.open_prefecture(region=Region.objects.get(code=PREFECTURE))
    for agency in Agency.objects.filter(code__in=PHONES, phone=""):
        agencies.amend_agency(agency=agency, phone=PHONES[agency.code])
    demo_departments.open_offices()
    for person in PEOPLE:
        _add(person)
    _let_the_prefecture_join()
    demo_cases.load(stdout)
    demo_departments.load()
    demo_ledgers.load(stdout)
    demo_duties.load()
    demo_organisation.load(Campaign.objects.get(code=demo_ledgers.NOW))
    demo_messages.load(timezone.now())


def _let_the_prefecture_join() -> None:
    """市级须参与 holds where a document says so: 吕梁 has an example of one."""
    if standards.standing("prefecture_joins", PREFECTURE) is None:
        standards.record_standard(
            agency=Agency.objects.get(code=CITY),
            key="prefecture_joins",
            value=Decimal(1),
            valid_from=SINCE,
            document="示例（不是真实文件）",
            region=Region.objects.get(code=PREFECTURE),
        )


@transaction.atomic
def _add(person: DemoPerson) -> None:
    if User.objects.filter(username=person.username).exists():
        return
    agency = Agency.objects.get(code=person.agency)
    user = people.add_person(
        agency=agency,
        username=person.username,
        name=person.name,
        password=PASSWORD,
        must_change=False,
        **_certificate(person),
    )
    for post in person.posts:
        people.appoint(person=user, agency=agency, role=post, since=SINCE)


def _certificate(person: DemoPerson) -> dict:
    """The 执法证 of who investigates, valid for two more years at least."""
    if roles.HANDLER not in person.posts:
        return {}
    place = 1 + [each.username for each in PEOPLE].index(person.username)
    until = date(local_today().year + 2, 12, 31)
    return {"certificate_no": f"140311{place:05d}", "certificate_until": until}


def rows() -> list[tuple[str, str, str, str]]:
    """Sign-in name, name, agency and posts of everybody in the demo."""
    names = dict(
        Agency.objects.filter(code__in={person.agency for person in PEOPLE}).values_list("code", "name")
    )
    return [
        (
            person.username,
            person.name,
            names[person.agency],
            "、".join(roles.ROLES[post].label for post in person.posts),
        )
        for person in PEOPLE
    ]


def offered() -> dict:
    """What the sign-in page of the demo offers: its people (登录名, 姓名, 单位, 岗位) and their password."""
    return {"password": PASSWORD, "first": rows()[:FIRST], "rest": rows()[FIRST:]}


def accounts_table() -> str:
    """The people of the demo as lines in columns, for a terminal."""
    table = [("登录名", "姓名", "单位", "岗位"), *rows()]
    widths = [max(_width(row[column]) for row in table) for column in range(3)]
    return "\n".join(
        "  ".join([*(_padded(cell, width) for cell, width in zip(row, widths, strict=False)), row[3]])
        for row in table
    )


def _width(text: str) -> int:
    """Columns a text takes in a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
