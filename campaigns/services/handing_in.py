"""书面材料: handed in for a duty, accepted or returned by the office above."""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts import roles
from accounts.models import User
from accounts.services import deeds, files, trail
from accounts.services.people import holders
from campaigns.acts import DUTY_ACTS
from campaigns.models import Duty, DutyPaper
from campaigns.services.settling import report, settle_answer
from common.errors import Refused
from reminders.services import outbox


@transaction.atomic
def hand_in(
    *,
    by: User,
    duty: Duty,
    upload: UploadedFile,
    note: str = "",
    version: int | None = None,
    now: datetime | None = None,
) -> Duty:
    """Hand in the paper that a duty asks for; late is late by this moment."""
    duty = deeds.lock(duty, version)
    posting = DUTY_ACTS.require("hand_in", by, duty)
    stored = files.store(by=by, upload=upload, agency=duty.agency)
    DutyPaper.objects.create(duty=duty, file=stored, note=note, recorded_by=by)
    was = duty.state
    report(duty, now or timezone.now())
    deeds.check_landing(duty, DUTY_ACTS.get("hand_in"), was)
    trail.record(
        by=by,
        posting=posting,
        act=DUTY_ACTS.get("hand_in"),
        thing=duty,
        reason=note,
        changes={"材料": ("", stored.name), "摘要": ("", stored.sha256)},
        happened_on=timezone.localdate(duty.closed_at),
    )
    if duty.agency.parent:
        outbox.owe(
            recipients=holders(duty.agency.parent, roles.PREFECTURE),
            meaning=f"duty:{duty.pk}:{duty.version}:in",
            kind="ledger",
            title="报送材料待接收",
            url=duty.get_absolute_url(),
        )
    return duty


@transaction.atomic
def accept_paper(*, by: User, duty: Duty, version: int | None = None) -> Duty:
    """The office above accepts it."""
    return _answer("accept_paper", by, duty, version, accepted=True)


@transaction.atomic
def return_paper(*, by: User, duty: Duty, reason: str, version: int | None = None) -> Duty:
    """The office above sends it back, with the reasons; it is owed again."""
    if not reason.strip():
        raise Refused("请写明退回理由。")
    return _answer("return_paper", by, duty, version, accepted=False, reason=reason.strip())


def _answer(act: str, by: User, duty: Duty, version: int | None, *, accepted: bool, reason: str = "") -> Duty:
    duty = deeds.lock(duty, version)
    posting = DUTY_ACTS.require(act, by, duty)
    was = duty.state
    settle_answer(duty, accepted)
    deeds.check_landing(duty, DUTY_ACTS.get(act), was)
    word = "接收" if accepted else "退回"
    trail.record(
        by=by,
        posting=posting,
        act=DUTY_ACTS.get(act),
        thing=duty,
        reason=reason,
        changes={"状态": ("已报送", f"已{word}")},
        happened_on=timezone.localdate(),
    )
    outbox.owe(
        recipients={duty.papers.first().recorded_by},
        meaning=f"duty:{duty.pk}:{duty.version}:answered",
        kind="ledger",
        title=f"报送材料已被上级{word}",
        url=duty.get_absolute_url(),
    )
    return duty
