"""What adds up to a figure of 小计 or 合计: the rows that have one, each opening its own facts."""

from dataclasses import dataclass

from accounts.models import Agency
from ledgers.fields import FIELDS
from ledgers.showing.behind import column_label
from ledgers.showing.ledger_table import text_of

SHOWN = 500


def rows_of(rows, region: str) -> list:
    """The rows that a 小计 is over: those whose county is that of the region; all without one."""
    if not region:
        return rows
    offices = Agency.objects.filter(pk__in={row.agency_id for row in rows}, region_id=region)
    inside = set(offices.values_list("pk", flat=True))
    words = {row.value("county") for row in rows if row.agency_id in inside}
    return [row for row in rows if row.value("county") in words]


def regions_of(rows) -> dict[int, str]:
    """agency id → region code of the offices whose rows these are."""
    offices = Agency.objects.filter(pk__in={row.agency_id for row in rows})
    return dict(offices.values_list("pk", "region_id"))


def drawer(form, rows, key: str, region: str, address) -> dict:
    """What the drawer of a sum over rows in memory shows; `address(row, key)` opens the facts of one."""
    chosen = rows_of(rows, region)
    adding = [row for row in chosen if row.value(key) is not None]
    county = chosen[0].value("county") if region and chosen else ""
    what = Shown(county, len(chosen), len(adding), adding[:SHOWN], _sum(adding, key))
    return _drawer(form, key, what, _sum(adding[SHOWN:], key), address)


def live_drawer(rows, key: str, region: str, address) -> dict:
    """The same of a ledger as it stands, added up by the database."""
    form, field = rows.form, FIELDS[key]
    if region:
        rows = rows.within(region)
    having = rows.having(key)
    shown = rows.first_of(having, SHOWN)
    value = rows.sums.total.get(key)
    first = field.total(row.value(key) for row in shown)
    county = next(iter(rows.sums.counts), "") if region else ""
    what = Shown(county, len(rows), len(having), shown, field.show(value))
    rest = field.show(value - first) if len(having) > len(shown) else ""
    return _drawer(form, key, what, rest, address)


@dataclass(frozen=True)
class Shown:
    """A sum: over which county ("" for all), of how many rows, how many of them with a figure and the
    first of these, and the sum as it is shown."""

    county: str
    count: int
    adding: int
    rows: list
    value: str


def _drawer(form, key: str, shown: Shown, rest: str, address) -> dict:
    small, whole = form.totals_words
    unit = FIELDS[key].unit
    left = shown.adding - len(shown.rows)
    return {
        "label": column_label(form, key),
        "what": f"{shown.county}{small}" if shown.county else whole,
        "value": shown.value,
        "unit": unit,
        "count": shown.count,
        "adding": shown.adding,
        "rows": [
            {
                "serial": row.serial,
                "party": row.value("party"),
                "place": row.value("place") or "",
                "value": text_of(key, row.value(key)),
                "url": address(row, key),
            }
            for row in shown.rows
        ],
        "rest": f"另有 {left} 条，共 {rest}{unit}，请按县查看。" if left else "",
    }


def _sum(rows, key) -> str:
    return text_of(key, FIELDS[key].total(row.value(key) for row in rows))
