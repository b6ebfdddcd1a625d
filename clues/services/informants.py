"""Who reported: sealed on arrival, shown by an act with a reason, never in trail or address."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts import roles
from accounts.models import Agency, User, local_today
from accounts.services import deeds, secrets, trail
from accounts.services.people import holders
from clues.acts import ACTS
from clues.models import Clue, Informant
from clues.services.telling import tell
from common import mentions
from common.errors import Forbidden, Refused
from common.identifiers import BadIdentifier, check_id_card
from common.words import squeeze

SEALED = ("name", "phone", "identity")
NAMED = "填写的内容或者附件名里有举报人的姓名、电话或证件号码，请删去，以免泄露举报人。"

NOBODY = "这里写的全单位都看得到，不写人的姓名、电话和证件号码，请换一个。"


@dataclass(frozen=True)
class InformantFacts:
    """An informant as typed, or as unsealed; `files` are uploads that may show who it is."""

    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    identity: str = field(default="", repr=False)
    anonymous: bool = False
    wants_answer: bool = False
    files: tuple[UploadedFile, ...] = field(default=(), repr=False)

    @property
    def is_empty(self) -> bool:
        """Nothing was said about an informant."""
        typed = any((self.name, self.phone, self.identity))
        return not (typed or self.anonymous or self.wants_answer or self.files)


def keep_informant(*, clue: Clue, facts: InformantFacts) -> Informant | None:
    """Seal what was said of a new clue's informant, but for the files; call inside the registering deed.

    Raises Refused for a wrong identity number, or anonymity together with a name.
    """
    if facts.is_empty:
        return None
    if facts.anonymous and (facts.name.strip() or facts.identity.strip()):
        raise Refused("匿名举报不填写举报人姓名和证件号码，请去掉“匿名”或删去姓名、证件号码。")
    informant = Informant(clue=clue, anonymous=facts.anonymous, wants_answer=facts.wants_answer)
    for name, value in _normalised(facts).items():
        if value:
            setattr(informant, f"{name}_sealed", secrets.seal(value, informant, name))
    informant.save()
    return informant


def _normalised(facts: InformantFacts) -> dict:
    identity = ""
    if squeeze(facts.identity):
        try:
            identity = check_id_card(facts.identity, today=local_today()).normalised
        except BadIdentifier as wrong:
            raise Refused(f"举报人{wrong}") from None
    return {"name": facts.name.strip(), "phone": squeeze(facts.phone), "identity": identity}


def refuse_named(facts: InformantFacts, *texts: str) -> None:
    """Refuse words that everybody will read when they carry the informant's own data."""
    written = "".join(texts)
    numbers = (facts.phone, facts.identity)
    if mentions.names(written, facts.name) or any(mentions.numbers(written, each) for each in numbers):
        raise Refused(NAMED)


def visible_informant(user: User, clue: Clue) -> Informant | None:
    """The clue's informant if this person may know that there is one."""
    return Informant.objects.visible_to(user).filter(clue=clue).first()


def guard_words(user: User, clue: Clue, *texts: str) -> None:
    """Refuse words for everybody that carry the data of the clue's informant, or of one merged into it.

    Only asked of those who may know the informant: to others the answer would tell who it is.
    """
    guard_clues(user, clue.original_ids(), *texts)


def guard_clues(user: User, clue_ids: Iterable[int], *texts: str) -> None:
    """The same for the informants of all these clues."""
    for informant in Informant.objects.visible_to(user).filter(clue_id__in=clue_ids):
        refuse_named(opened(informant), *texts)


def guard_office(user: User, agency: Agency, *texts: str) -> None:
    """Refuse words for a whole office, of no clue in particular, with the data of any of its informants.

    Only those whom the person may know are asked, and the sentence doesn't say that it is an informant:
    nobody learns more by trying names than the clue's own page would show them.
    """
    for informant in Informant.objects.visible_to(user).filter(clue__agency=agency):
        try:
            refuse_named(opened(informant), *texts)
        except Refused:
            raise Refused(NOBODY) from None


@transaction.atomic
def unmask_informant(
    *, by: User, clue: Clue, reason: str, version: int | str | None = None
) -> InformantFacts:
    """Show the informant once, for a reason; the trail keeps who asked and why, not the answer.

    Raises Forbidden where the post fits but the clue isn't theirs to work on.
    """
    clue = deeds.lock(clue, version)
    act = ACTS.get("unmask_informant")
    posting = ACTS.require(act.name, by, clue)
    informant = _required(by, clue)
    if not reason.strip():
        raise Refused("请写明查看举报人的事由。")
    facts = opened(informant)
    refuse_named(facts, reason)
    trail.record(by=by, posting=posting, act=act, thing=clue, reason=reason.strip())
    deeds.save(clue)
    leaders = holders(clue.agency, roles.CHIEF).exclude(pk=by.pk)
    tell(people=leaders, clue=clue, what="informant_unmasked", title="有人查看了线索的举报人")
    return facts


def opened(informant: Informant) -> InformantFacts:
    """The informant in plain words; only acts that record it may call this."""
    values = {
        name: secrets.open_sealed(getattr(informant, f"{name}_sealed"), informant, name)
        if getattr(informant, f"{name}_sealed")
        else ""
        for name in SEALED
    }
    return InformantFacts(**values, anonymous=informant.anonymous, wants_answer=informant.wants_answer)


@transaction.atomic
def answer_informant(
    *, by: User, clue: Clue, answered_on: date, content: str, version: int | str | None = None
) -> Clue:
    """Record that the informant was told what became of the clue; returns the clue."""
    clue = deeds.lock(clue, version)
    act = ACTS.get("answer_informant")
    posting = ACTS.require(act.name, by, clue)
    informant = _required(by, clue)
    if answered_on > local_today():
        raise Refused("反馈日期不能晚于今天。")
    if not content.strip():
        raise Refused("请填写反馈内容。")
    refuse_named(opened(informant), content)
    informant.answered_on = answered_on
    informant.save(update_fields=["answered_on"])
    trail.record(
        by=by,
        posting=posting,
        act=act,
        thing=clue,
        changes={"反馈日期": ("", answered_on)},
        reason=content.strip(),
        happened_on=answered_on,
    )
    deeds.save(clue)
    return clue


def _required(by: User, clue: Clue) -> Informant:
    informant = visible_informant(by, clue)
    if informant is None:
        raise Forbidden("举报人只由本单位登记人员、大队长和这件线索的核查人查看，您不能查看。")
    return informant
