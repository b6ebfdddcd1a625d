"""The cells of a ledger's line. In Python: two hundred lines are four thousand cells, and an included
template takes ten times as long for each."""

from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
STICKY = 3  # so many columns stay in sight
SIGNS = {"added": ("增", "新增行"), "gone": ("删", "移除行")}
CHANGED = ("改", "有变化的行")
BLANK = '<span class="blank">{}</span>'


@register.filter
def ledger_cells(row: dict) -> SafeString:
    """The `<td>`s of a row of parts/ledger_table.html, where it is told what a cell has."""
    cells = row["cells"]
    several = "colspan" not in cells[0]
    drawn = [
        _cell(cell, row, place if place == 1 or (place <= STICKY and several) else 0)
        for place, cell in enumerate(cells, start=1)
    ]
    if row.get("state"):
        drawn[0] = drawn[0].replace(">", f">{_sign(row['state'])}", 1)
    return mark_safe("".join(drawn))  # noqa: S308 - every word is escaped below


def _cell(cell: dict, row: dict, sticks: int) -> str:
    kind, state, url = cell["kind"], cell.get("state"), cell.get("url")
    classes = f"stick-{sticks} " if sticks else ""
    classes += f"is-{kind}" if kind != "text" else ""
    classes += f" is-{state}" if state else ""
    span = f' colspan="{cell["colspan"]}"' if cell.get("colspan", 1) > 1 else ""
    title = f' title="{escape(cell["note"])}"' if cell.get("note") else ""
    text = _text(cell, row)
    if state == "changed":
        text = f"<ins>{text}</ins>"
    if url:
        empty = ' aria-label="备注：空"' if kind == "note" and not cell["text"] else ""
        url = escape(url)
        text = f'<a href="{url}" hx-get="{url}" hx-target="#drawer-body" data-drawer{empty}>{text}</a>'
    if state == "changed":
        text = f"<del>{escape(cell.get('old') or '空')}</del>{text}"
    words = _words(cell) if "words" in cell or "marks" in cell else ""
    return f'<td class="{classes}"{span}{title}>{text}{words}</td>'


def _text(cell: dict, row: dict) -> str:
    if cell["text"] not in (None, ""):
        return escape(cell["text"])
    if cell.get("na"):
        return BLANK.format("不适用")
    if cell["kind"] == "note" or row.get("kind", "row") != "row":
        return ""
    return BLANK.format("未填")


def _words(cell: dict) -> str:
    """Words behind the text; those of a workbook that came back aren't printed."""
    words = "".join(
        f' <span class="word{_tone(tone)}">{escape(word)}</span>' for word, tone in cell.get("words") or ()
    )
    return words + "".join(
        f'<span class="word ledger__mark no-print{_tone(tone)}">{escape(word)}</span>'
        for word, tone in cell.get("marks") or ()
    )


def _tone(tone: str) -> str:
    return f" word--{escape(tone)}" if tone else ""


def _sign(state: str) -> str:
    sign, words = SIGNS.get(state, CHANGED)
    return f'<span class="ledger__sign">{sign}<span class="unseen">{words}</span></span>'
