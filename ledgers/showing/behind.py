"""What stands behind a cell or an entry: facts with their days, and links a person may follow.

Public security reads the joint ledger's rows as printed (统一的打击处理台账); behind them it finds only
what is its own or was referred or handed over to it, and never learns which other case there is.
"""

from cases.models import Case, PoliceMatter, Referral
from clues.models import Clue
from ledgers.fields import FIELDS, Kind, LedgerField, Use, is_blank
from ledgers.layouts import Layout
from ledgers.models import LedgerEntry, Submission
from ledgers.rows import LATE, Cell, Evidence, Row

KINDS = {
    "case": ("案件", Case),
    "clue": ("线索", Clue),
    "referral": ("移送", Referral),
    "matter": ("公安事项", PoliceMatter),
}


def addresses(user, things) -> dict:
    """{(kind, public id): address} of those among `things` that the person may open."""
    wanted: dict[str, set] = {}
    for kind, public_id, *_ in things:
        wanted.setdefault(kind, set()).add(public_id)
    urls = {}
    for kind, ids in wanted.items():
        if kind not in KINDS:
            continue
        rows = KINDS[kind][1].objects.visible_to(user).filter(public_id__in=ids)
        urls |= {(kind, row.public_id): row.get_absolute_url() for row in rows}
    return urls


def is_own(user, thing) -> bool:
    """Whether a ledger or an entry is of the person's own offices or of one below them."""
    return any(thing.agency.path.startswith(path) for path in user.reach_paths())


def facts_seen(user, thing: LedgerEntry | Submission, row: Row) -> dict[str, list[Evidence]]:
    """What this person is shown behind each cell of a row of an entry, or of a submission."""
    evidence = row.evidence
    if is_own(user, thing):
        return evidence
    urls = addresses(user, [fact.thing for facts in evidence.values() for fact in facts])
    return {key: [fact for fact in facts if fact.thing[:2] in urls] for key, facts in evidence.items()}


def column_label(form: Layout, key: str) -> str:
    """The column as the head has it: 占地方面 罚款金额."""
    return " ".join(form.column_of(key).path[-2:])


def drawer(user, thing: LedgerEntry | Submission, form: Layout, row: Row, key: str) -> dict:
    """What the drawer of one cell shows."""
    field, cell = FIELDS[key], row.cells[key]
    facts = facts_seen(user, thing, row).get(key, [])
    urls = addresses(user, [fact.thing for fact in facts if fact.thing[0]])
    return {
        "label": column_label(form, key),
        "party": row.value("party"),
        "place": row.value("place") or "",
        "value": field.show(cell.value),
        "unit": field.unit,
        "state": state_of(field, cell),
        "how": field.how,
        "facts": [_fact(fact, urls) for fact in facts],
        "withheld": len(facts) < len(cell.evidence),
        "is_figure": field.is_summed or field.kind == Kind.BOOL,
    }


def state_of(field: LedgerField, cell: Cell) -> tuple[str, str]:
    """未填, 不适用 or 已确认为零, with the sentence that tells them apart; else nothing."""
    if is_blank(cell.value):
        if field.use == Use.REMARK:
            return "", ""
        if cell.applicable:
            return "未填", "还没有录入。"
        return "不适用", field.not_applicable
    if field.is_summed and cell.value == 0:
        return "零", "已确认为零，不是没有填。"
    return "", ""


def _fact(fact: Evidence, urls) -> dict:
    kind, public_id, words = fact.thing
    flags = [(LATE, "amber")] if fact.late and fact.counted else []
    if not fact.counted:
        flags.append(("未计入", ""))
    return {
        "what": fact.what,
        "detail": fact.detail,
        "on": fact.happened_on,
        "thing": f"{KINDS[kind][0]} {words}" if kind in KINDS else words,
        "url": urls.get((kind, public_id), ""),
        "flags": flags,
        "note": fact.note,
    }


def linked(user, entry) -> list[dict]:
    """Clues, cases and police matters behind an entry; a link where the person may follow it."""
    links = entry.links.select_related("clue", "case__agency", "matter__agency").order_by("pk")
    things = [_thing_of(link) for link in links]
    urls = addresses(user, [(kind, thing.public_id) for kind, thing in things])
    if not is_own(user, entry):
        things = [(kind, thing) for kind, thing in things if (kind, thing.public_id) in urls]
    return [
        {
            "kind": KINDS[kind][0],
            "words": str(thing),
            "note": _note_of(thing),
            "agency": str(thing.agency),
            "url": urls.get((kind, thing.public_id), ""),
        }
        for kind, thing in things
    ]


def _thing_of(link):
    if link.case_id:
        return "case", link.case
    return ("clue", link.clue) if link.clue_id else ("matter", link.matter)


def _note_of(thing) -> str:
    state = getattr(thing, "get_state_display", None)
    return state() if state else ""
