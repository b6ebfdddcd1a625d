"""Somebody is sent to look, and what was found on the ground is recorded."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count, QuerySet

from accounts import roles
from accounts.models import Agency, Posting, User, local_today
from accounts.services import clocks, deeds, trail
from accounts.services.people import holders
from clues.acts import ACTS
from clues.models import Clue, ClueState, Verification
from clues.services.attachments import file_changes, keep_files
from clues.services.informants import guard_words
from clues.services.telling import tell
from clues.terms import CHECK, LOOK_AGAIN
from common.document_numbers import normalise_number
from common.errors import Refused

TRUE, PARTLY, UNTRUE, UNVERIFIABLE = "true", "partly_true", "untrue", "unverifiable"
FEWEST_LOOKERS = 2
LOOKERS = {roles.HANDLER, roles.BRIGADE_HEAD, roles.INTAKE, roles.REPORTER}


def possible_handlers(agency: Agency) -> QuerySet[User]:
    """People who may be sent to look: the office's 承办人."""
    return holders(agency, roles.HANDLER)


def possible_lookers(agency: Agency, on: date | None = None) -> QuerySet[User]:
    """People who may have looked: in service on that day at the office or a township below it."""
    posts = Posting.objects.in_force(on or local_today()).filter(
        agency__path__startswith=agency.path, role__in=LOOKERS
    )
    return User.objects.filter(pk__in=posts.values("user_id"))


@dataclass(frozen=True)
class Look:
    """One look on the ground as it is reported; `stopped` is None where nothing was going on."""

    looked_on: date
    lookers: Sequence[User]
    facts_found: str
    judgment: str
    ongoing: bool = False
    stopped: bool | None = None
    stop_action: str = ""
    stop_notice_number: str = ""
    companions: str = ""

    def as_fields(self) -> dict:
        """The fields of a Verification, but for the people who looked."""
        notice = self.stop_notice_number
        return {
            "looked_on": self.looked_on,
            "facts_found": self.facts_found.strip(),
            "judgment": self.judgment,
            "ongoing": self.ongoing,
            "stopped": self.stopped if self.ongoing else None,
            "stop_action": self.stop_action.strip(),
            "stop_notice_number": normalise_number(notice) if notice.strip() else "",
            "companions": self.companions.strip(),
        }


@transaction.atomic
def assign_clue(
    *, by: User, clue: Clue, handler: User, note: str = "", version: int | str | None = None
) -> Clue:
    """Send somebody to look; a clue put aside (待查) is taken up again and its clock restarts."""
    clue = deeds.lock(clue, version)
    posting = ACTS.require("assign_clue", by, clue)
    if not possible_handlers(clue.agency).filter(pk=handler.pk).exists():
        raise Refused(f"{handler.name}现在不是本单位的承办人，请另选一人。")
    if clue.state == ClueState.ASSIGNED and clue.handler_id == handler.pk:
        raise Refused(f"这件线索已经分派给{handler.name}，不用再分派。")
    if clue.state == ClueState.PENDING:
        clocks.meet(thing=clue, kind=LOOK_AGAIN.kind)
        clocks.start(term=CHECK, thing=clue, counted_from=local_today(), url=clue.get_absolute_url())
    changes = deeds.save(
        clue, ACTS.get("assign_clue"), state=ClueState.ASSIGNED, handler=handler, look_again_on=None
    )
    trail.record(
        by=by, posting=posting, act=ACTS.get("assign_clue"), thing=clue, changes=changes, reason=note.strip()
    )
    if handler != by:
        tell(people=[handler], clue=clue, what="clue_assigned", title="有线索分派给您核查")
    return clue


