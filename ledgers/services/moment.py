"""A deed that reads much must see one moment: what is typed meanwhile is the next report's."""

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, OperationalError, connection, transaction

TRIES = 3
OVERTAKEN = ("40001", "40P01", "23505")
Result = TypeVar("Result")


def one_moment(run: Callable[[], Result]) -> Result:
    """`run()` in a transaction that sees the database as of one moment; returns what it returns.

    PostgreSQL: repeatable read, tried again where somebody was faster. SQLite's transactions see
    one moment anyway. Inside a transaction that runs already, that one's view holds.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        with transaction.atomic():
            return run()
    for attempt in range(1, TRIES + 1):
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                return run()
        except (OperationalError, IntegrityError) as error:
            if attempt == TRIES or getattr(error.__cause__, "pgcode", "") not in OVERTAKEN:
                raise
    raise AssertionError("unreachable")
