"""The one-time code of a new house: it stands in for the second person until there is one."""

from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone

from accounts.models import SetUpCode
from accounts.services import brakes, installation, passwords, trail
from common.errors import Refused

TOLD = (
    "安装码：{code} 。只显示这一次，请抄下来：最先任命的负责人或者安全管理员凭它确认；有了第二人，它就失效。"
)
NONE_LEFT = "现在没有可用的安装码。请在服务器上运行 manage.py set_up_code 生成一个。"
WRONG = "安装码不对，请核对后重新输入。"


@transaction.atomic
def make_code() -> str:
    """A new code, shown this once; the one before goes. For the server's own command line."""
    code = passwords.temporary()
    forget()
    SetUpCode.objects.create(digest=make_password(code), made_at=timezone.now())
    actor = installation.command_line()
    trail.record(by=actor, act="make_set_up_code", label="生成安装码", thing=actor)
    return code


def forget() -> None:
    """There is a second person now, or a newer code."""
    SetUpCode.objects.all().delete()


@transaction.atomic
def fault_of(typed: str, now: datetime) -> str:
    """Why a typed code isn't taken, wrong tries counted; "" for the right one. Stands before the deed,
    which is taken back whole where it is refused."""
    row = SetUpCode.objects.select_for_update().first()
    if row is None:
        return NONE_LEFT
    if brakes.is_held(row, now):
        return brakes.HELD.format(what="安装码")
    right = _fits(row, typed)
    brakes.note_try(row, right, now)
    return "" if right else WRONG


def require(typed: str) -> None:
    """Refuse unless this is the code."""
    row = SetUpCode.objects.first()
    if row is None or brakes.is_held(row, timezone.now()) or not _fits(row, typed):
        raise Refused(WRONG if row else NONE_LEFT)


def _fits(row: SetUpCode, typed: str) -> bool:
    return check_password(typed.strip().lower(), row.digest)
