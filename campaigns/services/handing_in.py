"""书面材料: handed in for a duty, accepted or returned by the office above."""

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import deeds, files, trail
from accounts.services.people import holders
from accounts.services.remarks import remark
from campaigns.acts import DUTY_ACTS
from campaigns.models import Duty, DutyPaper
from campaigns.services.accepting import receivers_of
from campaigns.services.arriving import tell_arrival
from campaigns.services.settling import report, settle_answer
from campaigns.stages import OWED
from common.errors import Refused
from reminders.models import Outbox
from reminders.services import outbox

NAMED = 3
LONGEST = Outbox._meta.get_field("title").max_length


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
    was, now = duty.state, now or timezone.now()
    report(duty, now)
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
    tell_arrival(
        duty=duty,
        people=receivers_of(duty),
        meaning=f"{duty.pk}:{duty.version}",
        title=f"{duty.agency.name}{duty}已报送，待接收",
        url=duty.get_absolute_url(),
    )
    if days := earlier_owed(duty, now):
        remark(
            f"还有{len(days)}期没有报送（{_listed(days)}），每期都要报。"
            f"内容已写在本期材料里的，请{duty.upper}在那一期按“由后期材料涵盖”办结。"
        )
    return duty


def earlier_owed(duty: Duty, now: datetime) -> list[date]:
    """Earlier periods of the same rule whose paper is overdue, the oldest first."""
    rows = Duty.objects.filter(rule_id=duty.rule_id, agency_id=duty.agency_id, day__lt=duty.day)
    return list(rows.filter(state__in=OWED, due_at__lte=now).order_by("day").values_list("day", flat=True))


def _listed(days: list[date]) -> str:
    named = "、".join(map(str, days[:NAMED]))
    return f"{named}等" if len(days) > NAMED else named


@transaction.atomic
def accept_paper(*, by: User, duty: Duty, version: int | None = None, now: datetime | None = None) -> Duty:
    """The office above accepts it; earlier periods stay owed, which is said."""
    duty = _answer("accept_paper", by, duty, version, accepted=True)
    if days := earlier_owed(duty, now or timezone.now()):
        remark(
            f"{duty.agency}还有{len(days)}期没有报送（{_listed(days)}）。"
            "内容已写在这份材料里的，请在那一期点“由后期材料涵盖”。"
        )
    return duty


@transaction.atomic
def cover_paper(
    *, by: User, duty: Duty, reason: str, version: int | None = None, now: datetime | None = None
) -> Duty:
    """The office above closes an earlier period whose content a later paper brought, and says why."""
    duty = deeds.lock(duty, version)
    act = DUTY_ACTS.get("cover_paper")
    posting = DUTY_ACTS.require(act.name, by, duty)
    if not reason.strip():
        raise Refused("请写明理由，例如：本期内容已写在后一期材料中。")
    now = now or timezone.now()
    changes = deeds.save(duty, act, state=act.landing, closed_at=now)
    trail.record(
        by=by,
        posting=posting,
        act=act,
        thing=duty,
        reason=reason.strip(),
        changes={"状态": changes["状态"]},
        happened_on=timezone.localdate(now),
    )
    outbox.owe(
        recipients=holders(duty.agency, *DUTY_ACTS.get("hand_in").roles),
        meaning=f"duty:{duty.pk}:{duty.version}:covered",
        kind="ledger",
        title=f"{duty}已由后期材料涵盖，不用再报"[:LONGEST],
        url=duty.get_absolute_url(),
    )
    return duty


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
    if not accepted:
        duty.returned_for = reason
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
        title=f"{duty}已被{duty.upper}{word}"[:LONGEST],
        url=duty.get_absolute_url(),
    )
    return duty
