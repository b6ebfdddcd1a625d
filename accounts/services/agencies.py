"""Opening, renaming, moving and merging offices; the tree of a line in one act."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F

from accounts.models import Agency, AgencyKind, Basis, Posting, Region, RegionLevel, User, local_today
from accounts.people_acts import AGENCY_ACTS
from accounts.services import deeds, grants, installation, naming, second_person, trail
from accounts.signals import agency_merged
from common.errors import Refused

LINES = {
    AgencyKind.NATURAL_RESOURCES: tuple(RegionLevel),
    AgencyKind.POLICE: (RegionLevel.PREFECTURE, RegionLevel.COUNTY),
    AgencyKind.PROCURATORATE: (RegionLevel.PREFECTURE, RegionLevel.COUNTY),
    AgencyKind.CAMPAIGN_OFFICE: (RegionLevel.COUNTY,),
}


@transaction.atomic
def open_agency(
    *,
    by: User | None = None,
    region: Region,
    kind: str,
    parent: Agency | None = None,
    name: str = "",
    document_prefix: str = "",
    code: str = "",
    version: int | str | None = None,
) -> Agency:
    """Open an agency under `parent`; code, name and prefix are proposed where left empty.

    `by=None` is the server's command line, the only one that may open an agency without parent.
    Raises Refused if the code or the name is taken.
    """
    if by is not None and parent is None:
        raise Refused("请选择上级机构。没有上级的机构由服务器上的命令设立。")
    actor, posting = installation.guard(AGENCY_ACTS, "open_agency", by, parent)
    code = code.strip() or f"{region.code}-{kind}"
    name = name.strip() or naming.official_name(kind, region)
    if Agency.objects.filter(code=code).exists():
        raise Refused(f"代码{code}已经登记过机构。同一区域再设同类机构，请另填一个代码。")
    if Agency.objects.filter(name=name, parent=parent, ended_on=None).exists():
        raise Refused(f"同一上级之下已有“{name}”，请核对。")
    prefix = document_prefix.strip() or naming.document_prefix(kind, region, parent)
    _refuse_taken_prefix(kind, region, prefix)
    agency = Agency(
        code=code,
        name=name,
        short_name=name,
        document_prefix=prefix,
        kind=kind,
        region=region,
        parent=parent,
        path=f"new:{code}",
    )
    agency.save()
    agency.path = _path(agency)
    agency.save(update_fields=["path"])
    _record(actor, posting, "open_agency", agency, {"名称": ("", name), "文号代字": ("", prefix)})
    return agency


@transaction.atomic
def open_line(
    *, by: User | None = None, kind: str, region: Region, townships: bool = True
) -> dict[str, Agency]:
    """Open the agencies of one line for a prefecture: what is above it, itself, what is below.

    省厅, 市局, every 县局 and 乡镇所 for 自然资源; 市局 and 县局 for 公安 and 检察; the 县专项办
    under its 县局. What is there already stays as it is. Returns every agency of it by code.
    """
    line = {}
    for each in _regions_of_line(kind, region, townships):
        code = f"{each.code}-{kind}"
        agency = Agency.objects.filter(code=code).first()
        if agency is None:
            agency = open_agency(by=by, region=each, kind=kind, parent=_parent(kind, each))
        line[code] = agency
    return line


@transaction.atomic
def open_prefecture(*, by: User | None = None, region: Region, townships: bool = True) -> dict[str, Agency]:
    """Open 自然资源, 公安, 检察 and 专项办 of a whole prefecture; returns them all by code."""
    made = {}
    for kind in LINES:
        made.update(open_line(by=by, kind=kind, region=region, townships=townships))
    return made


def _regions_of_line(kind: str, region: Region, townships: bool) -> list[Region]:
    levels = LINES[AgencyKind(kind)]
    above = [region.parent] if region.parent and region.level == RegionLevel.PREFECTURE else []
    counties = list(region.children.select_related("parent").order_by("code"))
    towns = Region.objects.filter(parent__in=counties).select_related("parent").order_by("code")
    rows = [*above, region, *counties, *(towns if townships else ())]
    return [
        row
        for row in rows
        if row.level in levels
        and (row.level != RegionLevel.TOWNSHIP or row.name.endswith(naming.TOWN_ENDINGS))
    ]


def _parent(kind: str, region: Region) -> Agency | None:
    if kind == AgencyKind.CAMPAIGN_OFFICE:
        kind, upper = AgencyKind.NATURAL_RESOURCES, region.code
    else:
        upper = region.parent_id
    return Agency.objects.filter(code=f"{upper}-{kind}").first() if upper else None


@transaction.atomic
def amend_agency(
    *, by: User | None = None, agency: Agency, version: int | str | None = None, **values: object
) -> Agency:
    """Change name, short name, document prefix, phone, or whether it uses the system; in the trail."""
    agency = deeds.lock(agency, version)
    actor, posting = installation.guard(AGENCY_ACTS, "amend_agency", by, agency)
    if prefix := values.get("document_prefix"):
        _refuse_taken_prefix(agency.kind, agency.region, prefix, agency.pk)
    changes = deeds.save(agency, **values)
    _record(actor, posting, "amend_agency", agency, changes)
    return agency


@transaction.atomic
def move_agency(
    *, by: User | None = None, agency: Agency, parent: Agency, version: int | str | None = None
) -> Agency:
    """Hang an agency with all below it under another parent.

    Who sees its rows follows at once, because reach is read from the path.
    """
    agency, parent = deeds.lock(agency, version), deeds.lock(parent)
    actor, posting = installation.guard(AGENCY_ACTS, "move_agency", by, agency)
    installation.guard(AGENCY_ACTS, "move_agency", by, parent)
    if parent.path.startswith(agency.path):
        raise Refused(f"{parent.name}就在{agency.name}之下，不能作为它的上级。")
    if parent.pk == agency.parent_id:
        raise Refused(f"{agency.name}的上级已经是{parent.name}，不用调整。")
    old_parent = agency.parent
    _rehang(agency, parent)
    deeds.save(agency)
    _record(actor, posting, "move_agency", agency, {"上级机构": (old_parent, parent)})
    return agency


def _rehang(agency: Agency, parent: Agency) -> None:
    """Rewrite the path of an agency and of everything below it."""
    old = agency.path
    agency.parent = parent
    new = _path(agency)
    below = list(Agency.objects.select_for_update().filter(path__startswith=old))
    for each in below:
        each.path = new + each.path.removeprefix(old)
    Agency.objects.bulk_update(below, ["path"], batch_size=200)
    agency.path = new
    agency.save(update_fields=["parent", "path"])


@transaction.atomic
def merge_agency(
    *,
    by: User | None = None,
    agency: Agency,
    into: Agency,
    on: date | None = None,
    version: int | str | None = None,
) -> Agency:
    """End an agency and let `into` take its place from the day `on`; announces agency_merged.

    Posts and people go over (posts that open secrets wait to be confirmed there), what hung below
    hangs under `into`, grants are given again to `into`. The old agency stays, under `into`, so that
    its finished work stays visible there; open work is moved by whoever hears the announcement.
    """
    agency, into = deeds.lock(agency, version), deeds.lock(into)
    actor, posting = installation.guard(AGENCY_ACTS, "merge_agency", by, agency)
    installation.guard(AGENCY_ACTS, "merge_agency", by, into)
    on = on or local_today()
    _refuse_merge(agency, into, on)
    for child in agency.children.filter(ended_on=None):
        _rehang(deeds.lock(child), into)
    moved = _move_posts(by, agency, into, on)
    agency.people.update(agency=into)
    granted = grants.pass_on(by=actor, agency=agency, into=into, on=on)
    _rehang(agency, into)
    deeds.save(agency, AGENCY_ACTS.get("merge_agency"), ended_on=on, merged_into=into)
    changes = {"并入": ("", into), "随之转任的岗位": ("", moved), "转入的授权": ("", granted)}
    _record(actor, posting, "merge_agency", agency, changes, happened_on=on)
    agency_merged.send(sender=Agency, by=actor, agency=agency, into=into)
    return into


def _refuse_merge(agency: Agency, into: Agency, on: date) -> None:
    if agency.pk == into.pk or into.path.startswith(agency.path):
        raise Refused("不能并入本机构或它的下级，请另选一个机构。")
    if agency.kind != into.kind:
        raise Refused(f"{into.name}与{agency.name}不是同类机构，不能并入。")
    if into.ended_on or on > local_today():
        raise Refused("并入的机构须在用，合并日期不能晚于今天。")


def _move_posts(by: User | None, agency: Agency, into: Agency, on: date) -> int:
    """End the posts of an agency the day before and give the same ones at its successor.

    There they open other secrets: who is confirmed here is confirmed anew there.
    """
    actor = by or installation.command_line()
    postings = list(agency.postings.in_force(on).select_for_update())
    waiting = list(agency.postings.filter(basis=Basis.WAITING).select_for_update())
    held = set(into.postings.in_force(on).values_list("user_id", "role"))
    for post in [*postings, *waiting]:
        if (post.user_id, post.role) not in held:
            since = max(on, post.since)
            given = Posting(
                user=post.user, agency=into, role=post.role, since=since, until=post.until, note=post.note
            )
            second_person.put(actor, given, unasked=by is None and post.basis != Basis.WAITING)
    for post in waiting:
        second_person.withdraw(actor, post)
    # A post that began on the day itself has no day before to end on.
    agency.postings.filter(pk__in=[p.pk for p in postings], since__lt=on).update(until=on - timedelta(days=1))
    agency.postings.filter(pk__in=[p.pk for p in postings], since=on).update(until=F("since"))
    return len(postings)


def _refuse_taken_prefix(kind: str, region: Region, prefix: str, pk: int | None = None) -> None:
    same = Agency.objects.filter(
        kind=kind, document_prefix=prefix, region__code__startswith=region.code[:4], ended_on=None
    ).exclude(pk=pk)
    if other := same.first():
        raise Refused(f"文号代字“{prefix}”已由{other.name}使用，请另填一个，免得两家文号相同。")


def _path(agency: Agency) -> str:
    return f"{agency.parent.path if agency.parent else '/'}{agency.pk}/"


def _record(
    actor: User,
    posting: Posting | None,
    act: str,
    agency: Agency,
    changes: dict,
    happened_on: date | None = None,
) -> None:
    trail.record(
        by=actor,
        posting=posting,
        act=AGENCY_ACTS.get(act),
        thing=agency,
        changes=changes,
        happened_on=happened_on,
    )
