"""A workbook that came back: its page, and its marks on the cells of a ledger."""

from django.urls import reverse

from accounts import showing
from common.showing.times import moment
from ledgers import stages
from ledgers.acts import PROPOSAL_ACTS
from ledgers.fields import FIELDS
from ledgers.models import ReturnedMark
from ledgers.services.import_compare import same
from ledgers.services.proposals import (
    BY_CASE,
    BY_WORKBOOK,
    marks_on_draft,
    standing_row,
    standing_rows,
    way_of,
)
from ledgers.showing.behind import addresses

_TAKING = {
    BY_WORKBOOK: "报送的数来自导入的工作簿。采纳后台账改为这个数，作为一次导入记录，当天可以撤回。",
    BY_CASE: "报送的数来自案件。采纳后请到案件中更正，台账随之变化；台账不会直接改动。",
}
_TAKING_WORDS = "这一栏在条目中修改。采纳后请到条目页改好；台账不会直接改动。"


def page_of(user, returned) -> dict:
    """The context of ledgers/returned/workbook.html."""
    marks = list(returned.marks.whole().select_related("answer__by").order_by("position"))
    changed = [mark for mark in marks if mark.changes]
    rows = standing_rows(returned.submission, [mark.entry_key for mark in changed])
    return {
        "returned": returned,
        "submission": returned.submission,
        "proposals": [proposal(user, mark, rows.get(mark.entry_key)) for mark in changed],
        "waiting": sum(mark.state == stages.PROPOSED.state for mark in changed),
        "marks": [marked(mark) for mark in marks if not mark.changes],
        "faults": returned.faults,
        "workbook_url": returned.workbook.get_absolute_url(),
        "trail": showing.trail_of(returned.submission),
    }


def marked(mark: ReturnedMark) -> dict:
    """One cell with what is on it."""
    return {
        "anchor": f"mark-{mark.public_id}",
        "party": mark.party,
        "label": FIELDS[mark.key].name if mark.key else "",
        "where": f"{mark.sheet} {mark.column}{mark.row}",
        "colour": mark.colour,
        "comment": mark.comment,
        "author": mark.author,
    }


def proposal(user, mark: ReturnedMark, row) -> dict:
    """One changed figure: both values, the answer, what the ledger says today and, as long as that
    isn't the new value, where it is corrected. `row` is the entry's of today, or None."""
    field, answer = FIELDS[mark.key], getattr(mark, "answer", None)
    now = row.value(mark.key) if row else None
    agrees = row is not None and same(now, mark.proposed_value)
    lagging = row is not None and not agrees and mark.state == stages.TAKEN.state
    return {
        **marked(mark),
        "unit": field.unit,
        "old": field.show(mark.old_value),
        "proposed": field.show(mark.proposed_value),
        "stage": stages.PROPOSAL[mark.state],
        "answered": f"{answer.by.name}　{moment(answer.at)}" if answer else "",
        "reason": answer.reason if answer else "",
        "now": (field.show(now) or "空") if row else "条目已不在台账中",
        "agrees": agrees,
        "places": places_of(user, mark, row) if lagging else [],
        "acts": acts_on(user, mark),
    }


def places_of(user, mark: ReturnedMark, row) -> list[dict]:
    """Where a figure is corrected: the cases behind it, else the entry."""
    things = [fact.thing for fact in row.cells[mark.key].evidence if fact.thing[0]]
    found = addresses(user, things) if way_of(row, mark.key) == BY_CASE else {}
    places = [
        {"label": f"去{words}更正", "url": found[kind, public_id]}
        for kind, public_id, words in dict.fromkeys(things)
        if (kind, public_id) in found
    ]
    return places or [{"label": "去条目页", "url": row.entry.get_absolute_url()}]


def acts_on(user, mark: ReturnedMark) -> list[dict]:
    """采纳 and 不采纳, for who may answer."""
    return [
        {"label": act.label, "url": reverse(f"ledgers:{act.name}", args=[mark.public_id])}
        for act in PROPOSAL_ACTS.acts
        if PROPOSAL_ACTS.openness(act.name, user, mark).ok
    ]


