"""A party is found again: what is blank is filled in, what differs is only said."""

from collections.abc import Callable, Iterator
from functools import partial

from accounts.models import User
from accounts.services import secrets, trail
from accounts.services.remarks import remark
from common.identifiers import mask_phone
from common.words import squeeze
from registry.models import Party
from registry.services.sealing import Identity, set_identity, set_phone

# The label of a detail, what the registry has, what was typed (both as shown), how to fill it in.
Detail = tuple[str, str, str, Callable[[], None]]


def fill_in(*, by: User, party: Party, identity: Identity | None, typed: dict, phone: str) -> Party:
    """Complete a party by what was typed; where it differs the registry stays, and trail and person
    are told. `party.differing` is {label: (registered, typed)}."""
    filled, differing = {}, {}
    if identity is not None and not party.identity_index:
        set_identity(party, identity)
        filled["证件号码"] = ("", party.identity_masked)
    for label, registered, given, fill in _details(party, typed, phone):
        if not registered:
            fill()
            filled[label] = ("", given)
        elif registered != given:
            differing[label] = (registered, given)
    if filled:
        party.version += 1
        party.save()
    if filled or differing:
        ignored = {f"{label}（填写不同，仍用原登记）": pair for label, pair in differing.items()}
        trail.record(by=by, act="fill_party", label="补充当事人信息", thing=party, changes=filled | ignored)
    if differing:
        _say(party, differing)
    party.differing = differing
    return party


def _say(party: Party, differing: dict) -> None:
    words = "、".join(f"{label}（已登记：{registered}）" for label, (registered, _) in differing.items())
    remark(
        f"{party.name}已在本单位登记，这次填写的{words}与登记不同，仍用原登记的。"
        "确有变化的，请核对后更正当事人信息。"
    )


def _details(party: Party, typed: dict, phone: str) -> Iterator[Detail]:
    """Each detail that was typed."""
    for name in ("representative", "address", "stat_kind"):
        value = typed[name].strip()
        if value:
            label = str(Party._meta.get_field(name).verbose_name)
            yield label, getattr(party, name), value, partial(setattr, party, name, value)
    phone = squeeze(phone)
    if phone and phone != secrets.open_sealed(party.phone_sealed, party, "phone"):
        yield "电话", party.phone_masked, _other_phone(party, phone), partial(set_phone, party, phone)


def _other_phone(party: Party, phone: str) -> str:
    """The typed phone, masked; two that look alike masked are told apart by a word."""
    masked = mask_phone(phone)
    return f"{masked}（另一号码）" if masked == party.phone_masked else masked
