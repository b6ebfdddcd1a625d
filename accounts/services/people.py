"""Adding people, appointing them to posts from one day to another, ending that, disabling them."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts import roles
from accounts.acts import Act
from accounts.models import Agency, AgencyKind, Basis, Posting, RegionLevel, User, local_today
from accounts.people_acts import AGENCY_ACTS, PEOPLE_ACTS
from accounts.services import certificates, deeds, installation, passwords, second_person, trail
from common.errors import Refused

NATURAL_RESOURCES = {AgencyKind.NATURAL_RESOURCES, AgencyKind.CAMPAIGN_OFFICE}
OTHER_DEPARTMENTS = set(AgencyKind) - NATURAL_RESOURCES - {AgencyKind.POLICE, AgencyKind.PROCURATORATE}
KINDS = {
    roles.POLICE: {AgencyKind.POLICE},
    roles.PROCURATOR: {AgencyKind.PROCURATORATE},
    roles.DEPARTMENT: OTHER_DEPARTMENTS,
}


@transaction.atomic
def add_person(
    *,
    by: User | None = None,
    agency: Agency,
    username: str,
    name: str,
    password: str,
    phone: str = "",
    certificate_no: str = "",
    certificate_until: date | None = None,
    must_change: bool = True,
    version: int | str | None = None,
) -> User:
    """Enter a person of an agency, with a temporary password; posts come by `appoint`."""
    actor, posting = installation.guard(AGENCY_ACTS, "add_person", by, agency)
    username = username.strip()
    if User.objects.filter(username__iexact=username).exists():
        raise Refused(f"登录名“{username}”已经有人使用，请另取一个。")
    person = User.objects.create_user(
        username,
        name.strip(),
        agency=agency,
        phone=phone.strip(),
        certificate_no=certificate_no.strip(),
        certificate_until=certificate_until,
    )
    passwords.put(person, password, must_change=must_change)
    _record(actor, posting, AGENCY_ACTS.get("add_person"), person, {"姓名": ("", person.name)})
    return person


@transaction.atomic
def amend_person(
    *, by: User | None = None, person: User, version: int | str | None = None, **values: object
) -> User:
    """Change name, phone, certificate or the agency a person belongs to."""
    person = deeds.lock(person, version)
    actor, posting = installation.guard(PEOPLE_ACTS, "amend_person", by, person)
    agency = values.get("agency")
    if by is not None and agency is not None and agency != person.agency:
        AGENCY_ACTS.require("add_person", by, agency)
    certificates.keep_former(person, values)
    changes = deeds.save(person, **values)
    _record(actor, posting, PEOPLE_ACTS.get("amend_person"), person, changes)
    return person


@transaction.atomic
def appoint(
    *,
    by: User | None = None,
    person: User,
    agency: Agency,
    role: str,
    since: date | None = None,
    until: date | None = None,
    note: str = "",
    version: int | str | None = None,
) -> Posting:
    """Give a person a post at an agency from one day to another (open end without `until`).

    One that opens secrets begins only when a second person has confirmed it. Raises Refused where the
    post doesn't fit the agency, is held already at that time, or mixes what one person may not hold.
    """
    person = deeds.lock(person, version)
    actor, posting = installation.guard(PEOPLE_ACTS, "appoint", by, person)
    installation.guard(AGENCY_ACTS, "add_person", by, agency)
    since = since or local_today()
    if until is not None and until < since:
        raise Refused("任职的止日不能早于起日。")
    _refuse_unfit(agency, role)
    _refuse_mixed(person, agency, role, since, until)
    given = Posting(user=person, agency=agency, role=role, since=since, until=until, note=note.strip())
    post = second_person.put(actor, given, unasked=by is None)
    deeds.save(person)
    _record(actor, posting, PEOPLE_ACTS.get("appoint"), person, _told(post))
    return post


def _told(post: Posting) -> dict:
    """A new post, as the trail tells it."""
    told = {"岗位": ("", str(post)), "任职自": ("", post.since), "任职至": ("", post.until)}
    return told | {"确认": ("", post.get_basis_display())} if post.basis else told


def lend_post(*, by: User, posting: Posting, person: User, agency: Agency, role: str, reason: str) -> Posting:
    """Give a person a post at an agency for today only; it is over at 24:00.

    Part of a deed that asked who may: `posting` is the one under which `by` does it. Refused like `appoint`.
    """
    person, today = deeds.lock(person), local_today()
    _refuse_unfit(agency, role)
    _refuse_mixed(person, agency, role, today, today)
    given = Posting(user=person, agency=agency, role=role, since=today, until=today, note="当天代办")
    post = second_person.put(by, given)
    deeds.save(person)
    _record(by, posting, PEOPLE_ACTS.get("appoint"), person, _told(post), reason)
    return post


def _refuse_unfit(agency: Agency, role: str) -> None:
    """A police liaison belongs to a police station, a prefecture reviewer to a prefecture."""
    label = roles.ROLES[role].label
    if agency.ended_on:
        raise Refused(f"{agency}已经撤销，不能再任职。")
    kinds = KINDS.get(role)
    if kinds is None and role not in roles.ADMINISTRATORS | {roles.STATISTICS}:
        kinds = NATURAL_RESOURCES
    if kinds is not None and agency.kind not in kinds:
        raise Refused(f"{agency}不设{label}这个岗位，请核对机构或岗位。")
    levels = {
        roles.PREFECTURE: (RegionLevel.PREFECTURE, RegionLevel.PROVINCE),
        roles.PROVINCE: (RegionLevel.PROVINCE,),
    }.get(role)
    if levels is not None and agency.level not in levels:
        raise Refused(f"{label}是上级机关的岗位，{agency}不设。请选上级机构。")


def _refuse_mixed(person: User, agency: Agency, role: str, since: date, until: date | None) -> None:
    """Nobody administers the system and handles business at the same time, or is two of the 三员."""
    at_that_time = person.postings.exclude(basis=Basis.VOID).filter(Q(until=None) | Q(until__gte=since))
    if until is not None:
        at_that_time = at_that_time.filter(since__lte=until)
    held = list(at_that_time.select_related("agency"))
    if any(post.agency_id == agency.pk and post.role == role for post in held):
        raise Refused(f"{person.name}在这段时间已任{agency}的{roles.ROLES[role].label}，不用再任。")
    is_admin = role in roles.ADMINISTRATORS
    other = next((p for p in held if (p.role in roles.ADMINISTRATORS) != is_admin), None)
    if other is not None:
        raise Refused(
            f"{person.name}在这段时间任{other.agency}的{other.get_role_display()}。"
            "系统、安全、审计管理员不能同时办理业务，请先免去其中一方的岗位，或者另选一人。"
        )
    twin = next((p for p in held if is_admin and p.role != role), None)
    if twin is not None:
        raise Refused(
            f"{person.name}在这段时间任{twin.agency}的{twin.get_role_display()}。"
            "系统、安全、审计管理员由不同的人担任，请另选一人。"
        )


@transaction.atomic
def end_posting(
    *,
    by: User | None = None,
    posting: Posting,
    on: date | None = None,
    reason: str = "",
    version: int | str | None = None,
) -> User:
    """End a post with the day `on` (yesterday, so that it is over today); returns the person.

    One that waits to be confirmed is taken back instead.
    Refused for the last system admin who could manage an agency.
    """
    person = deeds.lock(posting.user, version)
    post = (
        Posting.objects.select_for_update(of=("self",), no_key=True)
        .select_related("agency")
        .get(pk=posting.pk)
    )
    actor, acting = installation.guard(PEOPLE_ACTS, "end_posting", by, person)
    on = on or local_today() - timedelta(days=1)
    if post.until is not None and post.until <= on:
        raise Refused(f"这个岗位已于{post.until}结束，不用再免。")
    if post.role == roles.SYSTEM_ADMIN:
        _refuse_last_admin([post])
    if post.basis == Basis.WAITING:
        changes = second_person.withdraw(actor, post)
    else:
        old, post.until = post.until, max(on, post.since)
        post.save(update_fields=["until"])
        changes = {f"{post} 任职至": (old, post.until)}
    deeds.save(person)
    _record(actor, acting, PEOPLE_ACTS.get("end_posting"), person, changes, reason)
    return person


@transaction.atomic
def disable(*, by: User | None = None, person: User, reason: str, version: int | str | None = None) -> User:
    """Let a person sign in no more; their sessions end, their posts stay as they were."""
    person = deeds.lock(person, version)
    actor, posting = installation.guard(PEOPLE_ACTS, "disable_person", by, person)
    if by is not None and person.pk == by.pk:
        raise Refused("不能停用自己，请由另一名管理员办理。")
    today = local_today()
    _refuse_last_admin(list(person.postings.in_force(today).filter(role=roles.SYSTEM_ADMIN)))
    deeds.save(person, PEOPLE_ACTS.get("disable_person"), is_active=False)
    changes = {"状态": ("在用", "已停用")}
    _record(actor, posting, PEOPLE_ACTS.get("disable_person"), person, changes, reason)
    return person


@transaction.atomic
def enable(
    *, by: User | None = None, person: User, reason: str = "", version: int | str | None = None
) -> User:
    """Let a disabled person sign in again, with the posts that are still in force; those that open
    secrets begin again when a second person has confirmed them."""
    person = deeds.lock(person, version)
    actor, posting = installation.guard(PEOPLE_ACTS, "enable_person", by, person)
    deeds.save(person, PEOPLE_ACTS.get("enable_person"), is_active=True)
    if by is not None:
        second_person.ask_again(by, person)
    changes = {"状态": ("已停用", "在用")}
    _record(actor, posting, PEOPLE_ACTS.get("enable_person"), person, changes, reason)
    return person


def _refuse_last_admin(postings: list[Posting]) -> None:
    """Somebody must stay who can manage each agency: here or above.

    Every system admin's post is locked first, so that two who end each other's can't both do so;
    what they hold is read after the lock, because a waiting statement sees what was before.
    """
    in_force = Posting.objects.in_force(local_today()).filter(role=roles.SYSTEM_ADMIN)
    list(in_force.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    admins = list(in_force.filter(user__is_active=True).select_related("agency"))
    for post in postings:
        rest = [
            each
            for each in admins
            if each.user_id != post.user_id and post.agency.path.startswith(each.agency.path)
        ]
        if not rest:
            raise Refused(f"这是能管理{post.agency}的最后一名系统管理员。请先任命另一名，再办理。")


def _record(
    actor: User, posting: Posting | None, act: Act, person: User, changes: dict, reason: str = ""
) -> None:
    trail.record(by=actor, posting=posting, act=act, thing=person, changes=changes, reason=reason)


def holders(agency: Agency, *codes: str) -> QuerySet[User]:
    """People in service who hold one of these posts at `agency` today."""
    posts = Posting.objects.in_force(local_today()).filter(agency=agency, role__in=codes)
    return User.objects.filter(pk__in=posts.values("user_id"), is_active=True)
