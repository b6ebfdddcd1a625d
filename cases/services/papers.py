"""Papers of a case: uploads kept in its file, each with its stage, name, and 随移送卷 or not."""

from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile

from accounts import roles
from accounts.models import Approval, Posting, StoredFile, User
from accounts.services import files
from cases.models import Case, CaseFile, PoliceMatter, Referral
from common.errors import Refused


def attach(
    *,
    by: User,
    case: Case,
    uploads: Iterable[UploadedFile],
    stage: str,
    kind: str = "",
    for_police: bool = False,
    note: str = "",
) -> list[CaseFile]:
    """Keep uploads in the case's file; call inside a deed's transaction."""
    return [
        CaseFile.objects.create(
            case=case,
            file=files.store(by=by, upload=upload, agency=case.agency),
            stage=stage,
            kind=kind,
            for_police=for_police,
            note=note,
        )
        for upload in uploads
        if upload
    ]


def keep_signed_paper(*, case: Case, approval: Approval, stage: str, kind: str) -> None:
    """Lay the scan of a signed paper (签批单) into the case's file; never into a package."""
    if approval.signed_paper is None:
        return
    CaseFile.objects.get_or_create(
        case=case, file=approval.signed_paper.scan, defaults={"stage": stage, "kind": kind}
    )


def signed_by(approval: Approval) -> dict:
    """What the trail says of an approval given on paper: who signed, and when."""
    if not approval.on_paper:
        return {}
    return {
        "签批人": ("", approval.signer.name),
        "签批日期": ("", approval.signed_on),
        "线下签批": ("", True),
    }


def paper_behind(
    by: User,
    posting: Posting,
    thing: Referral | PoliceMatter,
    scan: UploadedFile | None,
    kind: str,
    *,
    needed: bool = False,
) -> StoredFile | None:
    """The scan behind what is typed: a handler always types from paper, the police need none."""
    if scan is None:
        if posting.role != roles.POLICE or needed:
            raise Refused(f"根据公安机关书面材料录入的，请上传{kind}扫描件。")
        return None
    stored = files.store(by=by, upload=scan, agency=thing.agency)
    if hasattr(thing, "case"):
        thing.case.files.create(file=stored, stage="referral", kind=kind, for_police=True)
    return stored
