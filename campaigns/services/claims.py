"""线下报送补登: what went out in time on paper and was typed later; the prefecture decides.

A crash at 17:50 is not the county's lateness. The system's own standstills are facts in a table
and stand beside the claim.
"""

from datetime import datetime, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import deeds, files, trail
from campaigns.acts import DUTY_ACTS
from campaigns.models import Duty, DutyState, LateClaim
from campaigns.services.accepting import receivers_of
from campaigns.services.settling import report
from common.errors import Refused
from reminders.models import Standstill
from reminders.services import outbox

AROUND = timedelta(hours=6)


@transaction.atomic
def record_claim(
    *,
    by: User,
    duty: Duty,
    sent_at: datetime,
    scan: UploadedFile,
    system_down: bool = False,
    note: str = "",
    version: int | None = None,
    now: datetime | None = None,
) -> Duty:
    """Register a report that was sent on paper: when, its stamped scan, whether the system stood.

    An open duty counts as reported at the moment of this act until the prefecture recognises the
    true time; the ledger itself may be submitted later.
    """
    now = now or timezone.now()
    duty = deeds.lock(duty, version)
    posting = DUTY_ACTS.require("record_claim", by, duty)
    if LateClaim.objects.filter(duty=duty).exists():
        raise Refused("这项任务的线下报送已经补登过，不必重复登记。")
    if sent_at > now:
        raise Refused("实际报送时间不能晚于现在，请核对。")
    if duty.submitted_at and sent_at > duty.submitted_at:
        raise Refused("实际报送时间晚于系统内的报送时间，不用补登。")
    stored = files.store(by=by, upload=scan, agency=duty.agency)
    LateClaim.objects.create(
        duty=duty, sent_at=sent_at, scan=stored, system_down=system_down, note=note, recorded_by=by
    )
    was = duty.state
    if was == DutyState.OPEN:
        report(duty, now)
    deeds.check_landing(duty, DUTY_ACTS.get("record_claim"), was)
    trail.record(
        by=by,
        posting=posting,
        act=DUTY_ACTS.get("record_claim"),
        thing=duty,
        reason=note,
        changes={
            "实际报送时间": ("", sent_at),
            "盖章扫描件": ("", stored.sha256),
            "因系统停机": ("", "是" if system_down else "否"),
        },
        happened_on=timezone.localdate(sent_at),
    )
    _tell_who_rules(duty)
    return duty


def _tell_who_rules(duty: Duty) -> None:
    outbox.owe(
        recipients=receivers_of(duty),
        meaning=f"duty:{duty.pk}:claimed",
        kind="ledger",
        title=f"{duty.agency.name}{duty}线下报送补登，待认定",
        url=duty.get_absolute_url(),
    )


@transaction.atomic
def rule_on_claim(
    *,
    by: User,
    duty: Duty,
    recognised: bool,
    ruling: str,
    version: int | None = None,
    now: datetime | None = None,
) -> Duty:
    """The prefecture decides whether the time on paper counts; its reasons stand beside it."""
    duty = deeds.lock(duty, version)
    posting = DUTY_ACTS.require("rule_on_claim", by, duty)
    claim = duty.claim
    claim.recognised, claim.ruled_by, claim.ruling = recognised, by, ruling
    claim.ruled_at = now or timezone.now()
    claim.save()
    if not recognised:
        _take_back(duty)
    deeds.save(duty, DUTY_ACTS.get("rule_on_claim"))
    word = "按实际报送时间认定" if recognised else "不予认定"
    trail.record(
        by=by,
        posting=posting,
        act=DUTY_ACTS.get("rule_on_claim"),
        thing=duty,
        reason=ruling,
        changes={"认定": ("待认定", word)},
        happened_on=timezone.localdate(claim.ruled_at),
    )
    outbox.owe(
        recipients={claim.recorded_by},
        meaning=f"duty:{duty.pk}:ruled",
        kind="ledger",
        title=f"{duty}线下报送补登已认定：{word}",
        url=duty.get_absolute_url(),
    )
    return duty


def _take_back(duty: Duty) -> None:
    """A claim that wasn't recognised reported nothing: what the system received counts, or the
    duty is owed as before."""
    if duty.answered_at:
        duty.submitted_at = duty.answered_at
    elif duty.meeting:
        duty.submitted_at = duty.meeting.recorded_at
    elif paper := duty.papers.last():
        duty.submitted_at = paper.recorded_at
    else:
        duty.state = DutyState.OPEN
        duty.submitted_at = duty.closed_at = duty.remind_at = None


def standstills_around(duty: Duty) -> list[Standstill]:
    """When the system itself stood still in the hours around the due time."""
    rows = Standstill.objects.filter(since__lte=duty.due_at + AROUND, until__gte=duty.due_at - AROUND)
    return list(rows.order_by("since"))
