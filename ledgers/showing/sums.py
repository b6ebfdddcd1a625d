"""What adds up to a figure of 小计 or 合计: the rows that have one, each opening its own facts."""

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
    """What the drawer of a sum shows; `address(row, key)` opens the facts of one row."""
    small, whole = form.totals_words
    chosen = rows_of(rows, region)
    adding = [row for row in chosen if row.value(key) is not None]
    county = chosen[0].value("county") if region and chosen else ""
    rest = adding[SHOWN:]
    return {
        "label": column_label(form, key),
        "what": f"{county}{small}" if region else whole,
        "value": _sum(adding, key),
        "unit": FIELDS[key].unit,
        "count": len(chosen),
        "adding": len(adding),
        "rows": [
            {
                "serial": row.serial,
                "party": row.value("party"),
                "place": row.value("place") or "",
                "value": text_of(key, row.value(key)),
                "url": address(row, key),
            }
            for row in adding[:SHOWN]
        ],
        "rest": f"另有 {len(rest)} 条，共 {_sum(rest, key)}{FIELDS[key].unit}，请按县查看。" if rest else "",
    }


def _sum(rows, key) -> str:
    return text_of(key, FIELDS[key].total(row.value(key) for row in rows))
