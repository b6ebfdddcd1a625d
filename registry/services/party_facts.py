"""A party of the registry opened, or set right where it was typed wrongly.

Called by the acts of the apps above, which ask who may, want a reason and write the trail.
"""

from dataclasses import dataclass, field

from accounts.services import secrets
from common.errors import Refused
from common.identifiers import BadIdentifier, mask_phone
from common.words import fold, squeeze
from registry.models import PartyKind
from registry.services.parties import read_identity


@dataclass(frozen=True)
class PartyFacts:
    """A party in plain words."""

    key: int
    name: str
    kind: str
    identity: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)


def opened_party(party) -> PartyFacts:
    """The party with its number and phone; only acts that record it may call this."""
    return PartyFacts(
        key=party.pk,
        name=party.name,
        kind=party.get_kind_display(),
        identity=secrets.open_sealed(party.identity_sealed, party, "identity"),
        phone=secrets.open_sealed(party.phone_sealed, party, "phone"),
    )


def identity_of(kind: str, typed: str):
    """The checked number, or None where nothing was typed; Refused with a sentence."""
    try:
        return read_identity(kind, typed)
    except BadIdentifier as wrong:
        raise Refused(str(wrong)) from None


def rewrite_party(party, *, kind, name, identity="", phone="", **more) -> dict:
    """Set the registry's row right, inside the deed; returns {label: (old, new)}.

    An empty number or phone leaves what is known; a number of another kind of party goes.
    """
    if kind == PartyKind.UNKNOWN or not name.strip():
        raise Refused("请填写当事人姓名或名称。")
    number, before = identity_of(kind, identity), shown_party(party)
    index = party.identity_index
    if number is None and kind != party.kind:
        party.identity_index = party.identity_sealed = party.identity_masked = ""
    party.kind, party.name, party.name_fold = kind, name.strip(), fold(name)[:120]
    if number is not None:
        party.identity_index, party.identity_masked = number.index, number.masked
        party.identity_sealed = secrets.seal(number.normalised, party, "identity")
    if squeeze(phone):
        party.phone_sealed = secrets.seal(squeeze(phone), party, "phone")
        party.phone_masked = mask_phone(squeeze(phone))
    for label, value in more.items():
        setattr(party, label, value.strip())
    party.version += 1
    party.save()
    after = shown_party(party)
    if party.identity_index != index and after["证件号码"] == before["证件号码"]:
        after["证件号码"] += "（中间数字已更正）"
    return changed(before, after)


def changed(before: dict, after: dict) -> dict:
    """{label: (old, new)} of what differs."""
    return {key: (before[key], after[key]) for key in before if before[key] != after[key]}


def shown_party(party) -> dict:
    """A party as the trail may say it: masked."""
    return {
        "当事人类型": party.get_kind_display(),
        "姓名或名称": party.name,
        "证件号码": party.identity_masked,
        "法定代表人": party.representative,
        "住址或住所": party.address,
        "电话": party.phone_masked,
    }
