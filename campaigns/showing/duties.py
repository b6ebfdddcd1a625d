"""A duty as people see it: its state in words, its page, what may be done about it."""

from django.urls import reverse
from django.utils import timezone

from accounts import showing
from accounts.policy import may_open
from campaigns.acts import BOOK_ACTS, DUTY_ACTS
from campaigns.answers import answer_of
from campaigns.models import Campaign, Duty, DutyKind, DutyPaper, DutyRule, DutyState, Meeting, Seat
from campaigns.services.claims import standstills_around
from campaigns.stages import stage_of
from common.showing.times import moment
from common.spans import lateness


def to_the_second(at) -> str:
    """2026-05-15 17:59:58; nothing for none."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}" if at else ""


def returned_words(duty: Duty) -> str:
    """Why the last paper came back, while it has to be handed in again."""
    back = duty.state == DutyState.RETURNED and duty.returned_for
    return f"退回理由：{duty.returned_for}" if back else ""


def answer_url(duty: Duty) -> str:
    """The form that answers a duty: to hand in paper, to write a meeting down in its campaign's book, or
    in that of the newest campaign its office takes part in; else the duty's own page."""
    if duty.what == DutyKind.PAPER:
        return reverse("campaigns:hand_in", args=[duty.public_id])
    if duty.what != DutyKind.MEETING:
        return duty.get_absolute_url()
    seats = Seat.objects.filter(agency_id=duty.agency_id).order_by("-campaign__from_day")
    campaign = duty.campaign or next((seat.campaign for seat in seats.select_related("campaign")[:1]), None)
    if campaign is None:
        return duty.get_absolute_url()
    return reverse("campaigns:add_row", args=[campaign.code, duty.agency.code, "meetings"])


def words_of(duty: Duty, now) -> list[tuple[str, str]]:
    """已报送 · 迟报 2 小时 14 分 · 补登待认定."""
    stage, late = stage_of(duty.state), duty.late_by(now)
    words = [(stage.label, stage.tone)]
    if late and stage.overdue:
        words = [(f"{stage.overdue}，已超 {lateness(late)}", "red")]
    elif late and stage.reported:
        words.append((f"迟报 {lateness(late)}", "red"))
    if duty.wanted_by != duty.due_at and duty.wanted_by < now:
        words.append((f"重报已超 {lateness(now - duty.wanted_by)}", "red"))
    if claim := duty.claim_or_none:
        ruled = {None: ("补登待认定", "amber"), True: ("补登已认定", "green"), False: ("补登未认定", "")}
        words.append(ruled[claim.recognised])
    return words


def page_of(user, duty: Duty, now) -> dict:
    """The context of campaigns/duties/detail.html."""
    return {
        "duty": duty,
        "owed": stage_of(duty.state).owed,
        "flags": words_of(duty, now),
        "now": now,
        "facts": facts(user, duty),
        "claim": claim_rows(duty),
        "calls": duty.calls.select_related("by"),
        "papers": _papers(duty),
        "standstills": standstills_around(duty) if duty.late_by(now) else [],
        "acts": _acts(user, duty),
        "trail": showing.trail_of(duty),
    }


def _papers(duty: Duty) -> list[dict]:
    """What was handed in, the newest first, and what became of each; only the newest can still wait."""
    papers = list(duty.papers.select_related("file", "recorded_by__agency"))
    newest = {DutyState.SUBMITTED: "待接收", DutyState.ACCEPTED: "已接收"}.get(duty.state, "已退回")
    return [
        {
            "paper": paper,
            "by": _by(duty, paper),
            "word": newest if paper == papers[0] else "已退回",
        }
        for paper in papers
    ]


def _by(duty: Duty, paper: DutyPaper) -> str:
    """Who handed it in, and for whom where that was the office above (代录)."""
    person = paper.recorded_by
    own = person.agency_id == duty.agency_id or person.postings.filter(agency_id=duty.agency_id).exists()
    return person.name if own else f"{person.name}（由{person.agency}代录）"


