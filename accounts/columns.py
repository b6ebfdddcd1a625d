"""What the lists of this app can show, on the page and in Excel."""

from accounts import roles
from accounts.models import local_today
from common.columns import Column


def posts_today(person) -> str:
    """The posts held today, each with its agency where that isn't the person's own."""
    today = local_today()
    return "、".join(
        posting.get_role_display()
        if posting.agency_id == person.agency_id
        else f"{posting.get_role_display()}（{posting.agency}）"
        for posting in person.postings.all()
        if posting.holds_on(today)
    )


def state(person):
    """在用, or why not."""
    if not person.is_active:
        return ("已停用", "red")
    return ("待改密码", "amber") if person.must_change_password else ("在用", "")


def certificate(person):
    """The certificate's last day, marked where it has passed; nothing where there is none."""
    if not person.certificate_no:
        return None
    fault = person.certificate_fault(local_today())
    return (fault.removeprefix("执法证"), "red") if fault else (f"{person.certificate_until:%Y-%m-%d}", "")


PEOPLE_COLUMNS = (
    Column("name", "姓名", sortable="name", link=lambda person: person.get_absolute_url()),
    Column("agency", "所属单位", "agency.name", sortable="agency__path"),
    Column("posts", "现任岗位", posts_today, kind="wrap"),
    Column("state", "状态", state, kind="flag"),
    Column("certificate", "执法证有效期", certificate, kind="flag", sortable="certificate_until"),
    Column("phone", "联系电话"),
    Column("username", "登录名", default=False, sortable="username"),
    Column("last_login", "上次登录", kind="datetime", sortable="last_login", default=False),
)

EXPORT_COLUMNS = (
    Column("at", "时间", kind="datetime", sortable="at"),
    Column("person", "导出人", "person.name", sortable="person__name"),
    Column("agency", "单位", "agency.name", sortable="agency__path"),
    Column("what", "内容", kind="wrap", sortable="what"),
    Column("conditions", "条件", kind="wrap"),
    Column("row_count", "行数", kind="number", sortable="row_count"),
    Column("size", "大小", kind="number", unit="字节", default=False, sortable="size"),
    Column("sha256", "校验值", default=False),
    Column("origin", "来自", default=False),
)

TRAIL_COLUMNS = (
    Column("at", "时间", kind="datetime", sortable="at"),
    Column("actor", "操作人", "actor.name", sortable="actor"),
    Column("role", "岗位", lambda role: getattr(roles.ROLES.get(role), "label", "—"), of=("role",)),
    Column("label", "事项", sortable="label"),
    Column(
        "agency",
        "代表机构",
        lambda name: name or "—",
        of=("agency.name",),
        sortable="agency",
    ),
    Column("origin", "来自"),
)
