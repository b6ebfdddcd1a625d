"""What answers a duty stands in an upper app, which tells how a page says it.

    answers.register(prefetch="submissions", of=answer_of)        # in the upper app's receivers.py

The row above points down at the duty; the duty itself keeps only when it was answered.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from campaigns.models import Duty


@dataclass(frozen=True)
class Answer:
    """What was reported: its words (第3期) and where it is read."""

    words: str
    url: str


@dataclass(frozen=True)
class _Kind:
    prefetch: Prefetch | str
    of: Callable


_KINDS: list[_Kind] = []


def register(*, prefetch: Prefetch | str, of: Callable) -> None:
    """Tell of one kind of answers: what to fetch along with duties, and `of(duty)`, an Answer or None."""
    _KINDS.append(_Kind(prefetch, of))


def with_answers(duties: QuerySet) -> QuerySet:
    """The duties with what answers them, in one query more for each kind."""
    return duties.prefetch_related("papers__file", "meeting", *(kind.prefetch for kind in _KINDS))


def shown_answer(duty: Duty) -> Answer | None:
    """What a list says answers a duty: a report, the newest paper, the meeting that was held."""
    if paper := next(iter(duty.papers.all()), None):
        return Answer(paper.file.name, paper.file.get_absolute_url())
    return Answer(str(duty.meeting), "") if duty.meeting else answer_of(duty)


def answer_of(duty: Duty) -> Answer | None:
    """What answers a duty; None while nothing does."""
    answers = (kind.of(duty) for kind in _KINDS)
    return next((answer for answer in answers if answer), None)
