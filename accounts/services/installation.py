"""Who acts when nobody is signed in: the server's own command line.

Commands that build the house (regions, agencies, the first administrator, the demo) call the same
services as the pages do, with `by=None`. What they do stands in the trail under a person of their
own who holds no post and can never sign in. Pages always pass the person, never None.
"""

from accounts import roles
from accounts.models import Posting, User, local_today
from common.errors import Refused

USERNAME = "system"
NAME = "系统（命令行）"


def command_line() -> User:
    """The person under whom the server's own commands are recorded."""
    person = User.objects.filter(username=USERNAME).first()
    return person or User.objects.create_user(USERNAME, NAME)


def guard(table, act: str, by, thing):
    """(person, posting) for an act: guarded for a person, free for the command line (by=None)."""
    if by is None:
        return command_line(), None
    return by, table.require(act, by, thing)


def require_top(agency) -> None:
    """Refuse where an agency above has an active system admin: what holds for all is theirs."""
    above = [int(pk) for pk in agency.path.strip("/").split("/")[:-1]]
    upper = (
        Posting.objects.in_force(local_today())
        .filter(role=roles.SYSTEM_ADMIN, agency_id__in=above, user__is_active=True)
        .select_related("agency")
        .first()
    )
    if upper is not None:
        raise Refused(
            f"工作日历和标准由{upper.agency}的系统管理员统一维护，本单位只能查看。如需修改，请与其联系。"
        )
