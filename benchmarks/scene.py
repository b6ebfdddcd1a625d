"""Many counties under one office, with whoever is told there. In bulk; no password is hashed."""

from datetime import date

REGION = "990000"
SINCE = date(2020, 1, 1)
# Who works at county number n, and whether they have a confirmed address for mail.
POSTS = (("liaison", 1, True), ("checker", 3, True), ("brigade_head", 5, False))


def build(count: int, *, addresses: bool = False):
    """(the office above, its counties): a liaison everywhere, a checker in every third county, a
    brigade head in every fifth, a reviewer above. With `addresses` the first two have one each."""
    from accounts import roles
    from accounts.models import Agency, Posting, Region, User

    Region.objects.create(code=REGION, name="演练", level="province")
    Region.objects.bulk_create(
        Region(code=f"99{n + 1:04}", name=f"第{n + 1}县", level="county", parent_id=REGION)
        for n in range(count)
    )
    top = Agency.objects.create(code="top", name="上级", kind="zrzy", region_id=REGION, path="/-/")
    top.path = f"/{top.pk}/"
    top.save(update_fields=["path"])
    counties = Agency.objects.bulk_create(
        Agency(
            code=f"c{n}",
            name=f"第{n + 1}县局",
            kind="zrzy",
            region_id=f"99{n + 1:04}",
            parent=top,
            path=f"/c{n}/",
        )
        for n in range(count)
    )
    for agency in counties:
        agency.path = f"{top.path}{agency.pk}/"
    Agency.objects.bulk_update(counties, ["path"], batch_size=500)
    jobs = [
        (agency, role, reached)
        for n, agency in enumerate(counties)
        for role, every, reached in POSTS
        if n % every == 0
    ] + [(top, roles.PREFECTURE, False)]
    users = User.objects.bulk_create(
        User(username=f"u{n}", public_id=f"p{n}", name="某某", agency=agency, password="!")
        for n, (agency, _, _) in enumerate(jobs)
    )
    Posting.objects.bulk_create(
        Posting(user=user, agency=agency, role=role, since=SINCE)
        for user, (agency, role, _) in zip(users, jobs, strict=True)
    )
    if addresses:
        give_addresses(user for user, job in zip(users, jobs, strict=True) if job[2])
    return top, counties


def give_addresses(users) -> None:
    """A confirmed address for mail each."""
    from django.utils import timezone

    from accounts.services import secrets
    from reminders.models import ContactPoint

    points = []
    for user in users:
        point = ContactPoint(person=user, kind="email", masked="*", verified_at=timezone.now())
        point.address = secrets.seal(f"{user.username}@example.org", point, "address")
        points.append(point)
    ContactPoint.objects.bulk_create(points)


def begin_campaign(top, counties, since: date):
    """A campaign that all counties belong to."""
    from campaigns.models import Campaign, CampaignMember

    campaign = Campaign.objects.create(code="drill", name="演练", region_id=REGION, from_day=since)
    CampaignMember.objects.bulk_create(
        CampaignMember(campaign=campaign, agency=agency) for agency in counties
    )
    return campaign


def due_clocks(rows) -> None:
    """A clock for each (agency, kind, due)."""
    from accounts.models import Clock

    Clock.objects.bulk_create(
        (
            Clock(
                subject_kind="accounts.agency",
                subject_id=agency.pk,
                kind=kind,
                label="作出处罚决定",
                agency=agency,
                counted_from=due.date(),
                due_at=due,
                warn_at=due,
                article="-",
            )
            for agency, kind, due in rows
        ),
        batch_size=2000,
    )
