"""Identity number and phone of a party: checked, sealed at rest, masked for the screen."""

from dataclasses import dataclass

from accounts.models import local_today
from accounts.services import secrets
from common.errors import Refused
from common.identifiers import BadIdentifier, check_credit_code, check_id_card, mask_id, mask_phone
from common.words import squeeze
from registry.models import Party, PartyKind

IDENTITY = "party-identity"  # what the blind index of these numbers is keyed for


@dataclass(frozen=True)
class Identity:
    """A checked identity number or credit code; `warnings` are for the person to weigh."""

    normalised: str
    index: str
    masked: str
    warnings: tuple[str, ...] = ()


def read_identity(kind: str, typed: str) -> Identity | None:
    """Check an identity number or credit code; None when nothing was typed.

    Raises common.identifiers.BadIdentifier with a sentence.
    """
    if not squeeze(typed) or kind == PartyKind.UNKNOWN:
        return None
    if kind == PartyKind.PERSON:
        number, warnings = check_id_card(typed, today=local_today()).normalised, ()
    else:
        code = check_credit_code(typed)
        number, warnings = code.normalised, code.warnings
    return Identity(number, secrets.blind_index(number, IDENTITY), mask_id(number), warnings)


def identity_of(kind: str, typed: str) -> Identity | None:
    """The checked number, or None where nothing was typed. Raises Refused with a sentence."""
    try:
        return read_identity(kind, typed)
    except BadIdentifier as wrong:
        raise Refused(str(wrong)) from None


def set_identity(party: Party, identity: Identity | None) -> None:
    """Seal a checked number into the row, which the caller saves; None leaves what is there."""
    if identity is None:
        return
    party.identity_index = identity.index
    party.identity_sealed = secrets.seal(identity.normalised, party, "identity")
    party.identity_masked = identity.masked


def set_phone(party: Party, typed: str) -> None:
    """Seal a phone into the row, which the caller saves; nothing typed leaves what is there."""
    phone = squeeze(typed)
    if phone:
        party.phone_sealed = secrets.seal(phone, party, "phone")
        party.phone_masked = mask_phone(phone)
