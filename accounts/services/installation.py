"""Who acts when nobody is signed in: the server's own command line.

Commands that build the installation (regions, agencies, the first administrator, the demo) call the same
services as the pages do, with `by=None`. What they do stands in the trail under a person of their
own who holds no post and can never sign in. Pages always pass the person, never None.
"""

from django.db import transaction
from django.db.models import Model

from accounts import roles
from accounts.acts import ActTable
from accounts.models import Agency, HouseMark, Posting, User, local_today
from accounts.services import row_seals, trail
from common.errors import Refused

USERNAME = "system"
NAME = "系统（命令行）"
DEMO = "demo"


@transaction.atomic
def command_line() -> User:
    """The person under whom the server's own commands are recorded; the first one of a new house."""
    person = User.objects.filter(username=USERNAME).first()
    if person is None:
        is_new = not User.objects.exists()
        person = User.objects.create_user(USERNAME, NAME)
        if is_new:
            begin_sealing(person, row_seals.tables())
    return person


def begin_sealing(by: User, tables: list[type[Model]]) -> None:
    """Let the trail say that these tables are held against it from now on (`row_seals.begun`)."""
    labels = row_seals.MARK.join(sorted(model._meta.label_lower for model in tables))
    trail.record(
        by=by,
        act=row_seals.BEGIN,
        label=row_seals.BEGIN_LABEL,
        thing=by,
        changes={row_seals.TABLES: ("", labels)},
        chain=row_seals.BEGIN,
    )


def guard(table: ActTable, act: str, by: User | None, thing: Model | None) -> tuple[User, Posting | None]:
    """(person, posting) for an act: guarded for a person, free for the command line (by=None)."""
    if by is None:
        return command_line(), None
    return by, table.require(act, by, thing)


def require_top(agency: Agency) -> None:
    """Refuse where an agency above has an active system admin: what holds for all is theirs."""
    upper = top_of(agency)
    if upper is not None and upper.pk != agency.pk:
        raise Refused(f"工作日历和标准由{upper}的系统管理员统一维护，本单位只能查看。如需修改，请与其联系。")


def top_of(agency: Agency) -> Agency | None:
    """The uppermost agency at or above this one that has an active system admin."""
    line = [int(pk) for pk in agency.path.strip("/").split("/")]
    posts = Posting.objects.in_force(local_today()).filter(
        role=roles.SYSTEM_ADMIN, agency_id__in=line, user__is_active=True
    )
    agencies = {post.agency_id: post.agency for post in posts.select_related("agency")}
    return next((agencies[pk] for pk in line if pk in agencies), None)


def mark_demo() -> None:
    """Mark this installation as the demo's. Refused where people work already who aren't the demo's."""
    if is_demo():
        return
    if User.objects.exclude(username=USERNAME).exists():
        raise Refused(
            "这里已有正式的人员和数据，没有载入演示：演示账号的密码是公开的。"
            "请用环境变量 VAR_DIR 另指一个空目录（用 PostgreSQL 的另建一个库）再看演示。"
        )
    HouseMark.objects.create(name=DEMO)


def refuse_demo() -> None:
    """Refuse a real start on the demo's data, whose passwords everybody knows."""
    if is_demo():
        raise Refused(
            "这里是演示数据，演示账号的密码是公开的，不能正式启用。"
            "请用环境变量 VAR_DIR 另指一个空目录（用 PostgreSQL 的另建一个库）再运行 serve；"
            "看演示请运行 demo。"
        )


def is_demo() -> bool:
    """Whether this installation was filled with the demo."""
    return HouseMark.objects.filter(name=DEMO).exists()
