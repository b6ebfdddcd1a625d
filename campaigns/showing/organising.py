"""组织实施: what the overview of a campaign says, and what one row's page says."""

from django.db.models import Count, Q
from django.urls import reverse

from accounts import roles
from accounts.models import Agency
from accounts.policy import may_open
from campaigns.acts import BOOK_ACTS, CAMPAIGN_ACTS
from campaigns.books import BOOKS
from campaigns.models import (
    Meeting,
    MeetingItem,
    Phase,
    Rectification,
    ScreeningTarget,
    Seat,
    TaskForce,
)
from campaigns.models.organising import ENOUGH
from campaigns.services.organising import completion, keeps, percent
from campaigns.showing import focus
from campaigns.showing.counting import rows_of
from campaigns.showing.meetings import settle_url
from campaigns.showing.owing import Scope, warnings_of
from common import at_once
from common.errors import Forbidden

SHOWN = 12


def reads_all(user) -> bool:
    """Whether a person reads every book, and not only those that townships keep."""
    return user.holds(*roles.LEDGER_READERS)


def require_reader(user, book) -> None:
    """Refuse a township's reporter a book that townships don't keep; raises Forbidden."""
    if not (reads_all(user) or book.model.by_township):
        raise Forbidden(f"{book.label}由县局和公安局登记，乡镇登记排查、整治销号、检查验收。")


def own_seats(user, campaign, model=None) -> list[Seat]:
    """Where the person keeps the books (or this one), in the order of the tree."""
    held = [post.agency_id for post in user.current_postings]
    seats = Seat.objects.visible_to(user).filter(campaign=campaign, agency_id__in=held)
    seats = seats.select_related("campaign", "agency__region").order_by("agency__path")
    return [seat for seat in seats if _keeps(user, seat, model)]


def _keeps(user, seat, model) -> bool:
    row = BOOK_ACTS.openness("add_row", user, seat)
    return row.ok and (model is None or keeps(row.posting, model))


def add_links(user, campaign, book) -> list[dict]:
    """The way to the form of a book, once for each agency where the person keeps it."""
    seats = own_seats(user, campaign, book.model)
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
    everything = reads_all(user)
    items = open_items(scope)
    return {
        "campaign": campaign,
        "agencies": agencies,
        "chosen": chosen,
        "phase": current_phase(scope),
        "warnings": [warning for seat in seats if everything for warning in warnings_of(scope, seat.agency)],
        "books": book_lines(scope, {seat.agency_id: seat for seat in seats}),
        "all_books": everything,
        "screening": screening_lines(scope.rows(ScreeningTarget)),
        "focus": focus.both(scope) if everything else [],
        "focus_heads": [str(model._meta.verbose_name) for model in focus.WATCHED],
        "meeting_items": [item_line(user, item) for item in items[:SHOWN]],
        "more_items": max(len(items) - SHOWN, 0),
        "facts": facts_of(user, campaign),
        "acts": campaign_acts(user, campaign),
        "ledger_url": campaign.get_absolute_url() if everything else "",
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
    notes = {
        "forces": force_notes(scope),
        "screening": screening_notes(scope),
        "rectification": rectification_notes(scope),
    }
    code = scope.campaign.code
    tail = f"?agency={scope.agency.code}" if scope.agency else ""
    seat = next(iter(seats.values())) if len(seats) == 1 else None
    books = {key: book for key, book in BOOKS.items() if reads_all(scope.user) or book.model.by_township}
    counts = _counts(scope, books)
    return [
        {
            "label": book.label,
            "url": reverse("campaigns:book", args=[code, key]) + tail,
            "count": counts[key],
            "words": notes.get(key, []),
            "add_url": reverse("campaigns:add_row", args=[code, seat.agency.code, key])
            if seat and _keeps(scope.user, seat, book.model)
            else "",
        }
        for key, book in books.items()
    ]


def _counts(scope, books) -> dict[str, int]:
    """How many rows each book has; one query."""
    several = (scope.rows(book.model).order_by().values("campaign") for book in books.values())
    asked = (rows.annotate(count=Count("pk")).values_list("count", flat=True) for rows in several)
    return {key: sum(count) for key, count in zip(books, at_once.read(*asked), strict=True)}


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
    """Places whose day has passed, and those with trouble of which there is no clue yet."""
    late = Q(done_on=None, planned_on__lt=scope.today)
    silent = Q(found=ScreeningTarget.Found.TROUBLE, clue=None)
    return _notes(
        scope.rows(ScreeningTarget), ("个已超期", "red", late), ("个有问题、没有登记线索", "amber", silent)
    )


def _notes(rows, *asked) -> list:
    """(words, tone, which rows) of each with how many there are, where there are any; one query."""
    counts = rows.aggregate(
        **{f"n{place}": Count("pk", filter=which) for place, (*_, which) in enumerate(asked)}
    )
    return [
        (f"{counts[f'n{place}']}{words}", tone)
        for place, (words, tone, _) in enumerate(asked)
        if counts[f"n{place}"]
    ]


def rectification_notes(scope) -> list:
    """Sites whose term has passed, and those that wait for acceptance."""
    late = Q(done_on=None, due_on__lt=scope.today)
    waiting = Q(done_on__isnull=False, accepted_on=None)
    return _notes(scope.rows(Rectification), ("处已超期", "red", late), ("处待验收", "amber", waiting))


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
        rows.select_related("row__agency", "row__campaign"),
        key=lambda item: (item.due_on is None, item.due_on, item.pk),
    )


def item_line(user, item: MeetingItem) -> dict:
    """One open follow-up."""
    return {
        "title": item.title,
        "follow_up": item.follow_up,
        "who": item.who,
        "due": item.due_on,
        "url": item.get_absolute_url(),
        "settle_url": settle_url(user, item),
        "meeting": str(item.row),
        "agency": item.row.agency,
    }


def facts_of(user, campaign) -> list[dict]:
    """Region, days, form, how many take part, how it counts."""
    kinds = campaign.members.values_list("agency__kind").annotate(count=Count("pk")).order_by()
    names = dict(Agency._meta.get_field("kind").choices)
    opens = may_open(user, "campaigns:counting")
    counting = reverse("campaigns:counting", args=[campaign.code]) if opens else ""
    members = "、".join(f"{names[kind]}{count}个" for kind, count in sorted(kinds, key=lambda x: -x[1]))
    return [
        {"label": "区域", "value": campaign.region.name},
        {"label": "期限", "value": f"{campaign.from_day} 至 {campaign.to_day or '长期'}"},
        {"label": "台账表式", "value": campaign.form.title},
        {"label": "成员单位", "value": members},
        *({"label": row["label"], "value": row["value"], "url": counting} for row in rows_of(campaign)),
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
