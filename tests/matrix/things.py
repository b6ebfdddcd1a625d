"""One thing of every kind that an address can be about, for one office; made without services."""

from datetime import date, datetime
from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import Grant
from accounts.services import files
from cases.models import (
    Case,
    CaseFile,
    CaseParty,
    CaseState,
    Decision,
    PoliceMatter,
    Referral,
    ReferralState,
    Violation,
)
from clues.models import Clue, ClueFile, Informant, Party
from ledgers.matching import match_key
from ledgers.models import (
    EntryLink,
    ImportBatch,
    LedgerEntry,
    Submission,
    SubmissionRow,
)

PDF = b"%PDF-1.4 matrix"


def build_things(cast, campaign, agency, people) -> SimpleNamespace:
    """Clue, case, referral, matter, entry, submission, import and files of one county office.

    `people` = (intake, handler, liaison) of that office. Nothing is granted to anybody yet.
    """
    intake, handler, liaison = people
    party = Party.objects.create(agency=agency, name="甲公司", name_fold="甲公司")
    clue = Clue.objects.create(
        agency=agency, number="线1", source="patrol", received_on=date(2026, 9, 1), summary="盗采",
        county=agency.region, place="某沟", registered_by=intake, handler=handler,
    )  # fmt: skip
    Informant.objects.create(clue=clue)
    case = Case.objects.create(
        agency=agency, number="案1", clue=clue, state=CaseState.INVESTIGATION, cause="非法采矿",
        county=agency.region, place="某沟", handler=handler, filed_on=date(2026, 9, 2),
    )  # fmt: skip
    CaseParty.objects.create(case=case, party=party)
    violation = Violation.objects.create(case=case, code="K21", side="mining")
    decision = Decision.objects.create(case=case, proposed_by=handler)
    police = cast.police_office
    referral = Referral.objects.create(
        case=case, state=ReferralState.SENT, to_agency=police, crime="非法采矿罪", report="涉嫌",
        proposed_by=handler, sent_on=date(2026, 9, 3),
    )  # fmt: skip
    matter = PoliceMatter.objects.create(
        agency=police, title="自侦", taken_up_on=date(2026, 9, 4), recorded_by=handler
    )
    entry = LedgerEntry.objects.create(
        campaign=campaign, agency=agency, position=1, party="甲公司", place="某沟",
        match_key=match_key("甲公司", "某沟"), opened_on=date(2026, 9, 5), recorded_by=liaison,
    )  # fmt: skip
    EntryLink.objects.create(entry=entry, case=case)
    return SimpleNamespace(
        party=party, clue=clue, case=case, referral=referral, matter=matter, entry=entry,
        violation=violation, decision=decision,
        submission=_submission(campaign, agency, liaison, entry),
        batch=ImportBatch.objects.create(
            campaign=campaign, agency=agency, file_name="台账.xlsx", imported_by=liaison,
            report=dict.fromkeys(("created", "updated", "unchanged", "skipped_totals"), 0)
            | {"warnings": [], "rejected": [], "rows": []},
        ),
        clue_file=_file(handler, agency, ClueFile, clue=clue),
        case_file=_file(handler, agency, CaseFile, case=case),
    )  # fmt: skip


def _submission(campaign, agency, liaison, entry):
    now = timezone.make_aware(datetime(2026, 9, 15, 17, 0))
    submission = Submission.objects.create(
        campaign=campaign, agency=agency, sequence=1, data_as_of=date(2026, 9, 15), filled_at=now,
        submitted_at=now, filled_by=liaison, checked_by=liaison, form_code="luliang", form_version=1,
        digest="0" * 64,
    )  # fmt: skip
    SubmissionRow.objects.create(
        submission=submission, position=1, entry_key=entry.public_id, agency=agency,
        values={"serial": 1, "county": agency.region.name, "party": "甲公司"},
    )  # fmt: skip
    return submission


def _file(by, agency, model, **owner):
    upload = SimpleUploadedFile("材料.pdf", PDF)
    return model.objects.create(file=files.store(by=by, upload=upload, agency=agency), **owner)


def grant(thing, kind, agency, by) -> None:
    """Show a thing to an agency, as a referral or a handover does."""
    Grant.objects.create(kind=kind, object_id=thing.pk, agency=agency, reason="移送", granted_by=by)
