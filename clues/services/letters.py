"""移送函: the paper by which a clue went to another department, on record after it was approved."""

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User, local_today
from accounts.services import deeds, files, trail
from clues.acts import ACTS
from clues.gates import handovers_of
from clues.models import Clue
from common.document_numbers import normalise_number
from common.errors import Refused


@transaction.atomic
def record_handover_letter(
    *, by: User, clue: Clue, number: str, sent_on: date, scan: UploadedFile, version: int | str | None = None
) -> Clue:
    """Put number, day and scan of the letter to the approved handover; returns the clue."""
    clue = deeds.lock(clue, version)
    posting = ACTS.require("record_handover_letter", by, clue)
    if not number.strip():
        raise Refused("请填写移送函文号。")
    if sent_on > local_today():
        raise Refused("发函日期不能晚于今天。")
    proposal = handovers_of(clue).filter(letter=None).first()
    proposal.letter = files.store(by=by, upload=scan, agency=clue.agency)
    proposal.letter_number, proposal.letter_sent_on = normalise_number(number), sent_on
    proposal.save(update_fields=["letter", "letter_number", "letter_sent_on"])
    deeds.save(clue)
    trail.record(
        by=by,
        posting=posting,
        act=ACTS.get("record_handover_letter"),
        thing=clue,
        changes={
            "移交单位": ("", proposal.receiver),
            "移送函文号": ("", proposal.letter_number),
            "发函日期": ("", sent_on),
            "移送函": ("", proposal.letter.name),
        },
        happened_on=sent_on,
    )
    return clue
