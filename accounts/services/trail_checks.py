"""Proving that the trail is whole, and so is what it answers for.

What a chain alone can't tell: that its tail was cut (its head row does), that it was rewritten from the
start together with its head (the hourly seal does, by its signature and in the second place). What was
recorded after the last seal has only its chain and its head; how much that is, the result says.
"""

from collections.abc import Callable
from contextlib import closing

from django.utils import timezone

from accounts.models import TrailRoot, TrailSeal
from accounts.services import row_checks, seal_checks, sealing
from accounts.services.chain_walk import walk
from common.one_moment import one_moment

# What reading raises where somebody wrote what our own code never writes: a day that is none, say.
UNREADABLE = (ValueError, TypeError, AttributeError, LookupError, ArithmeticError)
COUNTS = ("entries", "rows", "seals", "submissions", "unsealed")
NOTHING = {"ok": False, **dict.fromkeys(COUNTS, 0), "sealed_at": None, "second_place": ""}
_CHECKS: dict[str, Callable] = {}


def register_check(name: str, check: Callable) -> None:
    """Let an app above prove what it froze; called in its receivers.py.

    `check()` returns (how many were checked, where the first one doesn't hold, or None).
    """
    _CHECKS[name] = check


def verify(*, files: bool = False) -> dict:
    """{"ok", "entries", …, "first_broken"}: the trail, the rows, the seals, what the apps above registered.

    With `files` every stored file is read as well. All is read as of one moment; people work on.
    """
    with one_moment():
        try:
            result = _verify()
        except UNREADABLE as error:
            result = {**NOTHING, "first_broken": _unread(error)}
    if files:
        result["files"], broken = row_checks.check_files()
        result["first_broken"] = result["first_broken"] or broken
    result["ok"] = result["first_broken"] is None
    return result


def _verify() -> dict:
    with closing(row_checks.Lines()) as lines:
        walked = walk(lines.keep)
        rows, broken = (0, walked.broken) if walked.broken else row_checks.check(lines)
    seals, unlike, silent = seal_checks.check()
    broken = broken or unlike or _newest_root_that_differs()
    result = {**NOTHING, "entries": walked.entries, "rows": rows, "seals": seals}
    for name, check in _CHECKS.items():
        result[name], faults = check()
        broken = broken or faults
    return {**result, **_open_end(walked.unsealed), "second_place": silent, "first_broken": broken}


def _open_end(unsealed: int) -> dict:
    """What a rewriting of chain and head together wouldn't show yet."""
    last = TrailSeal.objects.order_by("-number").values_list("at", flat=True).first()
    return {"unsealed": unsealed, "sealed_at": f"{timezone.localtime(last):%Y-%m-%d %H:%M}" if last else None}


def open_end(result: dict) -> str:
    """What the result can't vouch for, in words; "" for nothing."""
    said = []
    if result["unsealed"] and result["sealed_at"]:
        said.append(
            f"{result['sealed_at']}以后的{result['unsealed']}条还没有封存，整条链一起改写的还看不出来。"
        )
    elif result["unsealed"]:
        said.append("还没有封存过，整条链一起改写的还看不出来。")
    if result["second_place"]:
        said.append(f"{result['second_place']}，请核对封存目录。")
    return "".join(said)


def _newest_root_that_differs() -> str | None:
    """The newest sealed day, if its root doesn't come out again. It covers all that is older."""
    row = TrailRoot.objects.order_by("-day").first()
    if row is None or (row.heads, row.entries, row.root) == sealing.root_of(row.day):
        return None
    return f"root:{row.day}"


def first_broken() -> str | None:
    """The first place where the chains don't hold, or None."""
    with one_moment():
        try:
            return walk().broken
        except UNREADABLE as error:
            return _unread(error)


def _unread(error: Exception) -> str:
    return f"读不了的一处（{error!r}）"
