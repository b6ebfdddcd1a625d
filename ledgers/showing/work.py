"""What stands between two reports: rows to check, figures to submit, falls to explain."""

from django.urls import reverse

from ledgers.fields import Use
from ledgers.services.checking import before_of, own_work
from ledgers.services.comparing import ADDED, compare
from ledgers.services.consolidating import consolidated_rows
from ledgers.services.ledger_forms import form_of
from ledgers.showing.ledger_table import ledger_table, lines, signatures
from ledgers.showing.openings import named, returned_words
from ledgers.showing.waits import aside_words

# So many rows are confirmed on one page; when they are, the next ones come.
SHOWN = 200


def open_rows(work) -> list[dict]:
    """Rows to be confirmed one by one, the first of them, each with what changed since the last report."""
    rows = work.rows.first_of({head.key for head in work.changed}, SHOWN)
    keys = [row.key for row in rows]
    before = before_of(work.form, work.previous, keys) if work.previous else []
    return [
        {
            "pick": f"{difference.row.key}:{work.digests[difference.row.key]}",
            "serial": difference.row.serial,
            "party": difference.row.value("party"),
            "place": difference.row.value("place"),
            "url": reverse("ledgers:entry", args=[difference.row.key]),
            "added": difference.state == ADDED,
            "flags": [(flag, "") for flag in difference.row.flags],
            "changes": _changes(work.form, difference),
        }
        for difference in compare(work.form, before, rows)
    ]


def _changes(form, difference) -> list[dict]:
    if difference.state == ADDED:
        fields = [field for field in form.fields if field.use not in (Use.FRAME, Use.NAME)]
    else:
        fields = [field for field in form.fields if field.key in difference.old]
    rows = [
        {
            "label": field.label,
            "unit": field.unit,
            "old": field.show(difference.old.get(field.key)),
            "new": field.show(difference.row.value(field.key)),
            "changed": field.key in difference.old,
        }
        for field in fields
    ]
    return [row for row in rows if row["changed"] or row["new"]]


def check_page(user, work) -> dict:
    """The context of ledgers/submitting/check.html beside the form's own."""
    own = own_work(user, work.ledger, "check_ledger")
    return {
        "work": work,
        "no_draft": True,
        "returned": returned_words(work.corrects),
        "blocked": bool(own),
        "warnings": [{"text": own}] if own else [],
        "open": open_rows(work),
        "later": max(len(work.changed) - SHOWN, 0),
        "rest": named(work.rows.first_of({head.key for head in work.rest}, SHOWN)),
        "gone": named(work.first_gone(SHOWN)),
        "aside": aside_words(work.rows),
        "open_count": len(work.changed) + len(work.rest),
        "intro": f"数据截止 {work.as_of}。只列出上次核对或报送以后有变化的条目，逐条确认；"
        "没有变化的一并确认。",
    }


def consolidate_page(ledger, day) -> dict:
    """The context of ledgers/submitting/consolidate.html beside the form's own."""
    form = form_of(ledger.campaign)
    rows, counties = consolidated_rows(ledger, day, form)
    drawn = lines(form, rows, lambda row, key: "", subtotals=True)
    return {
        "ledger": ledger,
        "day": day,
        "counties": counties,
        "intro": f"取各县数据截止 {day} 以前最近一次已接收的台账。本期没有接收的，沿用上次接收的，"
        "备注栏标“沿用”；由本单位代录的，备注栏标“代录”。",
        "table": ledger_table(
            form,
            drawn,
            filler=ledger.agency.name,
            signatures=signatures(as_of=day),
            nothing="各县还没有已接收的台账。",
        ),
    }
