"""Approvals: a leader's yes or no, given in the system or signed on paper and typed by staff."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model, QuerySet
from django.utils import timezone

from accounts import apart, roles
from accounts.acts import Act, own_part, own_preparation, stands_at
from accounts.models import (
    Agency,
    Approval,
    Posting,
    SignedPaper,
    SigningAuthority,
    StoredFile,
    User,
    local_today,
)
from accounts.services import file_kinds, files
from accounts.signals import signed_on_paper
from common import scans
from common.errors import Refused

PAPER_KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Signature:
    """What a form of approval brings: the opinion, and who signed the paper on which day.

    Without `signer` the person acting signs in the system. With `signer` it is paper: `scan` (an
    upload) or a `signed_paper` uploaded before is needed.
    """

    opinion: str = ""
    signer: User | None = None
    signed_on: date | None = None
    scan: UploadedFile | None = None
    signed_paper: SignedPaper | None = None

    def in_system(self, by: User) -> bool:
        """Whether `by` signs here and now, nothing having been signed on paper."""
        return self.signer is None or (self.signer == by and not self.scan and not self.signed_paper)


IN_SYSTEM = Signature()


def sign(
    *, by: User, posting: Posting | None, act: Act, thing: Model, agreed: bool, signature: Signature
) -> Approval:
    """Enter one approval of `act` on `thing`; call inside the deed's transaction.

    On paper `by` is only the typist. The rule "nobody approves what they prepared" is tested on
    the signer. Raises Refused with a sentence.
    """
    entry = Approval(
        subject_kind=thing._meta.label_lower,
        subject_id=thing.pk,
        act=act.name,
        agreed=agreed,
        opinion=signature.opinion,
        typed_by=by,
    )
    if signature.in_system(by):
        _sign_here(entry, act, thing, by, posting)
    else:
        _sign_on_paper(entry, act, thing, signature)
    entry.save()
    if entry.on_paper:
        signed_on_paper.send(sender=Approval, by=by, approval=entry)
    return entry


def _sign_here(entry: Approval, act: Act, thing: Model, by: User, posting: Posting | None) -> None:
    if posting.role not in act.roles:
        raise Refused(f"{act.label}须由{_posts(act)}签批；线下签批的，请选签批人、填签批日期并上传签批单。")
    _refuse_own(act, by, thing)
    entry.signer, entry.signer_posting, entry.signed_on = by, posting, local_today()


def _sign_on_paper(entry: Approval, act: Act, thing: Model, signature: Signature) -> None:
    paper, scan = signature.signed_paper, signature.scan
    signed_on = signature.signed_on or (paper.signed_on if paper else None)
    if signed_on is None or signed_on > local_today():
        raise Refused("请填写签批单上的签批日期，不能晚于今天。")
    if paper is None and scan is None:
        raise Refused("线下签批须上传签批单扫描件。")
    if paper is not None and not _of_office(thing.agency).filter(pk=paper.pk).exists():
        raise Refused("所选的签批单不是本单位的，请另选或者上传扫描件。")
    entry.signer, entry.signed_on, entry.on_paper = signature.signer, signed_on, True
    entry.signer_posting, entry.authority = signing_post(signature.signer, act, thing, signed_on)
    _refuse_own(act, signature.signer, thing)
    entry.signed_paper = paper or _keep(entry.typed_by, thing, scan, signed_on)


def _keep(by: User, thing: Model, scan: UploadedFile, signed_on: date) -> SignedPaper:
    few = thing._meta.label_lower in apart.KINDS
    stored = keep_scan(by, scan, thing.agency, secret=few)
    return SignedPaper.objects.create(agency=thing.agency, scan=stored, signed_on=signed_on, typed_by=by)


def keep_scan(by: User, scan: UploadedFile, agency: Agency, *, secret: bool = False) -> StoredFile:
    """Keep the scan of a paper with a signature; Refused unless it opens as a picture or a PDF. `secret`
    that of a thing which few may read: it says what the thing says."""
    name = files.checked_name(scan)
    kind = file_kinds.kind_of(name, scan)
    if fault := scans.fault_of(scan, kind):
        raise Refused(f"扫描件“{name}”{fault}。")
    return files.store(by=by, upload=scan, agency=agency, content_type=kind, secret=secret)


def signing_post(signer: User, act: Act, thing: Model, on: date) -> tuple[Posting, SigningAuthority | None]:
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


def recent_signed_papers(agency: Agency) -> QuerySet[SignedPaper]:
    """Signed papers of an office uploaded in the last days: they may carry further approvals."""
    since = timezone.now() - PAPER_KEPT
    papers = _of_office(agency).filter(recorded_at__gte=since)
    return papers.select_related("scan", "typed_by").order_by("-recorded_at")


def _of_office(agency: Agency) -> QuerySet[SignedPaper]:
    return SignedPaper.objects.of_offices().filter(agency=agency)


def _refuse_own(act: Act, signer: User, thing: Model) -> None:
    """Nobody approves what they prepared or have a part in: the acts table, asked of the signer."""
    if part := own_part(act, signer, thing):
        raise Refused(f"{signer.name}是{part}，{act.label}须由另一人办理。")
    if own_preparation(act, signer, thing):
        raise Refused(f"{signer.name}是经办人，不能签批自己经办的事项，请由另一名负责人签批。")


def _posts(act: Act) -> str:
    return "、".join(role.label for code, role in roles.ROLES.items() if code in act.roles)
