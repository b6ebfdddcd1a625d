"""What a county and its prefecture do with a ledger, through the services."""

from ledgers.services import answering, checking, submitting
from ledgers.services.consolidating import consolidate_ledger
from ledgers.services.settling import answered_by
from ledgers.showing.ledger_bar import with_verdict
from tests.ledgers import build
from tests.replay import remembered

CORRECTED = "占地面积按决定书改正"


def people_of(cast, ledger):
    """(liaison, checker) of a ledger's county."""
    if ledger.agency_id == cast.county.pk:
        return cast.liaison, cast.checker
    return cast.neighbour_liaison, cast.neighbour_checker


@remembered
def prepare(cast, ledger, as_of="05-15", correct=False, now=None):
    """提交核对 by the liaison; as a correction after a return, or if told."""
    build.mark_all()
    by, last = people_of(cast, ledger)[0], with_verdict(ledger.submissions()).first()
    correct = correct or bool(last) and last.last_accepted is False
    return submitting.prepare_ledger(
        by=by,
        ledger=ledger,
        data_as_of=build.day(as_of),
        correction=CORRECTED if correct else "",
        now=now,
    )


@remembered
def check(cast, ledger):
    """Confirm every row as it stands."""
    ledger.refresh_from_db()
    work = checking.work_of(ledger)
    return checking.check_ledger(
        by=people_of(cast, ledger)[1],
        ledger=ledger,
        rest=True,
        rows={row.key: work.digests[row.key] for row in work.changed},
    )


@remembered
def submit(cast, ledger, as_of="05-15", **more):
    """Prepare, check and submit."""
    by, now = people_of(cast, ledger)[1], more.pop("now", None)
    ledger = prepare(cast, ledger, as_of, more.pop("correct", False), now)
    check(cast, ledger)
    return submitting.submit_ledger(by=by, ledger=ledger, report=submitting.Report(**more), now=now)


@remembered
def accept(cast, submission):
    """接收 by the prefecture."""
    return answering.accept_submission(by=cast.prefecture, submission=submission)


@remembered
def send_back(cast, submission, reason="占地面积与决定书不符", **more):
    """退回 by the prefecture."""
    return answering.return_submission(by=cast.prefecture, submission=submission, reason=reason, **more)


@remembered
def consolidate(cast, campaign, as_of="05-15", filled_by=None):
    """生成汇总台账 by the prefecture; `filled_by` where several could be."""
    seat = build.ledger(campaign, cast.prefecture_office)
    return consolidate_ledger(
        by=cast.prefecture, ledger=seat, data_as_of=build.day(as_of), filled_by=filled_by
    )


def answer_to(duty):
    """The submission that answers a duty now; None where none does."""
    return next((one for one in duty.submissions.all() if answered_by(one)), None)
