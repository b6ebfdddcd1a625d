"""One thing of every kind that an address can be about, for one office; made without services."""

from datetime import date, datetime
from types import SimpleNamespace

from django.utils import timezone

from accounts.models import Grant
from campaigns.models import (
    Campaign,
    CampaignMember,
    Duty,
    DutyRule,
    KeyPerson,
    Meeting,
    MeetingItem,
    Phase,
    ScreeningTarget,
)
from cases.models import (
    Case,
    CaseFile,
    CaseParty,
    CaseState,
    Decision,
    PastReview,
    PoliceMatter,
    Referral,
    ReferralState,
    Violation,
)
from clues.models import Clue, ClueFile, ClueParty, Informant, InformantFile, SecretClue, SecretKind
from ledgers.matching import match_key
from ledgers.models import (
    EntryLink,
    ImportBatch,
    LedgerEntry,
    ReturnedMark,
    ReturnedWorkbook,
    Submission,
    SubmissionRow,
)
from registry.models import Party
from tests.matrix.office_things import AT, DAY, a_file, office_things


def build_things(campaign, agency, police, staff, *, township=None, copied_to=None):
    """Clue, case, referral, matter, entry, submission, import, files, … of one office.

    `staff` gives its people: handler, liaison, chief, delegate and `subject`, whose page the
    person addresses are about. Nothing is granted to anybody yet.
    """
    things = SimpleNamespace(agency=agency, police=police, stage="filing", year=2026)
    things.cell, things.chapter, things.picture = "mining_fine", 1, "desk"
    _clue(things, staff, township)
    _case(things, staff, police, copied_to)
    _ledger(things, campaign, staff.liaison)
    _owed(things, campaign)
    _organisation(things, campaign, staff.liaison)
    _watched(things, campaign, staff.liaison, township)
    office_things(things, staff)
    return things


def _clue(things, staff, township):
    agency, handler = things.agency, staff.handler
    things.party = Party.objects.create(agency=agency, name="甲公司", name_fold="甲公司")
    things.clue = Clue.objects.create(
        agency=agency,
        number="线1",
        source="patrol",
        received_on=DAY,
        summary="盗采",
        county=agency.region,
        place="某沟",
        registered_by=staff.liaison,
        handler=handler,
        origin_agency=township,
    )
    ClueParty.objects.create(clue=things.clue, party=things.party)
    informant = Informant.objects.create(clue=things.clue)
    things.clue_file = ClueFile.objects.create(clue=things.clue, file=a_file(handler, agency))
    things.secretclue = SecretClue.objects.create(
        agency=agency, kind=SecretKind.GANG, received_on=DAY, recorded_by=handler
    )
    things.informant_file = InformantFile.objects.create(
        informant=informant, file=a_file(handler, agency, secret=True)
    )


def _case(things, staff, police, copied_to):
    agency, handler = things.agency, staff.handler
    things.case = case = Case.objects.create(
        agency=agency,
        number="案1",
        clue=things.clue,
        state=CaseState.INVESTIGATION,
        cause="非法采矿",
        county=agency.region,
        place="某沟",
        handler=handler,
        filed_on=DAY,
    )
    things.caseparty = CaseParty.objects.create(case=case, party=things.party)
    Violation.objects.create(case=case, code="K21", side="mining")
    things.decision = Decision.objects.create(case=case, proposed_by=handler)
    things.referral = Referral.objects.create(
        case=case,
        state=ReferralState.SENT,
        to_agency=police,
        copied_to=copied_to,
        crime="非法采矿罪",
        report="涉嫌",
        proposed_by=handler,
        sent_on=DAY,
    )
    things.matter = PoliceMatter.objects.create(
        agency=police, title="自侦", taken_up_on=DAY, recorded_by=handler
    )
    things.past_review = PastReview.objects.create(
        agency=agency, made_by=handler, file_name="案卷.jsonl", kind="lines", as_of=DAY, expires_on=DAY
    )
    things.case_file = CaseFile.objects.create(case=case, file=a_file(handler, agency))
    things.package_file = CaseFile.objects.create(case=case, file=a_file(handler, agency), for_police=True)


def _ledger(things, campaign, liaison):
    agency = things.agency
    things.campaign = campaign
    things.entry = LedgerEntry.objects.create(
        campaign=campaign,
        agency=agency,
        position=1,
        party="甲公司",
        place="某沟",
        match_key=match_key("甲公司", "某沟"),
        opened_on=DAY,
        recorded_by=liaison,
    )
    EntryLink.objects.create(entry=things.entry, case=things.case)
    things.submission = _submission(campaign, agency, liaison, things.entry)
    things.returned = ReturnedWorkbook.objects.create(
        submission=things.submission, workbook=a_file(liaison, agency), uploaded_by=liaison
    )
    things.mark = ReturnedMark.objects.create(
        returned=things.returned,
        position=1,
        sheet="台账",
        row=7,
        column="K",
        entry_key=things.entry.public_id,
        party="甲公司",
        key=things.cell,
        changes=True,
        proposed="1",
    )
    things.batch = ImportBatch.objects.create(
        campaign=campaign,
        agency=agency,
        file_name="台账.xlsx",
        imported_by=liaison,
        report=dict.fromkeys(("created", "updated", "unchanged", "skipped_totals"), 0)
        | {"warnings": [], "rejected": []},
    )


