"""组织实施: what the overview of a campaign says, and what one row's page says."""

from django.db.models import Count
from django.urls import reverse

from accounts.models import Agency
from campaigns.acts import BOOK_ACTS, CAMPAIGN_ACTS
from campaigns.books import BOOKS
from campaigns.models import Meeting, MeetingItem, Phase, ScreeningTarget, Seat, TaskForce
from campaigns.models.organising import ENOUGH
from campaigns.services.organising import completion, percent
from campaigns.showing.owing import Scope, warnings_of

SHOWN = 12


def own_seats(user, campaign) -> list[Seat]:
    """Where the person keeps the books, in the order of the tree."""
    held = [post.agency_id for post in user.current_postings]
    seats = Seat.objects.visible_to(user).filter(campaign=campaign, agency_id__in=held)
    seats = seats.select_related("campaign", "agency__region").order_by("agency__path")
    return [seat for seat in seats if BOOK_ACTS.openness("add_row", user, seat).ok]


def add_links(user, campaign, book) -> list[dict]:
    """The way to the form of a book, once for each agency where the person keeps it."""
    seats = own_seats(user, campaign)
    return [
        {
            "label": book.verb if len(seats) == 1 else f"{book.verb}（{seat.agency.name}）",
            "url": reverse("campaigns:add_row", args=[campaign.code, seat.agency.code, book.key]),
        }
        for seat in seats
    ]


def page_of(user, campaign, today, agency_code="") -> dict:
    """The context of campaigns/organising/overview.html."""
    agencies = list(members_read(user, campaign))
    chosen = next((agency for agency in agencies if agency.code == agency_code), None)
    scope = Scope(user, campaign, today, chosen)
    seats = own_seats(user, campaign)
    own = campaign.get_absolute_url()
    items = open_items(scope)
    return {
        "campaign": campaign,
        "agencies": agencies,
        "chosen": chosen,
        "phase": current_phase(scope),
        "warnings": [warning for seat in seats for warning in warnings_of(scope, seat.agency)],
        "books": book_lines(scope, {seat.agency_id: seat for seat in seats}),
        "screening": screening_lines(scope.rows(ScreeningTarget)),
        "meeting_items": [item_line(item, today) for item in items[:SHOWN]],
        "more_items": max(len(items) - SHOWN, 0),
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
            "url": reverse("campaigns:book", args=[code, key]) + tail,
            "count": scope.rows(book.model).count(),
            "words": notes.get(key, []),
            "add_url": reverse("campaigns:add_row", args=[code, seat.agency.code, key]) if seat else "",
        }
        for key, book in BOOKS.items()
    ]


def force_notes(scope) -> list:
    """How many task forces are too small, how many not filed."""
    forces = scope.rows(TaskForce).annotate(people=Count("parts"))
    few = sum(1 for force in forces if force.people < ENOUGH)
    unfiled = sum(1 for force in forces if force.lodged_on is None)
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


def open_items(scope) -> list[MeetingItem]:
    """Matters of meetings that aren't done, those due first on top."""
    rows = MeetingItem.objects.filter(done_on=None, row__in=scope.rows(Meeting))
    return sorted(
        rows.select_related("row__agency"), key=lambda item: (item.due_on is None, item.due_on, item.pk)
    )


def item_line(item: MeetingItem, today) -> dict:
    """One open follow-up."""
    return {
        "title": item.title,
        "follow_up": item.follow_up,
        "who": item.who,
        "due": item.due_on,
        "url": item.row.get_absolute_url(),
        "meeting": str(item.row),
        "agency": item.row.agency,
    }


def facts_of(campaign) -> list[dict]:
    """Region, days, form, how many take part."""
    kinds = campaign.members.values_list("agency__kind").annotate(count=Count("pk")).order_by()
    names = dict(Agency._meta.get_field("kind").choices)
    members = "、".join(f"{names[kind]}{count}个" for kind, count in sorted(kinds, key=lambda x: -x[1]))
    return [
        {"label": "区域", "value": campaign.region.name},
        {"label": "期限", "value": f"{campaign.from_day} 至 {campaign.to_day or '长期'}"},
        {"label": "台账表式", "value": campaign.form.title},
        {"label": "成员单位", "value": members},
    ]


def campaign_acts(user, campaign) -> list[dict]:
    """复制, 修改成员单位: buttons for the liaison of its region."""
    if campaign.agency is None:
        return []
    return [
        {"label": CAMPAIGN_ACTS.get(name).label, "url": reverse(f"campaigns:{name}", args=[campaign.code])}
        for name in ("amend_campaign", "amend_members", "copy_campaign")
        if CAMPAIGN_ACTS.openness(name, user, campaign).ok
    ]