def facts(user, duty: Duty) -> list[dict]:
    """What is owed, by when and why, what came in when."""
    sees_rule = (
        may_open(user, "campaigns:duty_rule")
        and DutyRule.objects.visible_to(user).filter(pk=duty.rule_id).exists()
    )
    rows = [
        {"label": "报送单位", "value": duty.agency.name},
        {"label": "报往", "value": duty.upper.name},
        {"label": "报送内容", "value": duty.get_what_display()},
        _campaign_fact(user, duty) if duty.campaign else None,
        {"label": "截止时间", "value": moment(duty.due_at)},
        {"label": "重报截止", "value": moment(duty.again_by)} if duty.again_by else None,
        {"label": "为什么是这一天", "value": duty.explanation},
        {"label": "依据", "value": duty.rule.article} if duty.rule.article else None,
        {
            "label": "报送规则",
            "value": duty.rule.name,
            "url": duty.rule.get_absolute_url() if sees_rule else "",
        },
        {"label": "报送时间", "value": to_the_second(duty.submitted_at)},
        {"label": "退回理由", "value": duty.returned_for} if returned_words(duty) else None,
    ]
    if duty.meeting:
        rows.append(
            {"label": "召开的会议", "value": str(duty.meeting), "url": _meeting_page(user, duty.meeting)}
        )
    if answer := answer_of(duty):
        rows.append({"label": "报送的台账", "value": answer.words, "url": answer.url})
    return [row for row in rows if row]


def _campaign_fact(user, duty: Duty) -> dict:
    sees = Campaign.objects.visible_to(user).filter(pk=duty.campaign_id).exists()
    opens = sees and may_open(user, "campaigns:organisation")
    return {
        "label": "专项行动",
        "value": str(duty.campaign),
        "url": duty.campaign.get_absolute_url() if opens else "",
    }


def _meeting_page(user, meeting: Meeting) -> str:
    sees = Meeting.objects.visible_to(user).filter(pk=meeting.pk).exists()
    return meeting.get_absolute_url() if sees and may_open(user, "campaigns:book_row") else ""


def claim_rows(duty: Duty) -> list[dict]:
    """线下报送补登, with what was decided."""
    claim = duty.claim_or_none
    if claim is None:
        return []
    scan = {"label": claim.scan.name, "url": claim.scan.get_absolute_url()}
    rows = [
        {"label": "实际报送时间", "value": to_the_second(claim.sent_at)},
        {"label": "盖章扫描件", "value": "已上传", "evidence": [scan]},
        {"label": "因系统停机", "value": "是" if claim.system_down else "否"},
        {"label": "说明", "value": claim.note or "无"},
        {"label": "登记", "value": f"{claim.recorded_by.name}　{moment(claim.recorded_at)}"},
    ]
    if claim.recognised is not None:
        word = "按实际报送时间认定" if claim.recognised else "不予认定，按系统内的时间"
        rows.append({"label": "认定", "value": f"{word}。{claim.ruling}"})
        rows.append({"label": "认定人", "value": f"{claim.ruled_by.name}　{moment(claim.ruled_at)}"})
    return rows


def _acts(user, duty: Duty) -> list[dict]:
    acts = showing.next_acts(
        DUTY_ACTS, user, duty, lambda act: reverse(f"campaigns:{act.name}", args=[duty.public_id])
    )
    stage = stage_of(duty.state)
    first = DUTY_ACTS.get(stage.first_act).label if stage.first_act else ""
    acts = sorted((act for act in acts if act["open"]), key=lambda act: act["label"] != first)
    if duty.what == DutyKind.LEDGER and duty.campaign and stage.owed:
        url = f"{duty.campaign.get_absolute_url()}?county={duty.agency.code}"
        acts.insert(0, {"label": "去台账", "url": url, "open": True, "article": ""})
    if duty.what == DutyKind.MEETING and not duty.meeting and _keeps_books(user, duty.agency_id):
        acts.insert(0, {"label": "登记会议", "url": answer_url(duty), "open": True, "article": ""})
    return acts


def _keeps_books(user, agency_id: int) -> bool:
    codes = BOOK_ACTS.get("add_row").roles
    return any(post.role in codes and post.agency_id == agency_id for post in user.current_postings)
