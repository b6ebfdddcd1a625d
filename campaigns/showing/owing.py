"""What an agency still owes a campaign: 专班 too small, meetings overdue, papers missing at its end."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.urls import reverse

from accounts.models import Agency, User
from campaigns.models import Campaign, CampaignDocument, Meeting, TaskForce
from campaigns.models.organising import ENOUGH

CLOSING = (CampaignDocument.Kind.SUMMARY, CampaignDocument.Kind.SELF)


@dataclass(frozen=True)
class Scope:
    """Whose rows of which campaign: one agency's, or all that the person may read."""

    user: User
    campaign: Campaign
    today: date
    agency: Agency | None = None

    def rows(self, model):
        """Rows that stand."""
        rows = model.objects.visible_to(self.user).filter(campaign=self.campaign).standing()
        return rows.filter(agency=self.agency) if self.agency else rows

    @property
    def runs(self) -> bool:
        """Whether the campaign is on."""
        return self.campaign.covers(self.today)


def warnings_of(scope, agency) -> list[dict]:
    """What the person's own agency still owes the campaign."""
    if not scope.runs:
        return closing_warnings(scope, agency)
    own = Scope(scope.user, scope.campaign, scope.today, agency)
    return [*force_warnings(own), *meeting_warnings(own)]


def force_warnings(own) -> list[dict]:
    """专班 too small or not lodged with the prefecture."""
    warnings = []
    for force in own.rows(TaskForce).prefetch_related("parts"):
        words = []
        if force.lacking:
            words.append(f"现有{len(force.parts.all())}人，不足{ENOUGH}人，还差{force.lacking}人")
        if force.lodged_on is None:
            words.append("还没有报市专项行动办公室备案")
        if words:
            text = f"{force}：{'；'.join(words)}。"
            warnings.append({"text": text, "url": force.get_absolute_url(), "label": "查看"})
    return warnings


def meeting_warnings(own) -> list[dict]:
    """Kinds of meetings that this agency holds and that are due again."""
    held = own.rows(Meeting).values("kind").annotate(last=Max("held_on")).order_by("kind")
    warnings = []
    for row in held:
        by = Meeting.next_by(row["kind"], row["last"])
        if by and by < own.today:
            label = Meeting.Kind(row["kind"]).label
            text = f"{label}：上次 {row['last']} 召开，应在 {by} 前再次召开。"
            warnings.append({"text": text, "url": _list(own, "meetings", row["kind"]), "label": "查看"})
    return warnings


def closing_warnings(scope, agency) -> list[dict]:
    """A campaign that ended wants 工作总结 and 自评报告."""
    own = Scope(scope.user, scope.campaign, scope.today, agency)
    if scope.campaign.to_day is None or scope.today <= scope.campaign.to_day:
        return []
    there = set(own.rows(CampaignDocument).values_list("kind", flat=True))
    missing = [kind.label for kind in CLOSING if kind not in there]
    if not missing:
        return []
    text = f"专项行动已结束，{agency.name}还没有登记{'和'.join(missing)}。"
    return [{"text": text, "url": _list(own, "documents"), "label": "去登记"}]


def _list(own, key, kind="") -> str:
    tail = f"&kind={kind}" if kind else ""
    address = reverse("campaigns:book", args=[own.campaign.code, key])
    return f"{address}?agency={own.agency.code}{tail}"
