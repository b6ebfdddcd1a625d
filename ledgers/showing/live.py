"""The live ledger of a campaign: the sheet, and the bar with what comes next."""

from urllib.parse import urlencode

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from accounts.roles import CHECKER, LIAISON
from common.templatetags.ui import moment
from ledgers.acts import LEDGER_ACTS, STATES
from ledgers.models import Campaign, Consolidation, Submission, Verdict
from ledgers.models.organising import organisation_url
from ledgers.services.candidates import waiting
from ledgers.services.checking import work_of
from ledgers.services.duties import next_of
from ledgers.services.exporting import DRAFT, foot, live_digest
from ledgers.services.police_half import confirmation_of, police_rows
from ledgers.showing.sheets import PER_PAGE, lines, live_address, sheet, signatures
from ledgers.showing.sums import regions_of

STEPS = (("draft", "草稿"), ("checked", "已核对"), ("submitted", "已报送"), ("accepted", "已接收"))
WORKING = frozenset({LIAISON, CHECKER})
# More rows than these make a page that takes a browser minutes; they print from the workbook.
ON_ONE_PAGE = 2000


def page_of(scope, now) -> dict:
    """The context of ledgers/sheet/page.html."""
    form = scope.form
    work = work_of(scope.ledger, form=form) if scope.ledger and scope.as_of is None else None
    today = timezone.localdate(now)
    rows = work.rows if work and work.as_of == today else scope.rows()
    whole = scope.whole and len(rows) <= ON_ONE_PAGE
    start, size = (0, None) if whole else ((scope.page - 1) * PER_PAGE, PER_PAGE)
    drawn = lines(
        form,
        rows,
        live_address(scope.as_of),
        sum_address(scope, rows),
        subtotals=scope.several,
        start=start,
        size=size,
    )
    day = scope.as_of or today
    unit = scope.ledger.agency.name if scope.ledger else scope.campaign.region.name
    return {
        "campaign": scope.campaign,
        "scope": scope,
        "now": now,
        "bar": bar(scope, work, day, now),
        "sheet": sheet(
            form,
            drawn,
            filler=unit,
            signatures=signatures(as_of=day),
            print_foot=f"{foot(form, live_digest(form, rows), DRAFT)}　数据截至 {day}",
            nothing=_nothing(scope),
        ),
        "pages": None if whole else pages(scope, len(rows)),
        "notes": _notes(scope, work),
    }


def sum_address(scope, rows):
    """What a 小计 or 合计 opens: the rows that it adds up, within the same county and day."""
    regions = regions_of(rows) if scope.several else {}
    county = scope.ledger.agency.code if scope.ledger else ""
    asked = {"county": county, "as_of": scope.as_of}

    def address(key, agency_id=None):
        url = reverse("ledgers:sum", args=[scope.campaign.code, key])
        more = asked | {"region": regions.get(agency_id)}
        query = urlencode({name: value for name, value in more.items() if value})
        return f"{url}?{query}" if query else url

    return address


def bar(scope, work, day, now) -> dict:
    """The context of parts/sheet_bar.html."""
    campaign, ledger = scope.campaign, scope.ledger
    own = campaign.get_absolute_url()
    mine = Campaign.objects.visible_to(scope.user)
    asked = {"county": ledger and ledger.agency.code, "as_of": scope.as_of}
    query = urlencode({name: value for name, value in asked.items() if value})
    return {
        "campaign": campaign.name,
        "campaigns": [
            {"label": one.name, "url": one.get_absolute_url(), "current": one.pk == campaign.pk}
            for one in mine
        ],
        "county": ledger.agency.region.name if ledger else f"{campaign.region.name}全部",
        "counties": _counties(scope),
        "as_of": day,
        "as_of_action": own,
        "as_of_hidden": [("county", ledger.agency.code)] if ledger else [],
        "states": steps(work.state) if work else [],
        "due": due_of(ledger, now) if work else None,
        "duty": progress(work) if work else "",
        "links": [{"label": "组织实施", "url": organisation_url(campaign), "icon": "users"}],
        "acts": [] if scope.as_of else _acts(scope, work),
        "export": {
            "label": "导出",
            "url": reverse("ledgers:download", args=[campaign.code]) + (f"?{query}" if query else ""),
        },
    }


def steps(state: str) -> list[dict]:
    """草稿 → 已核对 → 已报送 → 已接收, as far as the ledger has come."""
    names = [name for name, _ in STEPS]
    rows = [{"label": label} for _, label in STEPS]
    at = names.index("submitted" if state == "returned" else state)
    for place, row in enumerate(rows):
        done = place < at or state == "accepted"
        row["state"] = "done" if done else "current" if place == at else "todo"
    if state == "returned":
        rows[at]["state"] = "done"
        rows[-1] = {"label": STATES["returned"], "state": "current"}
    return rows


def progress(work) -> str:
    """台账草稿 已核对 12/14."""
    if work.state in STATES:
        return f"上次报送{STATES[work.state]}，此后没有变化"
    words = f"已核对 {len(work.checked)}/{len(work.rows)}"
    return words if work.ledger.prepared_at else f"待提交核对，{words}"


def is_ready(work) -> bool:
    """Prepared and every row checked: what is left is 报送."""
    return bool(work.ledger.prepared_at) and work.is_checked


def due_of(ledger, now):
    """When the next report of a ledger is due; None where no rule says so."""
    duty = next_of([ledger], now).get((ledger.campaign_id, ledger.agency_id))
    return duty and duty.due_at


