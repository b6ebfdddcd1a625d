"""Offices that the office above reports for (代录), as the app above knows them.

carrying.register(carried_by)        # in the upper app's receivers.py
"""

from collections.abc import Callable, Iterable

Carried = Callable[[int, Iterable[int]], dict[int, int]]
_KNOWING: list[Carried] = []


def register(of: Carried) -> None:
    """Have `of(campaign_id, agency_ids)` asked: {office that is reported for: office that does it}; a
    second time changes nothing."""
    if of not in _KNOWING:
        _KNOWING.append(of)


def carried(campaign_id: int | None, agency_ids: Iterable[int]) -> dict[int, int]:
    """{office: the office above that reports for it in this campaign}."""
    asked = list(agency_ids)
    if campaign_id is None or not asked:
        return {}
    return {office: above for of in _KNOWING for office, above in of(campaign_id, asked).items()}