@transaction.atomic
def verify_clue(
    *,
    by: User,
    clue: Clue,
    look: Look,
    files: Iterable[UploadedFile] = (),
    version: int | str | None = None,
) -> Clue:
    """Record one look on the ground; ends the clock of 线索核查. Returns the clue.

    A look by one person is recorded and flagged (一人核查); what the clue comes to needs two
    (`require_two_lookers`). What goes on must say whether it was stopped and how. Raises Refused.
    """
    clue = deeds.lock(clue, version)
    posting = ACTS.require("verify_clue", by, clue)
    _check_look(clue, look)
    guard_words(by, clue, look.facts_found, look.companions, look.stop_action)
    row = Verification.objects.create(clue=clue, recorded_by=by, **look.as_fields())
    row.lookers.set(look.lookers)
    added = keep_files(by=by, clue=clue, uploads=files)
    clocks.meet(thing=clue, kind=CHECK.kind)
    clocks.meet(thing=clue, kind=LOOK_AGAIN.kind)
    changes = deeds.save(
        clue,
        ACTS.get("verify_clue"),
        state=ClueState.VERIFIED,
        handler=clue.handler or by,
        look_again_on=None,
    )
    trail.record(
        by=by,
        posting=posting,
        act=ACTS.get("verify_clue"),
        thing=clue,
        changes=changes | _changes_of_look(row, look.lookers) | file_changes(added),
        happened_on=look.looked_on,
    )
    return clue


def faults_of_look(
    *,
    looked_on: date | None = None,
    lookers: Iterable[User] | None = None,
    judgment: str = "",
    ongoing: bool | None = None,
    stopped: bool | None = None,
    how: str = "",
) -> Iterator[tuple[str, str]]:
    """What can't be in the record of one look: (field, sentence) pairs, for form and service.

    `how` is what was done or the notice by which it was stopped; None is what isn't there yet.
    """
    if looked_on and looked_on > local_today():
        yield "looked_on", "核查日期不能晚于今天。"
    if lookers is not None and not lookers:
        yield "lookers", "请选择核查人员。"
    if not ongoing:
        return
    if judgment == UNTRUE:
        yield "judgment", "违法行为正在实施的，核查结论不能是“不属实”，请核对。"
    if stopped is None:
        yield "stopped", "违法行为正在实施的，请选择是否已制止。"
    elif stopped and not how.strip():
        yield "stop_action", "已制止的，请填写制止措施或责令停止违法行为通知书文号。"


def _check_look(clue: Clue, look: Look) -> None:
    faults = faults_of_look(
        looked_on=look.looked_on,
        lookers=look.lookers,
        judgment=look.judgment,
        ongoing=look.ongoing,
        stopped=look.stopped,
        how=look.stop_action + look.stop_notice_number,
    )
    for _, sentence in faults:
        raise Refused(sentence)
    if not look.facts_found.strip():
        raise Refused("请填写核查情况。")
    if look.judgment not in dict(Verification._meta.get_field("judgment").choices):
        raise Refused("请选择核查结论。")
    ours = set(possible_lookers(clue.agency, look.looked_on).values_list("pk", flat=True))
    strangers = [person.name for person in look.lookers if person.pk not in ours]
    if strangers:
        raise Refused(f"{'、'.join(strangers)}在{look.looked_on}不是本单位的人员，请核对核查人员。")


def require_two_lookers(clue: Clue, deed: str) -> None:
    """Refuse to settle a clue or to file on a look by one person (行政处罚法 art 42)."""
    looks = clue.verifications.annotate(people=Count("lookers", distinct=True))
    counts = [look.people for look in looks]
    if counts and max(counts) < FEWEST_LOOKERS:
        raise Refused(
            f"现场只有一人核查，不能{deed}：执法人员不得少于两人（行政处罚法第四十二条）。"
            "请由两人以上再核查一次。"
        )


def _changes_of_look(row: Verification, lookers: Iterable[User]) -> dict:
    shown = {
        "核查人员": "、".join(person.name for person in lookers),
        "核查结论": row.get_judgment_display(),
        "正在实施": "是" if row.ongoing else "否",
        "已制止": {True: "是", False: "否"}.get(row.stopped, ""),
        "制止措施": row.stop_action,
        "责令停止违法行为通知书文号": row.stop_notice_number,
    }
    return {label: ("", value) for label, value in shown.items() if value}


def last_look(clue: Clue) -> Verification | None:
    """The newest look on the ground, or None."""
    return clue.verifications.order_by("-looked_on", "-pk").first()
