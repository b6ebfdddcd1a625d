"""The pages of administration (管理), registered by any app: their order, and whose posts open them.

    register(Place("reminders:roster_now", "值班表", "谁在什么时候值班", roles.EVERYONE, rank=70))

stands in an app's receivers.py; this app's own stand here.
"""

from dataclasses import dataclass

from django.urls import reverse

from accounts import roles
from accounts.people_acts import NUMBERS


@dataclass(frozen=True)
class Place:
    """One page: its address, name, what is there, who may open it; low ranks stand first."""

    address: str
    label: str
    note: str
    posts: frozenset
    rank: int


REGISTRY: dict[str, Place] = {}


def register(*pages: Place) -> None:
    """Make pages part of 管理; a second time changes nothing."""
    REGISTRY.update({page.address: page for page in pages})


register(
    Place("accounts:people", "人员", "登录、任职、离岗交接", roles.MANAGERS, 10),
    Place(
        "accounts:confirmations",
        "待确认",
        "接触保密内容的任职、重置密码，由第二人确认",
        roles.CONFIRMERS | {roles.SYSTEM_ADMIN},
        15,
    ),
    Place("accounts:agencies", "机构", "机构树、名称、文号代字、隶属", roles.MANAGERS, 20),
    Place("accounts:authorities", "代签授权", "谁可以代谁签批，从哪天到哪天", roles.MANAGERS, 30),
    Place("accounts:number_offices", "编号", "起始号、手工编号、作废编号", NUMBERS | roles.LEADERS, 40),
    Place("accounts:calendar_now", "工作日历", "放假和调休，时限按它计算", roles.EVERYONE, 50),
    Place("accounts:standards", "标准", "法律交给地方定的数值和依据", roles.EVERYONE, 60),
    Place(
        "accounts:audit",
        "审计",
        "谁在什么时候办了什么，记录有没有被改动",
        frozenset({roles.AUDIT_ADMIN}),
        100,
    ),
    Place("accounts:own_papers", "线下签批", "以您的名义在纸上签批、由他人录入的事", roles.EVERYONE, 115),
    Place(
        "accounts:exports",
        "导出登记",
        "谁在什么时候把哪张清单、台账带出了系统",
        roles.ADMINISTRATORS | roles.LEADERS,
        110,
    ),
    Place("accounts:me", "我的岗位", "岗位、执法证、代签授权、修改密码", roles.EVERYONE, 120),
)


def places(user, here: str = "") -> list[dict]:
    """The pages of administration that the person's posts open; `here` is the address of one."""
    return [
        {
            "label": page.label,
            "note": page.note,
            "url": reverse(page.address),
            "current": page.address == here,
        }
        for page in sorted(REGISTRY.values(), key=lambda page: page.rank)
        if user.role_codes & page.posts
    ]
