"""组织实施: what the overview of a campaign says, and what one row's page says."""

from dataclasses import dataclass

from django.db.models import Count, Max
from django.urls import reverse

from accounts.models import Agency
from ledgers.acts import BOOK_ACTS, CAMPAIGN_ACTS
from ledgers.books import BOOKS
from ledgers.models import CampaignDocument, Meeting, MeetingMatter, Phase, ScreeningTarget, Seat, TaskForce
from ledgers.models.organising import ENOUGH
from ledgers.services.ledger_forms import form_of
from ledgers.services.organising import completion, percent

SHOWN = 12
CLOSING = (CampaignDocument.Kind.SUMMARY, CampaignDocument.Kind.SELF)


@dataclass(frozen=True)
class Scope:
    """Whose rows of which campaign: one agency's, or all that the person may read."""

    user: object
    campaign: object
    today: object
    agency: Agency | None = None

    def rows(self, model):
        """Rows that stand."""
        rows = model.objects.visible_to(self.user).filter(campaign=self.campaign).standing()
        return rows.filter(agency=self.agency) if self.agency else rows

    @property
    def runs(self) -> bool:
        """Whether the campaign is on."""
        return self.campaign.covers(self.today)


def own_seats(user, campaign) -> list[Seat]:
    """Where the person keeps the books, in the order of the tree."""
    held = [post.agency_id for post in user.current_postings]
    seats = Seat.objects.visible_to(user).filter(campaign=campaign, agency_id__in=held)
    seats = seats.select_related("campaign", "agency__region").order_by("agency__path")
    return [one for one in seats if BOOK_ACTS.openness("add_row", user, one).ok]


def add_links(user, campaign, book) -> list[dict]:
    """The way to the form of a book, once for each agency where the person keeps it."""
    seats = own_seats(user, campaign)
    return [
        {
            "label": book.verb if len(seats) == 1 else f"{book.verb}（{one.agency.name}）",
            "url": reverse("ledgers:add_row", args=[campaign.code, one.agency.code, book.key]),
        }
        for one in seats
    ]


def page_of(user, campaign, today, agency_code="") -> dict:
    """The context of ledgers/organising/overview.html."""
    agencies = list(members_read(user, campaign))
    chosen = next((one for one in agencies if one.code == agency_code), None)
    scope = Scope(user, campaign, today, chosen)
    seats = own_seats(user, campaign)
    own = campaign.get_absolute_url()
    matters = open_matters(scope)
    return {
        "campaign": campaign,
        "agencies": agencies,
        "chosen": chosen,
        "phase": current_phase(scope),
        "warnings": [one for seat in seats for one in warnings_of(scope, seat.agency)],
        "books": book_lines(scope, {seat.agency_id: seat for seat in seats}),
        "screening": screening_lines(scope.rows(ScreeningTarget)),
        "matters": [matter_line(one, today) for one in matters[:SHOWN]],
        "more_matters": max(len(matters) - SHOWN, 0),
        "facts": facts_of(campaign),
        "acts": campaign_acts(user, campaign),
        "ledger_url": own,
    }


def members_read(user, campaign):
    """The member agencies whose rows the person may read."""
    seats = Seat.objects.visible_to(user).filter(campaign=campaign)
    return Agency.objects.filter(pk__in=seats.values("agency_id")).order_by("region_id", "-kind")


def current_phase(scope) -> Phase | None:
    """The phase of today: that of the agency furthest down whose phases may be read."""
    running = scope.rows(Phase).filter(from_day__lte=scope.today, to_day__gte=scope.today)
    return running.select_related("agency").order_by("-agency__region_id", "-from_day").first()


def book_lines(scope, seats) -> list[dict]:
    """Every book: how many rows, what is wrong, the way to the list and to the form."""
    notes = {"forces": force_notes(scope), "screening": screening_notes(scope)}
    code = scope.campaign.code
    tail = f"?agency={scope.agency.code}" if scope.agency else ""
    seat = next(iter(seats.values())) if len(seats) == 1 else None
    return [
        {
            "label": book.label,
            "url": reverse("ledgers:book", args=[code, key]) + tail,
            "count": scope.rows(book.model).count(),
            "words": notes.get(key, []),
            "add_url": reverse("ledgers:add_row", args=[code, seat.agency.code, key]) if seat else "",
        }
        for key, book in BOOKS.items()
    ]


