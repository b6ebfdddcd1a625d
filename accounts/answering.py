"""The page on which a leader answers what was proposed: 同意, 退回 or 不同意, each an act of its own.

All of them stand on one page, whichever of their addresses was opened; the button that is pressed says
which is done. Its own guard asks whether it may be.
"""

from django.db.models import Model
from django.http import HttpRequest

from accounts.acts import ActTable, Openness
from accounts.models import User

ANSWER = "answer"
TONES = {"同意": "act", "通过": "act", "不同意": "grave", "不通过": "grave"}


def pressed(request: HttpRequest, table: ActTable, name: str) -> str:
    """The act whose button was pressed on the page of the act `name`: that itself where none was."""
    answer = request.POST.get(ANSWER, "")
    return answer if answer in {act.name for act in table.answers(name)} else name


def buttons(table: ActTable, name: str, user: User, thing: Model) -> dict:
    """`answers` for parts/act.html and its form, and `unanswerable`: why one of them can't be given now."""
    rows = [table.openness(act.name, user, thing) for act in table.answers(name)]
    offered = [row for row in rows if row.ok] or [table.openness(name, user, thing)]
    return {
        "answers": [_button(row) for row in offered],
        "unanswerable": [
            f"现在不能{row.act.said}：{row.sentence}" for row in rows if row.sentence and row not in offered
        ],
    }


def _button(row: Openness) -> dict:
    act = row.act
    return {"name": act.name, "word": act.said, "tone": TONES.get(act.said, ""), "typed": row.is_typed}
