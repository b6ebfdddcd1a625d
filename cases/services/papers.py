"""Papers of a case: uploads kept in its file, each with its stage, name, and 随移送卷 or not."""

from accounts.services import files
from cases.models import CaseFile


def attach(*, by, case, uploads, stage, kind="", for_police=False, note="") -> list[CaseFile]:
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


def keep_sheet(*, case, approval, stage, kind) -> None:
    """Lay the scan of a signed paper (签批单) into the case's file; never into a package."""
    if approval.sheet is None:
        return
    CaseFile.objects.get_or_create(
        case=case, file=approval.sheet.scan, defaults={"stage": stage, "kind": kind}
    )


def signed_by(approval) -> dict:
    """What the trail says of an approval given on paper: who signed, and when."""
    if not approval.on_paper:
        return {}
    return {
        "签批人": ("", approval.signer.name),
        "签批日期": ("", approval.signed_on),
        "线下签批": ("", True),
    }
