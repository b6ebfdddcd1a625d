"""Approvals: a leader's yes or no, given in the system or signed on paper and typed by staff."""

from datetime import date, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model, QuerySet
from django.utils import timezone

from accounts import roles
from accounts.acts import Act, own_preparation, stands_at
from accounts.models import (
    Agency,
    Approval,
    Posting,
    SignedSheet,
    SigningAuthority,
    User,
    local_today,
)
from accounts.services import files
from common.errors import Refused

SHEET_KEPT = timedelta(days=30)


def sign(
    *,
    by: User,
    posting: Posting | None,
    act: Act,
    thing: Model,
    agreed: bool,
    opinion: str = "",
    signer: User | None = None,
    signed_on: date | None = None,
    scan: UploadedFile | None = None,
    sheet: SignedSheet | None = None,
) -> Approval:
    """Enter one approval of `act` on `thing`; call inside the deed's transaction.

    Without `signer` the person acting signs in the system. With `signer` it is paper: `scan`
    (an upload) or an existing `sheet` is needed, and `by` is only the typist. The rule "nobody
    approves what they prepared" is tested on the signer. Raises Refused with a sentence.
    """
    if signer is None or (signer == by and not scan and not sheet):
        if posting.role not in act.roles:
            raise Refused(
                f"{act.label}须由{_posts(act)}签批；线下签批的，请选签批人、填签批日期并上传签批单。"
            )
        _refuse_own(act, by, thing)
        return Approval.objects.create(
            **_subject(thing),
            act=act.name,
            agreed=agreed,
            opinion=opinion,
            signer=by,
            signer_posting=posting,
            signed_on=local_today(),
            typed_by=by,
        )
    signed_on = signed_on or (sheet.signed_on if sheet else None)
    if signed_on is None or signed_on > local_today():
        raise Refused("请填写签批单上的签批日期，不能晚于今天。")
    if sheet is None and scan is None:
        raise Refused("线下签批须上传签批单扫描件。")
    if sheet is not None and sheet.agency_id != thing.agency.pk:
        raise Refused("所选的签批单不是本单位的，请另选或者上传扫描件。")
    signer_posting, authority = signing_post(signer, act, thing, signed_on)
    _refuse_own(act, signer, thing)
    if sheet is None:
        stored = files.store(by=by, upload=scan, agency=thing.agency)
        sheet = SignedSheet.objects.create(agency=thing.agency, scan=stored, signed_on=signed_on, typed_by=by)
    return Approval.objects.create(
        **_subject(thing),
        act=act.name,
        agreed=agreed,
        opinion=opinion,
        signer=signer,
        signer_posting=signer_posting,
        signed_on=signed_on,
        on_paper=True,
        typed_by=by,
        sheet=sheet,
        authority=authority,
    )


def signing_post(signer: User, act: Act, thing: Model, on: date) -> Posting | None:
    """The posting under which `signer` could sign on the day `on`, or one lent by 代签授权."""
    for posting in signer.postings.in_force(on).select_related("agency"):
        if posting.role in act.roles and stands_at(posting, thing):
            return posting, None
    authorities = SigningAuthority.objects.filter(
        delegate=signer, agency=thing.agency, since__lte=on, until__gte=on
    ).select_related("principal")
    for authority in authorities:
        for posting in authority.principal.postings.in_force(on).select_related("agency"):
            if posting.role in act.roles and stands_at(posting, thing):
                return posting, authority
    raise Refused(
        f"{signer.name}在{on}没有{_posts(act)}的岗位，也没有有效的代签授权，不能签批。请核对签批人和签批日期。"
    )


def possible_signers(act: Act, thing: Model) -> QuerySet[User]:
    """People who may be named as signer of a paper approval at the thing's agency.

    Also who is disabled since: `sign` asks whether the post was held on the signing day.
    """
    held = Posting.objects.filter(role__in=act.roles, agency=thing.agency).values("user_id")
    lent = SigningAuthority.objects.filter(agency=thing.agency).values("delegate_id")
    users = Approval._meta.get_field("signer").related_model.objects
    return (users.filter(pk__in=held) | users.filter(pk__in=lent)).distinct()


def recent_sheets(agency: Agency) -> QuerySet[SignedSheet]:
    """Signed sheets of an office uploaded in the last days: they may carry further approvals."""
    since = timezone.now() - SHEET_KEPT
    sheets = SignedSheet.objects.filter(agency=agency, recorded_at__gte=since)
    return sheets.select_related("scan", "typed_by").order_by("-recorded_at")


def _refuse_own(act, signer, thing):
    """Nobody approves what they prepared: the rule of the acts table, asked of the signer."""
    if own_preparation(act, signer, thing):
        raise Refused(f"{signer.name}是经办人，不能签批自己经办的事项，请由另一名负责人签批。")


def _subject(thing):
    return {"subject_kind": thing._meta.label_lower, "subject_id": thing.pk}


def _posts(act):
    return "、".join(role.label for code, role in roles.ROLES.items() if code in act.roles)
