"""认定 that holds, as the page of who approves, the package and the case's own page show it."""

from cases.sections import land_rows, mineral_rows
from cases.services import findings
from common.showing.times import day


def findings_that_hold(case) -> dict[str, list[dict]]:
    """What holds of land, ore and circumstances, for cases/investigation/findings.html."""
    return {
        "land": [row for row in land_rows(case) if row["holds"]],
        "minerals": [row for row in mineral_rows(case) if row["holds"]],
        "circumstances": circumstance_rows(case),
    }


def circumstance_rows(case) -> list[dict]:
    """情节 that hold, for parts/summary.html; nothing where none were found."""
    row = case.circumstances_now()
    if row is None:
        return []
    pairs = [*findings.circumstance_pairs(row), ("认定日期", day(row.happened_on)), ("依据", row.basis)]
    return [{"label": label, "value": value} for label, value in pairs if value]
