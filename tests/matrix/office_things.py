"""What an office has besides its work: people and posts, papers signed, messages, filters and labels."""

from datetime import date, datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import (
    Answer,
    Approval,
    Confirmation,
    Label,
    PaperAnswer,
    SignedPaper,
    SignIn,
    SigningAuthority,
)
from accounts.services import files
from reminders.models import Channel, FilterDigest, Outbox, RosterEntry, SavedFilter
from tests.papers import DRAWN

DAY = date(2026, 9, 1)
AT = timezone.make_aware(datetime(2026, 9, 1, 9, 0))


def office_things(things, staff):
    """Its people, who signs for whom, its messages, and what it keeps of lists."""
    agency, chief = things.agency, staff.chief
    things.person = staff.subject
    things.posting = staff.subject.postings.get()
    things.confirmation = Confirmation.objects.create(
        what="post", person=staff.subject, agency=agency, label="任职", asked_by=staff.handler
    )
    things.authority = SigningAuthority.objects.create(
        principal=chief,
        delegate=staff.delegate,
        agency=agency,
        since=DAY,
        until=date(2036, 1, 1),
        scan=a_file(chief, agency),
        recorded_by=chief,
    )
    things.sign_in = SignIn.objects.create(
        user=chief, session_key=f"matrix-{things.authority.pk}", began_at=AT
    )
    things.signed_paper = SignedPaper.objects.create(
        agency=agency, scan=a_file(chief, agency), signed_on=DAY, typed_by=staff.handler
    )
    _denied(things, staff, staff.chief)
    _reminders(things, staff.handler)
    _lists(things, staff)
    things.selves = {
        "person": {staff.subject.pk},
        "own_paper": {chief.pk},
        "sign_in": {chief.pk},
        "authority": {chief.pk, staff.delegate.pk},
        "informant_file": {staff.handler.pk},
        "secret_clue": {staff.handler.pk},
        "own_filter": {staff.handler.pk},
    }


def _denied(things, staff, chief):
    """A filing typed from the paper in the chief's name, which the chief denies."""
    things.denied = Approval.objects.create(
        subject_kind="cases.case",
        subject_id=things.case.pk,
        act="approve_filing",
        agreed=True,
        signer=chief,
        signer_posting=chief.postings.get(),
        signed_on=DAY,
        on_paper=True,
        typed_by=staff.handler,
        signed_paper=things.signed_paper,
    )
    PaperAnswer.objects.create(approval=things.denied, answer=Answer.DENIED, words="没有签过", by=chief)


def _reminders(things, handler):
    agency, things.contact_kind, things.law, things.law_article = things.agency, "email", "行政处罚法", "57"
    mail = {"kind": "email", "name": "邮件", "address": "smtp://127.0.0.1:25"}
    things.channel = Channel.objects.create(agency=agency, **mail)
    things.dead_letter = Outbox.objects.create(
        meaning=f"dead:{things.channel.pk}",
        channel="email",
        recipient=handler,
        kind="reminder",
        title="送不出",
        state="dead",
        agency=agency,
        target=things.channel,
        **{"not_before": AT, "done_at": AT},
    )
    until = AT.replace(year=2036)
    things.duty = RosterEntry.objects.create(agency=agency, person=handler, since=AT, until=until)


def _lists(things, staff):
    """A filter that the handler shares with the office and hears of, one of the handler's own, a label."""
    kept = {"owner": staff.handler, "list_name": "clues", "query": "state=registered"}
    once = things.clue.pk  # one office has things twice
    things.shared = SavedFilter.objects.create(name=f"共享的{once}", agency=things.agency, **kept)
    things.saved = SavedFilter.objects.create(name=f"自己的{once}", **kept)
    for each in (things.shared, things.saved):
        FilterDigest.objects.create(saved=each, person=staff.handler, looked_on=DAY)
    things.label = Label.objects.create(agency=things.agency, name=f"重点{once}")
    things.clue.labels.add(things.label)
    things.case.labels.add(things.label)


def a_file(by, agency, secret=False):
    """A kept file that opens as a picture."""
    return files.store(by=by, upload=SimpleUploadedFile("材料.png", DRAWN), agency=agency, secret=secret)
