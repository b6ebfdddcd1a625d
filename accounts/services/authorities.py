"""代签授权: leave to sign for a leader, from one day to another, with the paper that says so."""

from datetime import date, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts import roles
from accounts.models import Agency, Posting, SigningAuthority, User, local_today
from accounts.people_acts import AGENCY_ACTS
from accounts.services import deeds, installation, signing, trail
from common.errors import Refused

LONGEST = timedelta(days=366)


@transaction.atomic
def record_authority(
    *,
    by: User | None = None,
    agency: Agency,
    principal: User,
    delegate: User,
    since: date,
    until: date,
    scan: UploadedFile | None = None,
    version: int | str | None = None,
) -> SigningAuthority:
    """Enter that `delegate` signs for `principal` at an agency from `since` until `until`.

    A leader enters their own; whoever enters another's uploads the signed paper. Raises Refused
    where the principal holds no leading post then, or the delegate no business post.
    """
    actor, posting = installation.guard(AGENCY_ACTS, "record_authority", by, agency)
    if by is not None and by.pk != principal.pk and scan is None:
        raise Refused("登记他人的代签授权，须上传授权人签名的授权书扫描件。")
    _refuse_dates(since, until)
    _refuse_people(agency, principal, delegate, since)
    stored = signing.keep_scan(actor, scan, agency) if scan else None
    authority = SigningAuthority.objects.create(
        principal=principal,
        delegate=delegate,
        agency=agency,
        since=since,
        until=until,
        scan=stored,
        recorded_by=actor,
    )
    changes = {"授权人": ("", principal), "代签人": ("", delegate), "自": ("", since), "至": ("", until)}
    _record(actor, posting, "record_authority", authority, changes)
    return authority


@transaction.atomic
def end_authority(
    *, by: User | None = None, authority: SigningAuthority, reason: str, version: int | str | None = None
) -> SigningAuthority:
    """End an authority today; what was signed under it before stands."""
    authority = deeds.lock(authority, version)
    actor, posting = installation.guard(AGENCY_ACTS, "end_authority", by, authority.agency)
    yesterday = local_today() - timedelta(days=1)
    if authority.until <= yesterday:
        raise Refused(f"这项授权已于{authority.until}到期，不用终止。")
    old = authority.until
    deeds.save(authority, until=max(yesterday, authority.since))
    _record(actor, posting, "end_authority", authority, {"至": (old, authority.until)}, reason)
    return authority


def _refuse_dates(since: date, until: date) -> None:
    if until < since:
        raise Refused("授权的止日不能早于起日。")
    if until - since > LONGEST:
        raise Refused("代签授权一次最长一年，到期后重新授权。")


def _refuse_people(agency: Agency, principal: User, delegate: User, since: date) -> None:
    if principal.pk == delegate.pk:
        raise Refused("授权人和代签人不能是同一个人。")
    posts = Posting.objects.in_force(since).filter(agency=agency)
    if not posts.filter(user=principal, role__in=roles.LEADERS | {roles.BRIGADE_HEAD}).exists():
        raise Refused(f"{principal.name}在{since}不任{agency}的负责人，不能授权他人代签。")
    if not posts.filter(user=delegate).exclude(role__in=roles.ADMINISTRATORS).exists():
        raise Refused(f"{delegate.name}在{since}没有{agency}的业务岗位，不能代签。")


def _record(
    actor: User,
    posting: Posting | None,
    act: str,
    authority: SigningAuthority,
    changes: dict,
    reason: str = "",
) -> None:
    trail.record(
        by=actor, posting=posting, act=AGENCY_ACTS.get(act), thing=authority, changes=changes, reason=reason
    )
