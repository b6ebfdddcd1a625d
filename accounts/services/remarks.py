"""What a deed has to tell the person besides that it is done; a page listens, nobody else need."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_heard: ContextVar[list | None] = ContextVar("remarks", default=None)


def remark(sentence: str) -> None:
    """Say a sentence about the deed being done; lost where no page waits (importers, tasks)."""
    heard = _heard.get()
    if heard is not None and sentence not in heard:
        heard.append(sentence)


@contextmanager
def listening() -> Iterator[list[str]]:
    """The sentences that the deeds inside say."""
    heard: list[str] = []
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)