def beside(user, mark: ReturnedMark) -> dict:
    """What an answer's page says beside its form: both values, and what taking would do."""
    field, row = FIELDS[mark.key], standing_row(mark)
    line = proposal(user, mark, row)
    summary = [
        {"label": "条目", "value": mark.party, "url": row.entry.get_absolute_url() if row else ""},
        {"label": "栏目", "value": field.name},
        {"label": "报送时", "value": line["old"] or "空", "unit": field.unit if line["old"] else ""},
        {
            "label": "市级改为",
            "value": line["proposed"] or "空",
            "unit": field.unit if line["proposed"] else "",
        },
        {"label": "台账现在", "value": line["now"]},
        {"label": "批注", "value": mark.comment},
    ]
    taking = _TAKING.get(way_of(row, mark.key), _TAKING_WORDS) if row else ""
    return {"summary_title": "改数意见", "summary": summary, "intro": taking}


# ---------------------------------------------------------------- on the cells of a ledger


def words_of(mark: ReturnedMark) -> list[tuple[str, str]]:
    """What stands in the cell behind its figure."""
    said = [(mark.colour, "amber")] if mark.colour else []
    said += [("有批注", "amber")] if mark.comment else []
    if mark.changes:
        stage = stages.PROPOSAL[mark.state]
        shown = FIELDS[mark.key].show(mark.proposed_value) or "空"
        said.append((f"市级改为 {shown}　{stage.label}", stage.tone))
    return said


def lay_on(form, drawn: list[dict], marks: list[ReturnedMark]) -> None:
    """Put the marks on the cells of drawn rows; those without a field of the form have no cell."""
    by_anchor = {f"row-{mark.entry_key}": [] for mark in marks if mark.entry_key and mark.key in form.keys}
    for mark in marks:
        if f"row-{mark.entry_key}" in by_anchor and mark.key in form.keys:
            by_anchor[f"row-{mark.entry_key}"].append(mark)
    for line in drawn:
        for mark in by_anchor.get(line.get("anchor"), ()):
            cell = line["cells"][form.keys.index(mark.key)]
            cell["marks"] = (*cell.get("marks", ()), *words_of(mark))


def on_draft(user, form, ledger, drawn: list[dict]) -> dict | None:
    """Lay the marks on the rows of a live ledger; which workbooks they are from, and how many
    changed figures wait for an answer."""
    marks = marks_on_draft(user, ledger.campaign_id, ledger.agency_id)
    lay_on(form, drawn, marks)
    if not marks:
        return None
    waiting = [mark for mark in marks if mark.state == stages.PROPOSED.state]
    books = {mark.returned_id: mark.returned for mark in waiting or marks}
    return {"count": len(waiting), "books": list(books.values())}


def of_submission(submission) -> list[ReturnedMark]:
    """The marks of every workbook that came back for a report."""
    rows = ReturnedMark.objects.filter(returned__submission=submission)
    return list(rows.whole().order_by("returned_id", "position"))


def books_of(submission, marks: list[ReturnedMark]) -> list[dict]:
    """The workbooks that came back for a report, with how much waits for an answer."""
    return [
        {
            "url": book.get_absolute_url(),
            "name": book.workbook.name,
            "who": book.uploaded_by.name,
            "at": book.uploaded_at,
            "waiting": sum(
                mark.returned_id == book.pk and mark.state == stages.PROPOSED.state for mark in marks
            ),
        }
        for book in submission.returned_workbooks.select_related("uploaded_by", "workbook")
    ]


def on_live_cell(user, entry, key: str) -> list[dict]:
    """The marks of one cell of a live ledger."""
    return _on_cell(user, marks_on_draft(user, entry.campaign_id, entry.agency_id), entry.public_id, key)


def on_frozen_cell(user, submission, entry_key: str, key: str) -> list[dict]:
    """The marks of one cell of a report."""
    return _on_cell(user, of_submission(submission), entry_key, key)


def _on_cell(user, marks: list[ReturnedMark], entry_key: str, key: str) -> list[dict]:
    return [
        {**marked(mark), "words": words_of(mark), "url": mark.get_absolute_url(), "acts": acts_on(user, mark)}
        for mark in marks
        if (mark.entry_key, mark.key) == (entry_key, key)
    ]
