"""What stands between two reports: rows to check, figures to submit, falls to explain."""

from django.urls import reverse

from common.showing.times import moment
from ledgers.fields import Use
from ledgers.services.comparing import ADDED, GONE, compare
from ledgers.services.consolidating import consolidated_rows
from ledgers.services.ledger_forms import form_of
from ledgers.showing.ledger_table import ledger_table, lines, signatures
from ledgers.showing.reported import figures


def open_rows(work) -> list[dict]:
    """Rows to be confirmed one by one, each with what changed since the last report."""
    keys = {row.key for row in work.changed}
    differences = compare(work.form, work.before, work.changed)
    return [
        {
            "pick": f"{difference.row.key}:{work.digests[difference.row.key]}",
            "serial": difference.row.serial,
            "party": difference.row.value("party"),
            "place": difference.row.value("place"),
            "url": difference.row.entry.get_absolute_url(),
            "added": difference.state == ADDED,
            "flags": [(flag, "") for flag in difference.row.flags],
            "changes": _changes(work.form, difference),
        }
        for difference in differences
        if difference.row.key in keys and difference.state != GONE
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


def named(rows) -> list[dict]:
    """Rows by number, party and place."""
    return [
        {"serial": row.serial, "party": row.value("party"), "place": row.value("place") or ""} for row in rows
    ]


def check_page(work) -> dict:
    """The context of ledgers/submitting/check.html beside the form's own."""
    return {
        "work": work,
        "open": open_rows(work),
        "rest": named(work.rest),
        "gone": named(work.gone),
        "open_count": len(work.changed) + len(work.rest),
        "intro": f"数据截止 {work.as_of}。只列出上次核对或报送以后有变化的条目，逐条确认；"
        "没有变化的一并确认。",
    }


def submit_page(user, work) -> dict:
    """The context of ledgers/submitting/submit.html beside the form's own."""
    ledger, last = work.ledger, work.ledger.submissions().first()
    sequence = last.sequence + 1 if last else 1
    args = [ledger.campaign.code, ledger.agency.code]
    warnings = []
    if not ledger.prepared_at:
        warnings.append({"text": "联络员还没有提交核对，提交后才能报送。"})
    if not work.is_checked:
        left = len(work.changed) + len(work.rest)
        warnings.append(
            {
                "text": f"还有 {left} 条没有核对，先核对再报送。",
                "url": reverse("ledgers:check", args=args),
                "label": "去核对",
            }
        )
    if work.to_explain:
        count = len(work.to_explain)
        warnings.append({"text": f"有 {count} 项数据比上期减少，请在下面逐项选择原因。"})
    return {
        "work": work,
        "warnings": warnings,
        "figures": figures(work.movement.columns, work.previous),
        "holds": work.movement.holds,
        "facts": _facts(user, work, sequence),
        "added": named([row for row in work.rows if row.key not in _keys(work.before)]),
        "gone": named(work.gone),
        "ask": f"报送后第{sequence}期不再改动，确定报送吗？",
        "correct_url": _correct_url(work, last, args),
    }


def _facts(user, work, sequence) -> list[dict]:
    ledger = work.ledger
    rows = [
        {"label": "填报单位", "value": ledger.agency.name},
        {"label": "期次", "value": f"第{sequence}期"},
        {"label": "数据截止", "value": work.as_of.isoformat()},
        {"label": "填报时间", "value": moment(ledger.prepared_at) if ledger.prepared_at else ""},
        {"label": "填报人", "value": ledger.prepared_by.name if ledger.prepared_by else ""},
        {"label": "审核人", "value": user.name},
        {"label": "条目", "value": f"{len(work.rows)}", "unit": "条"},
        {"label": "已核对", "value": f"{len(work.checked)}/{len(work.rows)}"},
    ]
    for label, other in (("上期", work.previous), ("更正的是", work.corrects)):
        if other:
            words = f"第{other.sequence}期（数据截止 {other.data_as_of}）"
            rows.append({"label": label, "value": words, "url": other.get_absolute_url()})
    return rows


def _keys(rows) -> set:
    return {row.key for row in rows}


def _correct_url(work, last, args) -> str:
    """The way to correct the last submission, where that isn't what is going on already."""
    if last is None or work.corrects is not None:
        return ""
    return reverse("ledgers:submit", args=args) + "?correct=1"


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
        "备注栏标“沿用”。",
        "table": ledger_table(
            form,
            drawn,
            filler=ledger.agency.name,
            signatures=signatures(as_of=day),
            nothing="各县还没有已接收的台账。",
        ),
    }
