"""The bar above a live ledger: which one, how far it is, what comes next."""

from urllib.parse import urlencode

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.roles import CHECKER, LEADERS, LIAISON
from campaigns.models import Campaign
from campaigns.models.campaign import organisation_url
from common import csv_out
from ledgers import stages
from ledgers.acts import LEDGER_ACTS
from ledgers.models import Consolidation, Submission, SubmissionRow, Verdict
from ledgers.showing.offered import accept_link
from ledgers.showing.period import period_at

WORKING = frozenset({LIAISON, CHECKER})


def bar(scope, work, day, now) -> dict:
    """The context of parts/ledger_bar.html."""
    campaign, ledger = scope.campaign, scope.ledger
    period = period_at(work, now) if work else None
    own = campaign.get_absolute_url()
    mine = Campaign.objects.visible_to(scope.user)
    asked = {"county": ledger and ledger.agency.code, "as_of": scope.as_of}
    query = urlencode({name: value for name, value in asked.items() if value})
    return {
        "campaign": campaign.name,
        "campaigns": [
            {"label": other.name, "url": other.get_absolute_url(), "current": other.pk == campaign.pk}
            for other in mine
        ],
        "county": ledger.agency.region.name if ledger else f"{campaign.region.name}全部",
        "counties": _counties(scope),
        "as_of": day,
        "as_of_action": own,
        "as_of_hidden": [("county", ledger.agency.code)] if ledger else [],
        "states": stages.steps_of(period.state) if period else [],
        "due": period and period.due,
        "duty": period.progress if period else "",
        "last": period and _last(scope.user, ledger, period),
        "links": [{"label": "组织实施", "url": organisation_url(campaign), "icon": "users"}],
        "acts": [] if scope.as_of else _acts(scope, period),
        "export": exports("导出", reverse("ledgers:download", args=[campaign.code]), query),
    }


def exports(label: str, url: str, query: str = "") -> dict[str, str]:
    """The button of a workbook, with the addresses of the same rows as CSV beside it."""
    kinds = {kind: f"{url}?{query}&export={kind}".replace("?&", "?") for kind in csv_out.ENCODINGS}
    return {"label": label, "url": f"{url}?{query}" if query else url, **kinds}


def _last(user, ledger, period) -> dict | None:
    """The last report, with its address for who reads reports; public security reads the ledger alone."""
    last = period.last
    sees = any(ledger.agency.path.startswith(path) for path in user.reach_paths())
    return last if last is None or sees else {**last, "url": ""}


def _acts(scope, period) -> list[dict]:
    """待纳入, 导入, 提交核对, 核对, 报送 for the county's own people; 汇总 for the prefecture's."""
    if scope.ledger is None:
        return _prefecture_acts(scope)
    ledger = scope.ledger
    mine = {post.role for post in scope.user.current_postings if post.agency_id == ledger.agency_id}
    args = [ledger.campaign.code, ledger.agency.code]
    if LEDGER_ACTS.openness("confirm_police", scope.user, ledger).ok:
        url = reverse("ledgers:confirm_police", args=args)
        return [{"label": "核对公安数据", "url": url, "strong": True}]
    rows = [("replace_checker", "指定今天的审核人", False)] if mine & LEADERS else []
    work = period.work
    if mine & WORKING:
        rows.append(("candidates", f"待纳入 {period.waiting} 条", False))
    if LIAISON in mine:
        rows.append(("import_upload", "导入", False))
        rows.append(("prepare_ledger", "提交核对", not ledger.prepared_at))
    if CHECKER in mine:
        rows.append(("check", "核对", not work.is_checked))
        rows.append(("submit", "报送", period.is_ready))
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
    if link := accept_link(scope.user, scope.campaign):
        rows.append({"label": link.label, "url": link.url, "strong": False})
    if seat and LEDGER_ACTS.openness("consolidate_ledger", scope.user, Consolidation(seat)).ok:
        url = reverse("ledgers:consolidate", args=[scope.campaign.code])
        rows.append({"label": "生成汇总台账", "url": url, "strong": True})
    return rows


def with_verdict(submissions):
    """Submissions with `last_accepted`: None until answered."""
    answers = Verdict.objects.filter(submission=OuterRef("pk")).order_by("-pk")
    return submissions.annotate(last_accepted=Subquery(answers.values("accepted")[:1]))


def with_row_count(submissions):
    """Submissions with `row_count`, counted of each that is shown."""
    rows = SubmissionRow.objects.filter(submission=OuterRef("pk")).order_by()
    counted = rows.values("submission").annotate(count=Count("pk")).values("count")
    return submissions.annotate(row_count=Coalesce(Subquery(counted), 0))


def latest_states(scope) -> dict[int, str]:
    """The label of what became of each county's last submission, by agency; one query."""
    rows = Submission.objects.visible_to(scope.user).filter(campaign=scope.campaign, consolidated=False)
    rows = with_verdict(rows).order_by("sequence").values_list("agency_id", "last_accepted")
    return {agency: stages.of_answer(accepted).label for agency, accepted in rows}


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
    for ledger in scope.ledgers:
        state = states.get(ledger.agency_id, "未报送")
        rows.append(
            {
                "label": f"{ledger.agency.region.name}　{state}",
                "url": f"{own}?county={ledger.agency.code}" + (f"&{tail}" if tail else ""),
                "current": scope.ledger is not None and scope.ledger.pk == ledger.pk,
            }
        )
    return rows
