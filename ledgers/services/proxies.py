"""代录: a county that doesn't sign in is entered by the office above, from the workbook it sent.

From this deed on that office's people do in the county's ledger what its own would: import, prepare,
check, submit, by the same services and two different people. It isn't 线下报送登记, where a county
reports on paper to an office above that is outside the system, nor 线下报送补登, where a county that
does work in the system tells later that it reported on paper in time.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts import roles
from accounts.models import Posting, User
from accounts.services import clocks, deeds, files, trail
from accounts.services.people import holders
from common.errors import Refused
from ledgers.acts import CHECKING, LEDGER_ACTS
from ledgers.models import CountyLedger, ImportBatch, ProxyEntry, ProxySeat, Submission
from ledgers.services.importing import preview_import
from ledgers.terms import SILENCE
from reminders.services import outbox

REPORTING = (roles.LIAISON, roles.CHECKER)
REPORTS_ITSELF = "有人登录使用系统，由县里自己报送。县里一时上不了系统的，先报纸质，再由县里线下报送补登。"
TOLD = (*REPORTING, roles.BRIGADE_HEAD, roles.DEPUTY, roles.CHIEF)


@transaction.atomic
def enter_for_county(
    *,
    by: User,
    ledger: CountyLedger,
    received_at: datetime,
    way: str,
    workbook: UploadedFile | None = None,
    scan: UploadedFile | None = None,
    version: int | str | None = None,
    now: datetime | None = None,
) -> ImportBatch | CountyLedger:
    """Take in what a county sent; with a workbook, returns the preview of its import.

    Refused while the county can report itself: two people hold 联络员 and 台账审核人, and within the
    last days (15, or as the standard says) one of them signed in or the office reported itself. A
    county that is merely cut off for an hour reports on paper and types it later (线下报送补登).
    Without a workbook, a scan alone is taken, for 零报告 and ledgers without change.
    """
    ledger, now = deeds.lock(ledger, version), now or timezone.now()
    posting = LEDGER_ACTS.require("enter_for_county", by, ProxySeat(ledger))
    reason = silence_of(ledger, now)
    if not reason:
        raise Refused(f"{ledger.agency.name}{REPORTS_ITSELF}")
    if not workbook and not scan:
        raise Refused("请上传县里报来的台账工作簿；零报告或者没有变化的，上传来件扫描件。")
    if received_at > now:
        raise Refused("收到时间不能晚于现在，请核对。")
    entry = ProxyEntry(received_at=received_at, way=way.strip(), reason=reason, by=by, office=posting.agency)
    entry.campaign, entry.agency = ledger.campaign, ledger.agency
    entry.scan = files.store(by=by, upload=scan, agency=ledger.agency) if scan else None
    entry.save()
    batch = preview_import(by=by, ledger=ledger, upload=workbook) if workbook else None
    if batch and batch.workbook:
        entry.workbook = batch.workbook
        entry.save(update_fields=["workbook"])
    _record(by, posting, ledger, entry)
    _tell_started(ledger, entry)
    return batch or ledger


def _tell_started(ledger: CountyLedger, entry: ProxyEntry) -> None:
    outbox.owe(
        recipients=holders(ledger.agency, *TOLD),
        meaning=f"proxy:{entry.pk}",
        kind="ledger",
        title="上级已收到本县台账，正在代录",
        url=ledger.get_absolute_url(),
    )


def _record(by: User, posting: Posting, ledger: CountyLedger, entry: ProxyEntry) -> None:
    changes = {"收到时间": ("", entry.received_at), "来件方式": ("", entry.way)}
    for label, stored in (("来件工作簿", entry.workbook), ("来件扫描件", entry.scan)):
        if stored:
            changes[label] = ("", stored.sha256)
    trail.record(
        by=by,
        posting=posting,
        act=LEDGER_ACTS.get("enter_for_county"),
        thing=ledger,
        changes=changes,
        reason=entry.reason,
        happened_on=timezone.localdate(entry.received_at),
    )


def silence_of(ledger: CountyLedger, now: datetime) -> str:
    """Why the office above may enter for a county; "" where the county can report itself."""
    return silences([ledger], now)[ledger.agency_id]


def silences(ledgers: Iterable[CountyLedger], now: datetime) -> dict[int, str]:
    """The same for many ledgers, by the ids of their agencies, in three queries."""
    agencies = [ledger.agency for ledger in ledgers]
    held = defaultdict(list)
    postings = Posting.objects.in_force(timezone.localdate(now)).filter(
        agency__in=agencies, role__in=REPORTING, user__is_active=True
    )
    for post in postings.select_related("user"):
        held[post.agency_id].append(post)
    lengths = clocks.lengths_of(SILENCE, agencies, timezone.localdate(now))
    own = Submission.objects.filter(agency__in=agencies, proxy=None, consolidated=False).order_by()
    reported = dict(
        own.values("agency_id").annotate(last=Max("submitted_at")).values_list("agency_id", "last")
    )
    return {
        agency.pk: _silence(held[agency.pk], reported.get(agency.pk), lengths[agency.pk][0], now)
        for agency in agencies
    }


def _silence(held: list[Posting], reported: datetime | None, days: int, now: datetime) -> str:
    fillers, checkers = ({post.user_id for post in held if post.role == role} for role in REPORTING)
    if not fillers or not checkers or len(fillers | checkers) < 2:
        return "县里没有联络员和台账审核人两个人可以报送"
    signed_in = [post.user.last_login for post in held]
    last = max(filter(None, [*signed_in, reported]), default=None)
    if last is None:
        return "县里的联络员、台账审核人还没有登录过"
    if now - last < timedelta(days=days):
        return ""
    return f"县里的联络员、台账审核人已有{(now - last).days}天没有登录"


def proxy_for(ledger: CountyLedger, posting: Posting) -> ProxyEntry | None:
    """What a deed under this posting is done for, where that isn't one of the county's own."""
    return ledger.open_proxy() if posting.agency_id != ledger.agency_id else None


def who_checks(ledger: CountyLedger) -> set[User]:
    """Who is told that a ledger waits to be checked: of the office above while it enters it."""
    proxy = ledger.open_proxy()
    if proxy is None:
        return set(holders(ledger.agency, roles.CHECKER))
    return set(holders(proxy.office, *CHECKING)) - {ledger.prepared_by, proxy.by}


def checkers_called(ledger: CountyLedger) -> str:
    """Those people as a page calls them."""
    proxy = ledger.open_proxy()
    if proxy is None:
        return roles.ROLES[roles.CHECKER].label
    return f"{proxy.office}的{'、'.join(roles.ROLES[role].label for role in sorted(CHECKING))}"


def tell_county(submission: Submission) -> None:
    """Let the county's people find, when they come, that their ledger was reported for them."""
    if submission.proxy_id:
        outbox.owe(
            recipients=holders(submission.agency, *TOLD),
            meaning=f"submission:{submission.pk}:proxy",
            kind="ledger",
            title=f"第{submission.sequence}期台账已由上级代录报送",
            url=submission.get_absolute_url(),
        )
