"""签收 and 反馈 of a clue that was handed over: by the department itself, or typed from its paper."""

from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User, local_today
from accounts.services import deeds, files, trail
from clues.acts import ACTS
from clues.gates import handovers_of
from clues.models import AnswerKind, Clue, Disposition, HandoverAnswer
from clues.services.informants import guard_words
from clues.services.telling import tell
from common.errors import Refused


@dataclass(frozen=True)
class Answer:
    """What the department says: how far it is, on which day, in its own words; `paper` its letter."""

    kind: str
    happened_on: date
    text: str = ""
    paper: UploadedFile | None = None


@transaction.atomic
def receive_handover(
    *,
    by: User,
    clue: Clue,
    happened_on: date,
    text: str = "",
    paper: UploadedFile | None = None,
    version: int | str | None = None,
) -> Clue:
    """Sign for a clue that was handed over to one's office, once; returns the clue."""
    answer = Answer(AnswerKind.RECEIVED, happened_on, text, paper)
    return _enter(by, clue, "receive_handover", version, answer)


@transaction.atomic
def answer_handover(*, by: User, clue: Clue, answer: Answer, version: int | str | None = None) -> Clue:
    """Tell what was done about it; may be told several times. Returns the clue."""
    if answer.kind not in (AnswerKind.UNDER_WAY, AnswerKind.DONE):
        raise Refused("请选择办理情况：办理中，或者已办结。")
    if not answer.text.strip():
        raise Refused("请写明办理情况。")
    return _enter(by, clue, "answer_handover", version, answer)


def _enter(by: User, clue: Clue, act_name: str, version: int | str | None, answer: Answer) -> Clue:
    clue = deeds.lock(clue, version)
    posting = ACTS.require(act_name, by, clue)
    handover = handovers_of(clue).first()
    _refuse_day(handover, answer.happened_on)
    guard_words(by, clue, answer.text)
    row = HandoverAnswer.objects.create(
        handover=handover,
        kind=answer.kind,
        happened_on=answer.happened_on,
        text=answer.text.strip(),
        paper=files.store(by=by, upload=answer.paper, agency=clue.agency) if answer.paper else None,
        recorded_by=by,
    )
    deeds.save(clue)
    trail.record(
        by=by,
        posting=posting,
        act=ACTS.get(act_name),
        thing=clue,
        changes={
            "移交单位": ("", handover.receiver),
            "办理情况": ("", row.get_kind_display()),
            **({"复函或者回执": ("", row.paper.name)} if row.paper else {}),
        },
        reason=row.text,
        happened_on=row.happened_on,
    )
    people = {handover.proposed_by, clue.handler} - {None, by}
    tell(people=people, clue=clue, what=act_name, title="移交出去的线索有了回音")
    return clue


def _refuse_day(handover: Disposition, day: date) -> None:
    if day > local_today():
        raise Refused("日期不能晚于今天。")
    signed_on = handover.approval.signed_on if handover.approval else None
    if signed_on and day < signed_on:
        raise Refused(f"日期不能早于批准移交的{signed_on}。")
