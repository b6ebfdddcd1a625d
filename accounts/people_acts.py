"""The acts of administering people, agencies, calendar, standards and numbers, and by whom."""

from accounts import roles
from accounts.acts import Act, ActTable, Need
from accounts.models import ConfirmationState, SecondFactor

R = frozenset
SYSTEM = R({roles.SYSTEM_ADMIN})
SAFETY = SYSTEM | {roles.SECURITY_ADMIN}
NUMBERS = SYSTEM | {roles.INTAKE, roles.HANDLER}
LEADING = roles.LEADERS | {roles.BRIGADE_HEAD}
OPEN, ENDED = ("open",), ("ended",)
ACTIVE, DISABLED = ("active",), ("disabled",)


def _has_second_factor(person) -> bool:
    return SecondFactor.objects.filter(user=person, on_since__isnull=False).exists()


PEOPLE_ACTS = ActTable(
    subject="accounts.user",
    title="人员",
    states={"active": "在用", "disabled": "已停用"},
    acts=(
        Act("amend_person", "修改人员信息", "people", SYSTEM),
        Act("appoint", "任职", "people", SYSTEM, ACTIVE),
        Act("end_posting", "免去岗位", "people", SYSTEM),
        Act("reassign_work", "离岗交接", "people", SYSTEM | LEADING, note="一次移交名下全部在办事项"),
        Act("reset_password", "重置密码", "people", SAFETY, ACTIVE),
        Act(
            "reset_second_factor",
            "取消动态口令",
            "people",
            SAFETY,
            ACTIVE,
            needs=(Need("本人启用的动态口令", _has_second_factor),),
        ),
        Act("disable_person", "停用", "people", SAFETY, ACTIVE, "disabled"),
        Act("enable_person", "恢复使用", "people", SYSTEM, DISABLED, "active"),
    ),
)

# Tables of acts on a person by the namespace of their addresses: an act's page is `<namespace>:<act>`
# with the person's public id. Upper apps add theirs in their receivers.py.
ON_A_PERSON: dict[str, ActTable] = {"accounts": PEOPLE_ACTS}


def register(namespace: str, table: ActTable) -> None:
    """Have a person's page show the acts of a table; a second time changes nothing."""
    ON_A_PERSON[namespace] = table


AGENCY_ACTS = ActTable(
    subject="accounts.agency",
    title="机构",
    states={"open": "在用", "ended": "已撤销"},
    acts=(
        Act("amend_agency", "修改机构信息", "agencies", SYSTEM, OPEN),
        Act("open_agency", "增设下级机构", "agencies", SYSTEM, OPEN),
        Act("move_agency", "调整隶属", "agencies", SYSTEM, OPEN),
        Act("merge_agency", "并入其他机构", "agencies", SYSTEM, OPEN, "ended"),
        Act("add_person", "新增人员", "people", SYSTEM, OPEN),
        Act(
            "import_certificates",
            "导入执法证名单",
            "people",
            SYSTEM,
            OPEN,
            article="自然资源行政处罚办法第十七条",
        ),
        Act("record_authority", "登记代签授权", "authorities", SYSTEM | roles.LEADERS, OPEN),
        Act("end_authority", "终止代签授权", "authorities", SYSTEM | roles.LEADERS),
        Act("start_numbers", "设定起始号", "numbering", NUMBERS, OPEN),
        Act("void_number", "登记作废编号", "numbering", NUMBERS, OPEN),
        Act("amend_calendar", "修改工作日历", "calendar", SYSTEM, OPEN),
        Act("import_calendar", "导入全年安排", "calendar", SYSTEM, OPEN),
        Act("record_standard", "登记标准", "standards", SYSTEM, OPEN),
        Act("amend_standard", "修改标准", "standards", SYSTEM, OPEN),
    ),
)

WAITING, CODE = ConfirmationState.WAITING, ConfirmationState.CODE
CONFIRMATION_ACTS = ActTable(
    subject="accounts.confirmation",
    title="第二人确认",
    states=dict(ConfirmationState.choices),
    acts=(
        Act(
            "confirm",
            "确认",
            "people",
            roles.CONFIRMERS,
            (WAITING, CODE),
            ConfirmationState.CONFIRMED,
            proxies=roles.CONFIRMERS,
            note="提出的人和本人不能确认",
        ),
        Act(
            "refuse",
            "不同意",
            "people",
            roles.CONFIRMERS,
            (WAITING, CODE),
            ConfirmationState.REFUSED,
            proxies=roles.CONFIRMERS,
            grave=True,
        ),
        Act(
            "confirm_by_code",
            "凭安装码确认",
            "people",
            SYSTEM,
            (WAITING,),
            CODE,
            note="只在还没有第二人时",
        ),
    ),
)