def force_notes(scope) -> list:
    """How many task forces are too small, how many not filed."""
    forces = scope.rows(TaskForce).annotate(people=Count("parts"))
    few = sum(1 for one in forces if one.people < ENOUGH)
    unfiled = sum(1 for one in forces if one.filed_on is None)
    return [
        *([(f"{few}个不足{ENOUGH}人", "amber")] if few else []),
        *([(f"{unfiled}个未备案", "amber")] if unfiled else []),
    ]


def screening_notes(scope) -> list:
    """Places whose day has passed."""
    late = scope.rows(ScreeningTarget).filter(done_on=None, planned_on__lt=scope.today).count()
    return [(f"{late}个已超期", "red")] if late else []


def screening_lines(targets) -> list[dict]:
    """完成率 of villages, gullies, mines, and of all."""
    rows = completion(targets)
    labels = {**dict(ScreeningTarget.Kind.choices), "": "合计"}
    return (
        [
            {"label": labels[kind], "done": done, "total": total, "percent": percent(done, total)}
            for kind, (done, total) in rows.items()
        ]
        if rows[""][1]
        else []
    )


def open_matters(scope) -> list[MeetingMatter]:
    """Matters of meetings that aren't done, those due first on top."""
    rows = MeetingMatter.objects.filter(done_on=None, row__in=scope.rows(Meeting))
    return sorted(
        rows.select_related("row__agency"), key=lambda one: (one.due_on is None, one.due_on, one.pk)
    )


def matter_line(one, today) -> dict:
    """One open follow-up."""
    return {
        "matter": one.matter,
        "follow_up": one.follow_up,
        "who": one.who,
        "due": one.due_on,
        "url": one.row.get_absolute_url(),
        "meeting": str(one.row),
        "agency": one.row.agency,
    }


def warnings_of(scope, agency) -> list[dict]:
    """What the person's own agency still owes the campaign."""
    if not scope.runs:
        return closing_warnings(scope, agency)
    own = Scope(scope.user, scope.campaign, scope.today, agency)
    return [*force_warnings(own), *meeting_warnings(own)]


def force_warnings(own) -> list[dict]:
    """专班 too small or not filed."""
    said = []
    for one in own.rows(TaskForce).prefetch_related("parts"):
        words = []
        if one.lacking:
            words.append(f"现有{len(one.parts.all())}人，不足{ENOUGH}人，还差{one.lacking}人")
        if one.filed_on is None:
            words.append("还没有报市专项行动办公室备案")
        if words:
            text = f"{one}：{'；'.join(words)}。"
            said.append({"text": text, "url": one.get_absolute_url(), "label": "查看"})
    return said


def meeting_warnings(own) -> list[dict]:
    """Kinds of meetings that this agency holds and that are due again."""
    held = own.rows(Meeting).values("kind").annotate(last=Max("held_on")).order_by("kind")
    said = []
    for row in held:
        by = Meeting.next_by(row["kind"], row["last"])
        if by and by < own.today:
            label = Meeting.Kind(row["kind"]).label
            text = f"{label}：上次 {row['last']} 召开，应在 {by} 前再次召开。"
            said.append({"text": text, "url": _list(own, "meetings", row["kind"]), "label": "查看"})
    return said


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
    address = reverse("ledgers:book", args=[own.campaign.code, key])
    return f"{address}?agency={own.agency.code}{tail}"


def facts_of(campaign) -> list[dict]:
    """Region, days, form, how many take part."""
    kinds = campaign.members.values_list("agency__kind").annotate(count=Count("pk")).order_by()
    names = dict(Agency._meta.get_field("kind").choices)
    members = "、".join(f"{names[kind]}{count}个" for kind, count in sorted(kinds, key=lambda x: -x[1]))
    return [
        {"label": "区域", "value": campaign.region.name},
        {"label": "期限", "value": f"{campaign.from_day} 至 {campaign.to_day or '长期'}"},
        {"label": "台账表式", "value": form_of(campaign).title},
        {"label": "成员单位", "value": members},
    ]


def campaign_acts(user, campaign) -> list[dict]:
    """复制, 修改成员单位: buttons for the liaison of its region."""
    if campaign.agency is None:
        return []
    return [
        {"label": CAMPAIGN_ACTS.get(name).label, "url": reverse(f"ledgers:{name}", args=[campaign.code])}
        for name in ("amend_campaign", "amend_members", "copy_campaign")
        if CAMPAIGN_ACTS.openness(name, user, campaign).ok
    ]
