"""The law's clocks (`law.terms`) in the shape that an app's own clocks have (`accounts.terms.Term`)."""

from accounts import terms
from accounts.terms import Before, Term
from law.terms import Unit, term
from law.terms.shape import Length

UNITS = {Unit.WORKDAY: terms.WORKDAYS, Unit.DAY: terms.DAYS, Unit.HOUR: terms.HOURS, Unit.MONTH: terms.MONTHS}


def of_law(
    code: str,
    kind: str,
    label: str,
    *,
    warn_before: int,
    standard: str = "",
    workdays: int | None = None,
    counted_from: str = "",
) -> Term:
    """The clock of a code as the law counts it today and did before; a `standard` may set another length.

    Where the law gives no figure, `workdays` are what holds until a place has entered its own.
    """
    law = term(code)
    now, *before = law.lengths
    article = now.article or law.article
    if now.count is None:
        article = f"{article}（{now.sentence.rstrip('。')}）"
    return Term(
        kind,
        label,
        workdays if now.count is None else now.count,
        terms.WORKDAYS if now.count is None else UNITS[now.unit],
        counted_from or law.counted_from,
        article,
        warn_before=warn_before,
        standard=standard,
        sure=not standard,
        rolls=law.rolls,
        before=tuple(_before(length, law.article) for length in before),
    )


def _before(length: Length, article: str) -> Before:
    return Before(length.count, length.article or article, length.since, length.until)