def _acts(scope, work) -> list[dict]:
    """待纳入, 导入, 提交核对, 核对, 报送 for the county's own people; 汇总 for the prefecture's."""
    if scope.ledger is None:
        return _prefecture_acts(scope)
    ledger = scope.ledger
    mine = {post.role for post in scope.user.current_postings if post.agency_id == ledger.agency_id}
    args = [ledger.campaign.code, ledger.agency.code]
    if LEDGER_ACTS.openness("confirm_police", scope.user, ledger).ok:
        url = reverse("ledgers:confirm_police", args=args)
        return [{"label": "核对公安数据", "url": url, "strong": True}]
    if not mine & WORKING:
        return []
    count = len(waiting(ledger.campaign, ledger.agency))
    rows = [("candidates", f"待纳入 {count} 条", False)]
    if LIAISON in mine:
        rows.append(("import_upload", "导入", False))
        rows.append(("prepare_ledger", "提交核对", not ledger.prepared_at))
    if CHECKER in mine:
        rows.append(("check", "核对", not work.is_checked))
        rows.append(("submit", "报送", is_ready(work)))
    return [
        {"label": label, "url": reverse(f"ledgers:{name}", args=args), "strong": strong}
        for name, label, strong in rows
    ]


def _prefecture_acts(scope) -> list[dict]:
    seat, rows = scope.seat(), []
    if Submission.objects.visible_to(scope.user).filter(campaign=scope.campaign).exists():
        listed = reverse("ledgers:submissions") + f"?campaign={scope.campaign.code}"
        rows.append({"label": "各县报送", "url": listed, "strong": False})
    rule = scope.campaign.duty_rules.filter(what="ledger").first()
    if rule and rows:
        rows.insert(0, {"label": "报送情况", "url": rule.board_url, "strong": False})
    if seat and LEDGER_ACTS.openness("consolidate_ledger", scope.user, Consolidation(seat)).ok:
        url = reverse("ledgers:consolidate", args=[scope.campaign.code])
        rows.append({"label": "生成汇总台账", "url": url, "strong": True})
    return rows


def with_verdict(submissions):
    """Submissions with `last_accepted`: None until answered."""
    answers = Verdict.objects.filter(submission=OuterRef("pk")).order_by("-pk")
    return submissions.annotate(last_accepted=Subquery(answers.values("accepted")[:1]))


def latest_states(scope) -> dict[int, str]:
    """What became of each county's last submission, by agency; one query."""
    rows = Submission.objects.visible_to(scope.user).filter(campaign=scope.campaign, consolidated=False)
    said = {None: "submitted", True: "accepted", False: "returned"}
    rows = with_verdict(rows).order_by("sequence").values_list("agency_id", "last_accepted")
    return {agency: said[accepted] for agency, accepted in rows}


def _counties(scope) -> list[dict]:
    if len(scope.ledgers) < 2:
        return []
    own, states = scope.campaign.get_absolute_url(), latest_states(scope)
    tail = f"as_of={scope.as_of}" if scope.as_of else ""
    rows = [
        {
            "label": f"{scope.campaign.region.name}全部",
            "url": own + (f"?{tail}" if tail else ""),
            "current": scope.ledger is None,
        }
    ]
    for one in scope.ledgers:
        state = STATES.get(states.get(one.agency_id), "未报送")
        rows.append(
            {
                "label": f"{one.agency.region.name}　{state}",
                "url": f"{own}?county={one.agency.code}" + (f"&{tail}" if tail else ""),
                "current": scope.ledger is not None and scope.ledger.pk == one.pk,
            }
        )
    return rows


def pages(scope, count: int) -> dict | None:
    """Which rows are shown of how many; nothing where all are."""
    if count <= PER_PAGE:
        return None
    last = -(-count // PER_PAGE)
    start = (scope.page - 1) * PER_PAGE

    def url(tail):
        county = f"county={scope.ledger.agency.code}&" if scope.ledger else ""
        day = f"as_of={scope.as_of}&" if scope.as_of else ""
        return f"?{county}{day}{tail}"

    return {
        "start": start + 1,
        "end": min(start + PER_PAGE, count),
        "count": count,
        "number": scope.page,
        "last": last,
        "previous_url": url(f"page={scope.page - 1}") if scope.page > 1 else "",
        "next_url": url(f"page={scope.page + 1}") if scope.page < last else "",
        "all_url": url("all=1") if count <= ON_ONE_PAGE else "",
    }


def _nothing(scope) -> str:
    if scope.as_of:
        return f"截至 {scope.as_of} 台账中还没有条目。"
    if scope.ledger and any(
        post.role == LIAISON and post.agency_id == scope.ledger.agency_id
        for post in scope.user.current_postings
    ):
        return "台账中还没有条目。点“待纳入”选择案件和线索，或者点“导入”导入现用的台账。"
    return "台账中还没有条目。"


def _notes(scope, work) -> list[tuple[str, str]]:
    """Sentences above the sheet: bad days, what the prefecture wants corrected."""
    notes = [(fault, "amber") for fault in scope.faults]
    if scope.as_of:
        notes.append((f"这是截至 {scope.as_of} 的台账，只看不改。", ""))
    if work and police_rows(work.rows):
        notes.append(_police_note(work))
    if work and work.corrects:
        answer = work.corrects.verdicts.first()
        if answer and not answer.accepted:
            notes.append((f"第{work.corrects.sequence}期已被退回：{answer.reason}", "red"))
    return notes


def _police_note(work) -> tuple[str, str]:
    """Whether public security has confirmed its figures as they now stand."""
    confirmed = confirmation_of(work.ledger, work.rows)
    if confirmed is None:
        return "公安部门处理情况待公安核对，不影响报送。", "amber"
    return f"公安部门处理情况已由{confirmed.by.name}核对（{moment(confirmed.at)}）。", "green"
