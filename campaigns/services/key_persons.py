"""重点人员: names and numbers sealed as they come in, found again by index, opened for a reason."""

from dataclasses import dataclass, field

from django.db import transaction

from accounts.models import User
from accounts.services import deeds, secrets, trail
from campaigns.acts import BOOK_ACTS
from campaigns.models import KeyPerson
from campaigns.models.book import BookRow
from common.errors import Refused
from common.identifiers import mask_name
from common.words import fold, squeeze
from registry.models import PartyKind
from registry.services.sealing import identity_of

NAMED = "key-person"  # what the index of a name is keyed for, while no number is known
TEXTS = ("situation", "responsible")


@dataclass(frozen=True)
class PersonFacts:
    """A person of the list in plain words."""

    name: str = field(repr=False)
    identity: str = field(default="", repr=False)


def sealed(row: BookRow, values: dict) -> dict:
    """The values of a row with name and number of a 重点人员 sealed; of any other row as they are.

    Left empty, what is known stays. Raises Refused for a missing name, a wrong number, somebody
    who stands on the list already, and a text that tells the name.
    """
    if not isinstance(row, KeyPerson):
        return values
    name, number = squeeze(values.pop("name", "")), values.pop("identity", "")
    identity = identity_of(PartyKind.PERSON, number)
    if not (name or row.name_sealed):
        raise Refused("请填写姓名。")
    _refuse_named(name, [values.get(text) or "" for text in TEXTS])
    if name:
        values |= {"name_sealed": secrets.seal(name, row, "name"), "name_masked": mask_name(name)}
    if identity:
        values |= {
            "identity_sealed": secrets.seal(identity.normalised, row, "identity"),
            "identity_masked": identity.masked,
            "person_index": identity.index,
        }
    elif name and not row.identity_sealed:
        values["person_index"] = secrets.blind_index(fold(name), NAMED)
    _refuse_twice(row, values.get("person_index", ""))
    return values


def _refuse_named(name: str, texts: list[str]) -> None:
    if len(name) > 1 and any(name in squeeze(text) for text in texts):
        raise Refused("“掌握的情况”“包联责任人”里写有本人姓名，这些内容不加密，请改成“该人”。")


def _refuse_twice(row: KeyPerson, index: str) -> None:
    same = KeyPerson.objects.filter(campaign_id=row.campaign_id, agency_id=row.agency_id, person_index=index)
    there = same.standing().exclude(pk=row.pk).first() if index else None
    if there:
        raise Refused(f"{there}已经登记在{there.township}，请修改原来的登记。")


@transaction.atomic
def unmask_key_person(
    *, by: User, row: KeyPerson, reason: str, version: int | str | None = None
) -> PersonFacts:
    """Open one person's name and number once, for a reason; the trail keeps who asked and why."""
    row = deeds.lock(row, version)
    posting = BOOK_ACTS.require("unmask_key_person", by, row)
    if not reason.strip():
        raise Refused("请写明查看事由。")
    deeds.save(row)
    trail.record(
        by=by,
        posting=posting,
        act=BOOK_ACTS.get("unmask_key_person"),
        thing=row,
        reason=reason.strip(),
        changes={"重点人员": ("", str(row))},
    )
    return PersonFacts(
        secrets.open_sealed(row.name_sealed, row, "name"),
        secrets.open_sealed(row.identity_sealed, row, "identity"),
    )
