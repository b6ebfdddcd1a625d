"""The page of an entry: its words, its figures, what is linked, what may be done."""

from django.urls import reverse

from accounts import showing
from ledgers.acts import ENTRY_ACTS
from ledgers.definitions import FIELDS
from ledgers.models import EntryState, LedgerEntry
from ledgers.services.drawing import draw
from ledgers.showing import behind
from ledgers.showing.sheets import flag_words, text_of

GRAVE = frozenset({"strike_entry", "merge_entry", "move_entry"})
WORDS = ("county", "party", "place", "mineral", "remark")
PARTS = (
    ("占地方面", ("land_area", "land_fine", "land_restored")),
    ("采矿方面", ("mined_tonnes", "confiscated_tonnes", "mining_fine", "shutdown")),
    ("公安部门处理情况", ("administrative_detention", "criminal_detention", "arrest")),
)
TONES = {"in": "green", "struck": "red", "merged": "", "moved": ""}


def drawn_row(user, entry):
    """The entry's row of today; None where it doesn't stand in the ledger."""
    rows = draw(entry.campaign, entries=_seen(user).filter(pk=entry.pk))
    return rows[0] if rows else None


def _seen(user):
    return LedgerEntry.objects.visible_to(user)


def page_of(user, entry) -> dict:
    """The context of ledgers/entries/detail.html."""
    row = drawn_row(user, entry)
    own = any(entry.agency.path.startswith(path) for path in user.reach_paths())
    return {
        "entry": entry,
        "row": row,
        "flags": [
            (entry.get_state_display(), TONES[entry.state]),
            *([("台账导入", "")] if entry.imported else []),
            *(flag_words(row) if row else []),
        ],
        "words": word_rows(entry, row),
        "parts": [figures(entry, row, title, keys) for title, keys in PARTS] if row else [],
        "linked": behind.linked(user, entry),
        "kin": kin_rows(user, entry),
        "acts": showing.next_acts(ENTRY_ACTS, user, entry, _address(entry), GRAVE),
        "own": own,
        "trail": showing.trail_of(entry) if own else [],
    }


def _address(entry):
    return lambda act: reverse(f"ledgers:{act.name}", args=[entry.public_id])


def word_rows(entry, row) -> list[dict]:
    """县市区, 企业名称（个人）, 位置, 开采矿种, 备注, and when it came in."""
    values = row.values if row else vars(entry) | {"county": entry.agency.region.name}
    rows = [{"label": FIELDS[key].label, "value": values.get(key) or ""} for key in WORDS[:-1]]
    if row:
        rows.append({"label": "备注", "value": values["remark"] or "无"})
    rows += [
        {"label": "次序", "value": f"第{entry.position}行"},
        {"label": "纳入日期", "value": entry.opened_on.isoformat()},
        {"label": "承办单位", "value": entry.agency.name},
    ]
    if entry.struck_reason:
        rows.append({"label": "剔除理由", "value": entry.struck_reason})
    return rows


def figures(entry, row, title: str, keys) -> dict:
    """One part of the form: each column with its figure and what stands behind it."""
    return {
        "title": title,
        "rows": [
            {
                "label": FIELDS[key].label,
                "unit": FIELDS[key].unit,
                "text": text_of(key, row.cells[key].value),
                "state": behind.state_of(key, row.cells[key])[0],
                "count": len(row.cells[key].sources),
                "late": key in row.late_keys,
                "url": reverse("ledgers:cell", args=[entry.public_id, key]),
            }
            for key in keys
        ],
    }


def kin_rows(user, entry) -> list[dict]:
    """Where the entry went, and which ones it came from; a link where the person may follow it."""
    pairs = [("已并入", entry.merged_into), ("移往", entry.moved_to), ("拆自", entry.split_from)]
    pairs += [("归并来的条目", one) for one in entry.merged.all()]
    pairs += [("移自", one) for one in entry.moved_from.all()]
    pairs += [("拆出的条目", one) for one in entry.split_off.all()]
    pairs = [(label, one) for label, one in pairs if one is not None]
    seen = set(_seen(user).filter(pk__in=[one.pk for _, one in pairs]).values_list("pk", flat=True))
    return [
        {
            "label": label,
            "value": f"{one}" if one.pk in seen else "另一县的条目",
            "url": one.get_absolute_url() if one.pk in seen else "",
        }
        for label, one in pairs
    ]


def amend_initial(user, entry) -> dict:
    """What the amending form shows: the words as drawn, 备注 without 迟录补报."""
    row = drawn_row(user, entry) if entry.state == EntryState.IN else None
    values = row.values if row else {}
    return {
        "party": values.get("party") or entry.party,
        "place": values.get("place") or entry.place,
        "mineral": values.get("mineral") or entry.mineral,
        "carried_over": entry.carried_over,
        "composed": entry.remark_typed is None,
        "remark": (row.remark if row else entry.remark_typed) or "",
    }
