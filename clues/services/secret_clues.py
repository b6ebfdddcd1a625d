"""Clues on gangs and officials: sealed on arrival, handed over by a leader, answered.

The trail says who did what and when, never what the clue says.
"""

from dataclasses import dataclass, field, replace
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet

from accounts import roles
from accounts.models import Agency, StoredFile, User, local_today
from accounts.services import deeds, files, grants, secrets, signing, trail
from accounts.services.people import holders
from accounts.services.signing import IN_SYSTEM, Signature
from clues.acts import RECEIVERS, RECORD_SECRET, SECRET_ACTS
from clues.models import Clue, SecretClue
from clues.models.secret import AUTHORITY
from clues.services.informants import guard_words
from common.document_numbers import normalise_number
from common.errors import Forbidden, Refused
from reminders.services import outbox


@dataclass(frozen=True)
class HandingOver:
    """To which authority, by which letter. `to_agency` in the system, or `to_name` outside it."""

    to_agency: Agency | None = None
    to_name: str = ""
    letter_number: str = ""
    sent_on: date = field(default_factory=local_today)
    letter: UploadedFile | None = None


def possible_authorities(secret: SecretClue) -> QuerySet[Agency]:
    """Public security for gangs, discipline inspection for officials, of the same prefecture."""
    code = secret.agency.region.code[:4]
    return Agency.objects.filter(
        region__code__startswith=code, kind=AUTHORITY[secret.kind], ended_on=None
    ).select_related("region")


@transaction.atomic
def record_secret_clue(
    *, by: User, kind: str, received_on: date, suspects: str, summary: str, clue: Clue | None = None
) -> SecretClue:
    """Enter one; whom and what it is about are sealed. Its leaders are told that there is one."""
    posts = [post for post in by.current_postings if post.role in RECORD_SECRET.roles]
    if not posts:
        raise Forbidden("您的岗位不能登记这类线索。请直接报告本单位负责人。")
    if received_on > local_today():
        raise Refused("发现日期不能晚于今天。")
    if not summary.strip():
        raise Refused("请填写线索内容。")
    if clue is not None:
        guard_words(by, clue, suspects, summary)
    secret = SecretClue(agency=posts[0].agency, kind=kind, clue=clue, received_on=received_on, recorded_by=by)
    secret.suspects_sealed = secrets.seal(suspects.strip(), secret, "suspects")
    secret.summary_sealed = secrets.seal(summary.strip(), secret, "summary")
    secret.save()
    changes = {"类别": ("", secret.get_kind_display())}
    trail.record(
        by=by, posting=posts[0], act=RECORD_SECRET, thing=secret, changes=changes, happened_on=received_on
    )
    _tell(secret, holders(secret.agency, *roles.LEADERS).exclude(pk=by.pk), "有一条线索等您移送")
    return secret


@transaction.atomic
def hand_over_secret_clue(
    *,
    by: User,
    secret: SecretClue,
    handing: HandingOver,
    signature: Signature = IN_SYSTEM,
    version: int | str | None = None,
) -> SecretClue:
    """A leader hands it over, here or on paper; the authority sees it from now on.

    The opinion is sealed like the rest, and the signed paper is for this alone.
    """
    secret = deeds.lock(secret, version)
    act = SECRET_ACTS.get("hand_over_secret_clue")
    posting = SECRET_ACTS.require(act.name, by, secret)
    _refuse_receiver(secret, handing)
    if signature.signed_paper is not None:
        raise Refused("这类线索的签批单不与别的事项共用，请单独上传签批单扫描件。")
    secret.opinion_sealed = secrets.seal(signature.opinion.strip(), secret, "opinion")
    unsaid = replace(signature, opinion="")
    approval = signing.sign(by=by, posting=posting, act=act, thing=secret, agreed=True, signature=unsaid)
    secret.approval = approval
    changes = deeds.save(
        secret,
        act,
        state=act.landing,
        to_agency=handing.to_agency,
        to_name=handing.to_name.strip(),
        letter_number=normalise_number(handing.letter_number),
        sent_on=handing.sent_on,
        letter=_kept(by, secret, handing.letter) if handing.letter else None,
    )
    receiver = handing.to_agency
    if receiver is not None:
        grants.give(by=by, posting=posting, thing=secret, agency=receiver, reason="线索移送")
        _tell(secret, holders(receiver, *RECEIVERS), "有线索移送到本单位")
    changes["签批人"] = ("", approval.signer.name)
    trail.record(by=by, posting=posting, act=act, thing=secret, changes=changes, happened_on=handing.sent_on)
    return secret


def _kept(by: User, secret: SecretClue, letter: UploadedFile) -> StoredFile:
    """The letter repeats what the clue says: it lies encrypted as that does."""
    return files.store(by=by, upload=letter, agency=secret.agency, secret=True)


def _refuse_receiver(secret: SecretClue, handing: HandingOver) -> None:
    if handing.sent_on > local_today():
        raise Refused("移送日期不能晚于今天。")
    if (handing.to_agency is None) == (not handing.to_name.strip()):
        raise Refused("接收机关只填一处：选名单里的单位，或者填写名单外的单位全称。")
    if handing.to_agency and not possible_authorities(secret).filter(pk=handing.to_agency.pk).exists():
        raise Refused("涉黑涉恶的线索移送公安机关，公职人员的移送纪检监察机关，请另选接收机关。")


@transaction.atomic
def answer_secret_clue(
    *, by: User, secret: SecretClue, answered_on: date, text: str, version: int | str | None = None
) -> SecretClue:
    """What became of it, by the authority itself or typed from its letter."""
    secret = deeds.lock(secret, version)
    act = SECRET_ACTS.get("answer_secret_clue")
    posting = SECRET_ACTS.require(act.name, by, secret)
    if not secret.sent_on <= answered_on <= local_today():
        raise Refused(f"反馈日期应在移送的{secret.sent_on}以后，不能晚于今天。")
    if not text.strip():
        raise Refused("请写明办理结果。")
    secret.answer_sealed = secrets.seal(text.strip(), secret, "answer")
    changes = deeds.save(secret, act, state=act.landing, answered_on=answered_on)
    trail.record(by=by, posting=posting, act=act, thing=secret, changes=changes, happened_on=answered_on)
    leaders = holders(secret.agency, *roles.LEADERS) | User.objects.filter(pk=secret.recorded_by_id)
    _tell(secret, leaders.exclude(pk=by.pk).distinct(), "移送出去的一条线索有了回音")
    return secret


@transaction.atomic
def move_to_agency(*, by: User, agency: Agency, into: Agency) -> int:
    """Offices were merged: what stands at `agency` is led by `into` from now on; how many."""
    moved = [deeds.lock(each) for each in SecretClue.objects.filter(agency=agency).order_by("pk")]
    for secret in moved:
        changes = deeds.save(secret, agency=into)
        trail.record(by=by, act="move_secret_clue", label="机构合并", thing=secret, changes=changes)
    return len(moved)


def opened(secret: SecretClue) -> dict[str, str]:
    """Whom and what it is about, the leader's opinion and what came back, for who may read it."""
    return {
        name: secrets.open_sealed(getattr(secret, f"{name}_sealed"), secret, name)
        for name in ("suspects", "summary", "opinion", "answer")
    }


def _tell(secret: SecretClue, people: QuerySet[User], title: str) -> None:
    """One bare line in the inbox: neither the kind nor what it says."""
    outbox.owe(
        recipients=people,
        meaning=f"secret:{secret.public_id}:{secret.version}",
        kind="clue",
        title=title,
        url=secret.get_absolute_url(),
    )
