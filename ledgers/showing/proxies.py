"""代录 on the page of a county's ledger and on the desks of the office that enters it."""

from django.db.models import Q
from django.urls import reverse

from accounts.desk import Task
from accounts.models import RegionLevel
from campaigns.services.periods import periods_of
from common.showing.times import moment
from ledgers.acts import CHECKING, FILLING, LEDGER_ACTS
from ledgers.models import CountyLedger, ProxyEntry, ProxySeat
from ledgers.services.proxies import silence_of

# Offices of these levels enter for nobody.
BELOW = (RegionLevel.COUNTY, RegionLevel.TOWNSHIP)
FILL = (("import_upload", "import_ledger", "导入"), ("prepare_ledger", "prepare_ledger", "提交核对"))
CHECK = (("check", "check_ledger", "核对"), ("submit", "submit_ledger", "报送"))
TAKEN_OVER = "县里的台账审核人核对或者报送以后，由县里自己报送。"


def panel(user, ledger, now) -> dict | None:
    """The context `proxy` of ledgers/table/proxy.html: what is entered for a county, and the next acts."""
    last = ProxyEntry.objects.last_of(ledger.campaign_id, ledger.agency_id)
    if last is None or last.is_taken_over:
        return _offer(user, ledger, now)
    report = last.submissions.order_by("-sequence").first()
    if report is None:
        return _running(user, ledger, last)
    words = f"第{report.sequence}期由{last.office}代录。{TAKEN_OVER}"
    return {"words": words, "files": [], "acts": _entering(user, ledger, now)[1]}


def _offer(user, ledger, now) -> dict | None:
    silence, acts = _entering(user, ledger, now)
    if not acts:
        return None
    return {"words": f"{silence}。收到县里报来的台账后，可以代录。", "files": [], "acts": acts}


def _entering(user, ledger, now) -> tuple[str, list[dict]]:
    """Why and by which button this person may enter for the county now."""
    if not LEDGER_ACTS.openness("enter_for_county", user, ProxySeat(ledger)).ok:
        return "", []
    silence = silence_of(ledger, now)
    return silence, _buttons(ledger, [("enter_for_county", "代录")]) if silence else []


def _running(user, ledger, proxy) -> dict:
    files = [
        {"label": stored.name, "url": stored.get_absolute_url()}
        for stored in (proxy.workbook, proxy.scan)
        if stored
    ]
    acts = _next(user, ledger, proxy)
    words = f"{proxy.office}正在代录：{moment(proxy.received_at)}收到县里的来件（{proxy.way}）。"
    waits = ledger.prepared_at and not acts
    words += "已提交核对，等另一人核对、报送。" if waits else TAKEN_OVER
    return {"words": words, "files": files, "acts": acts}


def _next(user, ledger, proxy) -> list[dict]:
    """Filling until it is prepared; then checking, by another than who filled."""
    filled = {proxy.by_id, ledger.prepared_by_id}
    rows = CHECK if ledger.prepared_at else FILL
    if ledger.prepared_at and user.pk in filled:
        return []
    return _buttons(
        ledger, [(name, label) for name, act, label in rows if LEDGER_ACTS.openness(act, user, ledger).ok]
    )


def _buttons(ledger, rows) -> list[dict]:
    args = [ledger.campaign.code, ledger.agency.code]
    return [{"label": label, "url": reverse(f"ledgers:{name}", args=args)} for name, label in rows]


def tasks(user, now) -> list[Task]:
    """What is being entered for counties and waits for this person of the office above."""
    offices = [
        post.agency_id
        for post in user.current_postings
        if post.role in FILLING | CHECKING and post.agency.level not in BELOW
    ]
    if not offices:
        return []
    rows = ProxyEntry.objects.filter(office_id__in=offices, submissions=None).order_by("pk")
    pairs = set(rows.values_list("campaign_id", "agency_id"))
    if not pairs:
        return []
    wanted = Q(pk__in=[])
    for campaign, agency in pairs:
        wanted |= Q(campaign_id=campaign, agency_id=agency)
    ledgers = list(CountyLedger.objects.filter(wanted).select_related("campaign", "agency__region"))
    periods = periods_of(ledgers, now)
    open_ones = [(ledger, ledger.open_proxy()) for ledger in ledgers]
    found = (
        _task(user, ledger, proxy, periods[ledger.campaign_id, ledger.agency_id].likely)
        for ledger, proxy in open_ones
        if proxy
    )
    return [task for task in found if task]


def _task(user, ledger, proxy, duty) -> Task | None:
    acts = _next(user, ledger, proxy)
    mine = ledger.prepared_at is not None or user.pk == proxy.by_id
    if not acts or not mine:
        return None
    first = acts[0] if ledger.prepared_at else acts[-1]
    return Task(
        thing=f"{ledger.agency.region} {ledger.campaign} {duty or ''}".strip(),
        url=ledger.get_absolute_url(),
        what=f"代录的台账{first['label']}",
        act_url=first["url"],
        verb=first["label"],
        due=duty.due_at if duty else None,
    )
