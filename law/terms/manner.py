"""What a count depends on beside its first day: variant, reading, pauses, extension."""

from dataclasses import dataclass
from datetime import date, datetime

from common.errors import Refused
from common.reckoning import Pause
from law.terms.shape import UNIT_LABELS, Length, Term

WORKING = "working"


@dataclass(frozen=True)
class Extension:
    """So much more, in the term's own unit, by approval; `especially_complex` may exceed the limit
    where the article allows it."""

    count: int
    especially_complex: bool = False


@dataclass(frozen=True)
class Manner:
    """What else a count depends on: variant, reading of 日 (`working`), pauses, extension.

    `uncounted` is how many days more weren't counted of which it isn't known which (of a term in days).
    """

    variant: str = ""
    reading: str = ""
    pauses: tuple[Pause, ...] = ()
    extension: Extension | None = None
    uncounted: int = 0


PLAIN = Manner()


def length_of(term: Term, variant: str, on: date) -> Length | str:
    """The length that holds for a variant on a day; a sentence where the variant must be named."""
    if variant and variant not in term.variants:
        choices = _variants(term.variants)
        raise Refused(f"{term.code}没有“{variant}”这一种情形。{f'可以写：{choices}。' if choices else ''}")
    wanted = variant or term.default
    if term.variants and not wanted:
        return f"先说明是哪一种情形：{_variants(term.variants)}。"
    fitting = (
        length for length in term.lengths if length.key == wanted and length.since <= on < length.until
    )
    return next(fitting, f"{on}没有规定这一期限。")


def _variants(variants: dict[str, str]) -> str:
    return "、".join(f"{key}（{label}）" for key, label in variants.items())


def check(term: Term, length: Length, manner: Manner) -> None:
    """Refuse a reading, pause or extension for which the article leaves no room."""
    if manner.reading not in ("", WORKING):
        raise Refused(f"没有“{manner.reading}”这种读法，只有 working（按工作日）。")
    if manner.reading and not term.either_reading:
        raise Refused(f"{term.code}{term.name}的“日”法律已有规定，不能改按工作日计算。")
    unknown = [pause.reason for pause in manner.pauses if pause.named not in length.excludes]
    if unknown:
        raise Refused(f"{'、'.join(unknown)}的时间，法律没有规定可以从{term.name}的期限中扣除。")
    more = manner.extension
    if more and more.count > length.extension and not (more.especially_complex and length.unbounded):
        raise Refused(f"{term.name}最多延长{length.extension}{UNIT_LABELS[length.unit]}。")


def day_of(moment: date | datetime) -> date:
    """The day of a moment, or the day itself."""
    return moment.date() if isinstance(moment, datetime) else moment
