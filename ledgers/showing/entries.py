"""The page of an entry: its words, its figures, what is linked, what may be done."""

from django.urls import reverse

from accounts import showing
from ledgers import stages
from ledgers.acts import ENTRY_ACTS
from ledgers.fields import Kind, LedgerField, Side, Use
from ledgers.layouts import Layout
from ledgers.models import EntryState, LedgerEntry
from ledgers.services.kept import row_of
from ledgers.services.ledger_forms import form_of
from ledgers.showing import behind
from ledgers.showing.ledger_table import flag_words

GRAVE = frozenset({"strike_entry", "merge_entry", "move_entry"})


def _entries(user):
    return LedgerEntry.objects.visible_to(user)


def page_of(user, entry) -> dict:
    """The context of ledgers/entries/detail.html."""
    form = form_of(entry.campaign)
    row = row_of(entry, form=form)
    stage = stages.ENTRY[entry.state]
    own = behind.is_own(user, entry)
    return {
        "entry": entry,
        "row": row,
        "flags": [
            (stage.label, stage.tone),
            *([("台账导入", "")] if entry.imported else []),
            *(flag_words(row) if row else []),
        ],
        "words": word_rows(form, entry, row),
        "parts": parts_of(form, entry, row, behind.facts_seen(user, entry, row)) if row else [],
        "linked": behind.linked(user, entry),
        "kin": kin_rows(user, entry),
        "acts": showing.next_acts(ENTRY_ACTS, user, entry, _address(entry), GRAVE),
        "own": own,
        "trail": showing.trail_of(entry) if own else [],
    }


def _address(entry):
    return lambda act: reverse(f"ledgers:{act.name}", args=[entry.public_id])


def word_rows(form: Layout, entry, row) -> list[dict]:
    """县市区, 企业名称（个人）, 位置, 开采矿种, 备注, and when it came in."""
    values = row.values if row else vars(entry) | {"county": entry.agency.region.name}
    words = [field for field in form.of_use(Use.FRAME, Use.NAME, Use.WORD) if field.kind == Kind.TEXT]
    rows = [{"label": field.label, "value": values.get(field.key) or ""} for field in words]
    if row:
        remarks = form.of_use(Use.REMARK)
        rows += [{"label": field.label, "value": values[field.key] or "无"} for field in remarks]
    rows += [
        {"label": "次序", "value": f"第{entry.position}行"},
        {"label": "纳入日期", "value": entry.opened_on.isoformat()},
        {"label": "承办单位", "value": entry.agency.name},
    ]
    if entry.struck_reason:
        rows.append({"label": "剔除理由", "value": entry.struck_reason})
    return rows


def parts_of(form: Layout, entry, row, seen: dict) -> list[dict]:
    """The halves of the form, each with its facts; `seen` are those shown to this person."""
    halves = ((side, form.of_side(side)) for side in Side)
    return [figures(entry, row, side.title, fields, seen) for side, fields in halves if fields]


def figures(entry, row, title: str, fields: tuple[LedgerField, ...], seen: dict) -> dict:
    """One part of the form: each column with its figure and what stands behind it."""
    return {
        "title": title,
        "rows": [
            {
                "label": field.label,
                "unit": field.unit,
                "text": field.show(row.cells[field.key].value),
                "state": behind.state_of(field, row.cells[field.key])[0],
                "count": len(seen.get(field.key, ())),
                "late": row.cells[field.key].late,
                "url": reverse("ledgers:cell", args=[entry.public_id, field.key]),
            }
            for field in fields
        ],
    }


def kin_rows(user, entry) -> list[dict]:
    """Where the entry went, and which ones it came from; a link where the person may follow it."""
    pairs = [("已并入", entry.merged_into), ("移往", entry.moved_to), ("拆自", entry.split_from)]
    pairs += [("归并来的条目", kin) for kin in entry.merged.all()]
    pairs += [("移自", kin) for kin in entry.moved_from.all()]
    pairs += [("拆出的条目", kin) for kin in entry.split_off.all()]
    pairs = [(label, kin) for label, kin in pairs if kin is not None]
    visible = set(_entries(user).filter(pk__in=[kin.pk for _, kin in pairs]).values_list("pk", flat=True))
    return [
        {
            "label": label,
            "value": f"{kin}" if kin.pk in visible else "另一县的条目",
            "url": kin.get_absolute_url() if kin.pk in visible else "",
        }
        for label, kin in pairs
    ]


def amend_initial(user, entry) -> dict:
    """What the amending form shows: the words as drawn, 备注 without 迟录补报."""
    row = row_of(entry) if entry.state == EntryState.IN else None
    values = row.values if row else {}
    return {
        "party": values.get("party") or entry.party,
        "place": values.get("place") or entry.place,
        "mineral": values.get("mineral") or entry.mineral,
        "carried_over": entry.carried_over,
        "composed": entry.remark_typed is None,
        "remark": (row.remark if row else entry.remark_typed) or "",
    }