def _owed(things, campaign):
    """A rule that the office set for itself, and what it owes by it; and one by which its public
    security owes it."""
    agency, due = things.agency, timezone.make_aware(datetime(2036, 9, 15, 18, 0))
    things.rule = DutyRule.objects.create(
        agency=agency,
        campaign=campaign,
        name="半月台账",
        pattern="monthly",
        days=[15],
        from_day=DAY,
        made_until=date(2036, 10, 1),
    )
    things.owed = Duty.objects.create(
        rule=things.rule,
        campaign=campaign,
        agency=agency,
        upper=agency,
        what="ledger",
        name="半月台账",
        day=due.date(),
        due_at=due,
    )
    weekly = DutyRule.objects.create(
        agency=agency,
        name="周报",
        what="paper",
        kind="ga",
        pattern="weekly",
        days=[5],
        from_day=DAY,
        made_until=date(2036, 10, 1),
    )
    things.received = Duty.objects.create(
        rule=weekly,
        agency=things.police,
        upper=agency,
        what="paper",
        name="周报",
        day=due.date(),
        due_at=due,
    )


def _organisation(things, campaign, liaison):
    """A phase kept by the office, one by its police, and a campaign of the office's own region."""
    things.book = "phases"
    things.phase, things.police_phase = (
        Phase.objects.create(
            campaign=campaign,
            agency=agency,
            name="摸排",
            from_day=DAY,
            to_day=DAY,
            deliverables="台账",
            recorded_by=liaison,
        )
        for agency in (things.agency, things.police)
    )
    things.meeting, things.police_meeting = (
        Meeting.objects.create(
            campaign=campaign, agency=agency, kind="joint", held_on=DAY, recorded_by=liaison
        )
        for agency in (things.agency, things.police)
    )
    for meeting in (things.meeting, things.police_meeting):
        MeetingItem.objects.create(row=meeting, position=1, title="某沟盗采")
    things.item_position = 1
    things.own_campaign = Campaign.objects.create(
        code=f"own-{Campaign.objects.count()}", name="本级专项行动", region=things.agency.region, from_day=DAY
    )
    for agency in (things.agency, things.police):
        CampaignMember.objects.create(campaign=things.own_campaign, agency=agency)


def _watched(things, campaign, liaison, township):
    """A place with trouble that the office screened, one that its township did, and a person watched."""
    things.screening, things.key_persons = "screening", "key_persons"
    things.township = township or things.agency
    things.township_campaign = Campaign.objects.create(
        code=f"township-{Campaign.objects.count()}",
        name="乡镇参加的专项行动",
        region=things.agency.region,
        from_day=DAY,
    )
    for member in {things.agency, things.township, things.police}:
        CampaignMember.objects.create(campaign=things.township_campaign, agency=member)
    things.place, things.township_place = (
        ScreeningTarget.objects.create(
            campaign=where,
            agency=keeper,
            township="某镇",
            kind="gully",
            name="某沟",
            done_on=DAY,
            found="trouble",
            result="盗采",
            recorded_by=liaison,
        )
        for where, keeper in (
            (campaign, things.agency),
            (things.township_campaign, things.township),
        )
    )
    things.watched = KeyPerson.objects.create(
        campaign=campaign,
        agency=things.agency,
        name_masked="某**",
        kind="frequent",
        township="某镇",
        situation="盗采",
        since=DAY,
        recorded_by=liaison,
    )


def _submission(campaign, agency, liaison, entry):
    now = AT.replace(day=15, hour=9)
    sequence = Submission.objects.filter(campaign=campaign, agency=agency).count() + 1
    submission = Submission.objects.create(
        campaign=campaign,
        agency=agency,
        sequence=sequence,
        data_as_of=date(2026, 9, 15),
        filled_at=now,
        submitted_at=now,
        filled_by=liaison,
        checked_by=liaison,
        form_code="luliang",
        form_version=1,
        digest="0" * 64,
        totals={"now": {}},
    )
    SubmissionRow.objects.create(
        submission=submission,
        position=1,
        entry_key=entry.public_id,
        agency=agency,
        values={"serial": 1, "county": agency.region.name, "party": "甲公司"},
    )
    return submission


def grant(thing, kind, agency, by) -> Grant:
    """Show a thing to an agency, as a referral or a handover does."""
    return Grant.objects.create(kind=kind, object_id=thing.pk, agency=agency, reason="移送", granted_by=by)
