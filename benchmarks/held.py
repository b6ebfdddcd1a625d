"""How long each write transaction keeps everybody else from writing."""

import time
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection
from django.db.transaction import Atomic

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


@dataclass(frozen=True)
class Held:
    """One transaction, from when it had begun until it had ended: seconds by the clock, and those in
    which this thread itself worked."""

    seconds: float
    worked: float


@contextmanager
def transactions():
    """A list that fills with the transactions of what happens inside; a single statement that writes
    outside of any is one too. A transaction that stands around it all is not counted."""
    found, begun = [], []
    enter, leave = Atomic.__enter__, Atomic.__exit__

    def since(start) -> Held:
        return Held(time.perf_counter() - start[0], time.thread_time() - start[1])

    def entered(self):
        enter(self)
        begun.append((time.perf_counter(), time.thread_time()))

    def left(self, *problem):
        start = begun.pop()
        answer = leave(self, *problem)
        if not begun:
            found.append(since(start))
        return answer

    def alone(execute, sql, *arguments):
        if begun or not sql.startswith(WRITES):
            return execute(sql, *arguments)
        start = (time.perf_counter(), time.thread_time())
        answer = execute(sql, *arguments)
        found.append(since(start))
        return answer

    Atomic.__enter__, Atomic.__exit__ = entered, left
    try:
        with connection.execute_wrapper(alone):
            yield found
    finally:
        Atomic.__enter__, Atomic.__exit__ = enter, leave
