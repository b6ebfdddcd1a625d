"""The page of one row of a book: its fields, the rows within it, what may be done, its record."""

from django.db.models import DateField
from django.urls import reverse

from accounts import showing
from accounts.models import StoredFile
from campaigns.acts import BOOK_ACTS
from campaigns.models import KeyPerson, Meeting
from campaigns.models.organising import ENOUGH
from campaigns.showing import screening
from campaigns.showing.meetings import ITEM_HEADS, item_cells
from common.columns import flags as flags_of

GRAVE = frozenset({"strike_row"})


def initial_of(row) -> dict:
    """What the amending form shows; files stay where they are."""
    values = {
        field.name: getattr(row, field.attname)
        for field in row._meta.fields
        if field.name in row.shown and field.related_model is not StoredFile
    }
    if row.part_of is not None:
        values["parts"] = [{name: getattr(part, name) for name in part.names} for part in row.parts.all()]
    return values


def row_page(user, book, row) -> dict:
    """The context of campaigns/organising/row.html."""
    words = [("已作废", "red")] if row.struck_on else []
    column = next((column for column in book.columns if column.kind == "flag"), None)
    flags = flags_of(column.read(row)) if column and not row.struck_on else []
    return {
        "row": row,
        "book": book,
        "facts": [*(fact_of(row, name) for name in row.shown), *row_facts(user, row)],
        "register_url": screening.register_url(user, row),
        "flags": words + flags,
        "banner": too_few(row),
        "parts": parts_of(user, row),
        "acts": showing.next_acts(
            BOOK_ACTS,
            user,
            row,
            lambda act: _address(act, row),
            GRAVE,
        ),
        "trail": showing.trail_of(row),
    }


def fact_of(row, name) -> dict:
    """One field as a label and its value; a file as a link."""
    model_field = row._meta.get_field(name)
    fact = {"label": model_field.verbose_name, "value": row.words(name)}
    if model_field.related_model is StoredFile and getattr(row, name):
        fact["url"] = getattr(row, name).get_absolute_url()
    return fact


def _address(act, row) -> str:
    """The page of an act, where it is one on this kind of row; 登记线索 has its own button."""
    only = {"register_found": False, "unmask_key_person": isinstance(row, KeyPerson)}
    return (
        reverse(f"campaigns:{act.name}", args=[row.book, row.public_id]) if only.get(act.name, True) else ""
    )


def row_facts(user, row) -> list[dict]:
    """Its clue, who keeps it, and why it was struck."""
    clue = screening.clue_fact(user, row)
    lines = [*([clue] if clue else []), {"label": "填写单位", "value": row.agency.name}]
    if row.struck_on:
        lines.append({"label": "作废原因", "value": f"{row.struck_on} {row.struck_reason}"})
    return lines


def too_few(row) -> str:
    """The sentence on a task force of fewer than ten."""
    lacking = getattr(row, "lacking", 0)
    if not lacking or row.struck_on:
        return ""
    now = f"现有{ENOUGH - lacking}人，还差{lacking}人"
    return f"专班不少于{ENOUGH}人，{now}。请补齐后报市专项行动办公室备案。"


def parts_of(user, row) -> dict | None:
    """The rows within it as a table, for a score table with its total."""
    if row.part_of is None:
        return None
    fields = [row.part_of._meta.get_field(name) for name in row.part_of.names]
    heads = [str(field.verbose_name) for field in fields]
    lines = [
        [
            {"label": head, "text": getattr(part, field.name), "is_date": isinstance(field, DateField)}
            for head, field in zip(heads, fields, strict=True)
        ]
        for part in row.parts.all()
    ]
    if isinstance(row, Meeting):
        heads, lines = (
            [*heads, *ITEM_HEADS],
            [line + item_cells(user, item) for line, item in zip(lines, row.parts.all(), strict=True)],
        )
    total = f"合计 {row.score} 分，满分 {row.full} 分" if hasattr(row, "score") and lines else ""
    return {"title": row.parts_title, "heads": heads, "lines": lines, "total": total}
