"""Duties as people see them: one duty, one round of all offices, a person's next ones."""

from django.urls import reverse
from django.utils import timezone

from accounts import showing
from campaigns.acts import DUTY_ACTS, DUTY_RULE_ACTS, ROUND_ACTS
from campaigns.answers import answer_of
from campaigns.models import Duty, DutyKind, DutyRule, DutyState
from campaigns.models.duty import OWED, REPORTED
from campaigns.services.claims import standstills_around
from campaigns.services.duties import agencies_of, next_due_times
from common.spans import lateness
from common.templatetags.ui import moment

TONES = {
    DutyState.OPEN: "",
    DutyState.SUBMITTED: "amber",
    DutyState.ACCEPTED: "green",
    DutyState.RETURNED: "red",
    DutyState.MISSED: "red",
    DutyState.CANCELLED: "",
}


def to_the_second(at) -> str:
    """2026-05-15 17:59:58; nothing for none."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}" if at else ""


def words_of(duty: Duty, now) -> list[tuple[str, str]]:
    """已报送 · 迟报 2 小时 14 分 · 补登待认定."""
    words = [(duty.get_state_display(), TONES[duty.state])]
    late = duty.late_by(now) if duty.state != DutyState.CANCELLED else None
    if late and duty.state == DutyState.OPEN:
        words = [(f"未报，已超 {lateness(late)}", "red")]
    elif late and duty.state in REPORTED:
        words.append((f"迟报 {lateness(late)}", "red"))
    if claim := duty.claim_or_none:
        ruled = {None: ("补登待认定", "amber"), True: ("补登已认定", "green"), False: ("补登未认定", "")}
        words.append(ruled[claim.recognised])
    return words


def page_of(user, duty: Duty, now) -> dict:
    """The context of campaigns/duties/detail.html."""
    return {
        "duty": duty,
        "flags": words_of(duty, now),
        "now": now,
        "facts": facts(user, duty),
        "claim": claim_rows(duty),
        "papers": duty.papers.select_related("file", "recorded_by"),
        "standstills": standstills_around(duty) if duty.late_by(now) else [],
        "acts": _acts(user, duty),
        "trail": showing.trail_of(duty),
    }


def facts(user, duty: Duty) -> list[dict]:
    """What is owed, by when and why, what came in when."""
    sees_rule = DutyRule.objects.visible_to(user).filter(pk=duty.rule_id).exists()
    rows = [
        {"label": "报送单位", "value": duty.agency.name},
        {"label": "报往", "value": duty.upper.name},
        {"label": "报送内容", "value": duty.get_what_display()},
        {"label": "专项行动", "value": str(duty.campaign), "url": duty.campaign.get_absolute_url()}
        if duty.campaign
        else None,
        {"label": "截止时间", "value": moment(duty.due_at)},
        {"label": "为什么是这一天", "value": duty.explanation},
        {"label": "依据", "value": duty.rule.article} if duty.rule.article else None,
        {
            "label": "报送规则",
            "value": duty.rule.name,
            "url": duty.rule.get_absolute_url() if sees_rule else "",
        },
        {"label": "报送时间", "value": to_the_second(duty.submitted_at)},
    ]
    if answer := answer_of(duty):
        rows.append({"label": "报送的台账", "value": answer.words, "url": answer.url})
    return [row for row in rows if row]


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
    acts = [act for act in acts if act["open"]]
    if duty.what == DutyKind.LEDGER and duty.campaign and duty.state in OWED:
        url = f"{duty.campaign.get_absolute_url()}?county={duty.agency.code}"
        acts.insert(0, {"label": "去台账", "url": url, "open": True, "article": ""})
    return acts


def rule_page(user, rule, now) -> dict:
    """The context of campaigns/duties/rule.html."""
    return {
        "rule": rule,
        "now": now,
        "facts": [
            {"label": "制定单位", "value": rule.agency.name},
            {"label": "报送内容", "value": rule.get_what_display()},
            {"label": "专项行动", "value": str(rule.campaign or "不属于专项行动")},
            {
                "label": "报送单位",
                "value": f"{len(agencies_of(rule))}个",
                "flags": [(rule.get_kind_display(), ""), (rule.get_level_display() or "各级", "")],
            },
            {"label": "时间", "value": rule.rhythm.words},
            {"label": "遇休息日", "value": rule.get_holidays_display()},
            {"label": "提前提醒", "value": "、".join(f"{one}天" for one in rule.leads) or "不提前"},
            {"label": "依据", "value": rule.article},
            {"label": "起止", "value": f"{rule.from_day} 至 {rule.to_day or '长期'}"},
        ],
        "times": next_due_times(rule, now),
        "acts": showing.next_acts(
            DUTY_RULE_ACTS,
            user,
            rule,
            lambda act: (
                "" if act.name == "set_rule" else reverse(f"campaigns:{act.name}", args=[rule.public_id])
            ),
            frozenset({"end_rule"}),
        ),
        "trail": showing.trail_of(rule),
    }


def nearest_day(rows, now):
    """The day of the round that people ask for: the one due nearest to now."""
    days = dict(rows.order_by("due_at").values_list("day", "due_at").distinct())
    return min(days, key=lambda day: abs(days[day] - now), default=None)


def board_page(user, the_round, now) -> dict:
    """Who has reported, who hasn't, who is late: counted; and the neighbouring rounds."""
    duties = list(the_round.duties.exclude(state=DutyState.CANCELLED).select_related("claim"))
    owed = [duty for duty in duties if duty.state in OWED]
    late = [duty for duty in duties if duty.state in REPORTED and duty.late_by(now)]
    done = [duty for duty in duties if duty.state in (DutyState.SUBMITTED, DutyState.ACCEPTED)]
    claims = [d for d in duties if d.claim_or_none and d.claim.recognised is None]
    days = list(
        Duty.objects.visible_to(user)
        .filter(rule=the_round.rule)
        .order_by("day")
        .values_list("day", flat=True)
        .distinct()
    )
    at = days.index(the_round.day) if the_round.day in days else -1
    return {
        "rule": the_round.rule,
        "day": the_round.day,
        "due": duties[0].due_at if duties else None,
        "now": now,
        "counts": [
            ("应报", len(duties), ""),
            ("已报", len(done), "green"),
            ("未报", len(owed), "red" if any(one.due_at <= now for one in owed) else ""),
            ("迟报", len(late), "red" if late else ""),
            ("补登待认定", len(claims), "amber" if claims else ""),
        ],
        "missing": [duty.agency.name for duty in owed],
        "may_remind": bool(owed)
        and bool(duties)
        and ROUND_ACTS.openness("remind_missing", user, the_round).ok,
        "earlier": days[at - 1] if at > 0 else None,
        "later": days[at + 1] if 0 <= at < len(days) - 1 else None,
    }
