"""A party of the registry opened, or set right where it was typed wrongly.

Called by the acts of the apps above, which ask who may, want a reason and write the trail.
"""

from dataclasses import dataclass, field

from accounts.services import secrets
from common.errors import Refused
from common.words import fold
from registry.models import Party, PartyKind
from registry.services import words
from registry.services.parties import PartyDetails
from registry.services.sealing import identity_of, set_identity, set_phone
from registry.signals import party_rewritten


@dataclass(frozen=True)
class PartyFacts:
    """A party in plain words."""

    key: int
    name: str
    kind: str
    identity: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)


def opened_party(party: Party) -> PartyFacts:
    """The party with its number and phone; only acts that record it may call this."""
    return PartyFacts(
        key=party.pk,
        name=party.name,
        kind=party.get_kind_display(),
        identity=secrets.open_sealed(party.identity_sealed, party, "identity"),
        phone=secrets.open_sealed(party.phone_sealed, party, "phone"),
    )


def rewrite_party(party: Party, details: PartyDetails) -> dict:
    """Set the registry's row right, inside the deed; returns {label: (old, new)}.

    An empty number or phone leaves what is there; a number of another kind of party goes.
    Raises Refused with a sentence.
    """
    if details.kind == PartyKind.UNKNOWN or not details.name.strip():
        raise Refused("请填写当事人姓名或名称。")
    identity, before = identity_of(details.kind, details.identity), shown_party(party)
    index = party.identity_index
    if identity is None and details.kind != party.kind:
        party.identity_index = party.identity_sealed = party.identity_masked = ""
    party.kind, party.name = details.kind, details.name.strip()
    party.name_fold = fold(details.name)[:120]
    party.representative, party.address = details.representative.strip(), details.address.strip()
    set_identity(party, identity)
    set_phone(party, details.phone)
    party.version += 1
    party.save()
    words.renew(Party._meta.label_lower, [party.pk])
    party_rewritten.send(sender=Party, party=party)
    after = shown_party(party)
    if party.identity_index != index and after["证件号码"] == before["证件号码"]:
        after["证件号码"] += "（中间数字已更正）"
    return changed(before, after)


def changed(before: dict, after: dict) -> dict:
    """{label: (old, new)} of what differs."""
    return {key: (before[key], after[key]) for key in before if before[key] != after[key]}


def shown_party(party: Party) -> dict:
    """A party as the trail may say it: masked."""
    return {
        "当事人类型": party.get_kind_display(),
        "姓名或名称": party.name,
        "证件号码": party.identity_masked,
        "法定代表人": party.representative,
        "住址或住所": party.address,
        "电话": party.phone_masked,
    }
