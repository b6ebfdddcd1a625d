"""Values a person types into the environment, refused with a sentence when they are wrong."""

import warnings

from django.core.exceptions import ImproperlyConfigured
from environ import Env

KNOWN = ("django.db.backends.postgresql", "django.db.backends.sqlite3")


def read_database(env: Env, default: str) -> dict:
    """The database of DATABASE_URL; raises ImproperlyConfigured with a Chinese sentence."""
    try:
        with warnings.catch_warnings(action="ignore"):  # ours is said below, in Chinese
            values = env.db_url_config(env("DATABASE_URL", default="") or default)
    except ValueError:
        values = {}
    if values.get("ENGINE") not in KNOWN or not values.get("NAME"):
        raise ImproperlyConfigured(
            "DATABASE_URL 写得不对。请写成 postgres://用户:密码@主机:5432/库名；"
            "不用 PostgreSQL 时去掉这个变量。"
        )
    return values


def bounded(options: dict, *, connect: int, lock: int, statement: int) -> dict:
    """PostgreSQL's options with how many seconds a connect, a lock and a statement may take; 0: any.

    Without `jit`: compiling a statement costs more than these short ones take.
    """
    limits = f"-c lock_timeout={lock * 1000} -c statement_timeout={statement * 1000} -c jit=off"
    typed = options.get("options", "")
    return {"connect_timeout": connect, **options, "options": f"{limits} {typed}".strip()}


def read_hours(text: str) -> tuple[int, int]:
    """(from, to) of QUIET_HOURS, "22-7"; equal hours are no quiet at all."""
    start, _, end = text.partition("-")
    if not (start.isdecimal() and end.isdecimal() and int(start) < 24 and int(end) < 24):
        raise ImproperlyConfigured("QUIET_HOURS 写得不对。请写成 22-7，即22时至次日7时不发送。")
    return int(start), int(end)


def read_time(text: str) -> tuple[int, int]:
    """(hour, minute) of DIGEST_AT, "9:10"."""
    hour, _, minute = text.partition(":")
    if not (hour.isdecimal() and minute.isdecimal() and int(hour) < 24 and int(minute) < 60):
        raise ImproperlyConfigured("DIGEST_AT 写得不对。请写成 9:10，即每天9时10分发送当日汇总。")
    return int(hour), int(minute)
