"""The registry of parties: one row per person or firm and office, found by blind index."""

from dataclasses import dataclass
from functools import partial

from django.db import transaction

from accounts.models import local_today
from accounts.services import secrets, trail
from accounts.services.remarks import remark
from common.errors import Refused
from common.identifiers import BadIdentifier, check_credit_code, check_id_card, mask_id, mask_phone
from common.words import fold, squeeze
from registry.models import Party, PartyKind

UNKNOWN_NAME = "当事人不明"
IDENTITY = "party-identity"
_WHAT = {PartyKind.PERSON: "身份证号码", PartyKind.ORGANISATION: "统一社会信用代码"}


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


@transaction.atomic
def find_or_add_party(
    *, by, agency, kind, name="", identity="", stat_kind="", representative="", address="", phone=""
) -> Party:
    """The office's party with this identity, or a new one; 当事人不明 is always a new row.

    A firm without a number is found again by its folded name; people without one are not, for
    two people may share a name. What was blank of a known party is filled in; where typed and
    known differ the known stays, and trail and person are told. Raises Refused with a sentence.
    """
    if kind == PartyKind.UNKNOWN:
        return _add(by, agency, kind, name.strip() or UNKNOWN_NAME, None, {})
    if not name.strip():
        raise Refused("请填写当事人姓名或名称；还不知道是谁的，类型选“当事人不明”。")
    number = _checked(kind, identity)
    more = {
        "stat_kind": stat_kind,
        "representative": representative.strip(),
        "address": address.strip(),
        "phone": phone,
    }
    found = _known(agency, kind, name, number)
    if found is not None:
        return _filled_in(by, found, number, more)
    return _add(by, agency, kind, name.strip(), number, more)


@transaction.atomic
def name_unknown_party(*, by, party, kind, name, identity="", posting=None, **more) -> Party:
    """Name a 当事人不明 in its own row, so that whatever points at it stays.

    Raises Refused if the party already has a name.
    """
    party = Party.objects.select_for_update().get(pk=party.pk)
    if party.kind != PartyKind.UNKNOWN:
        raise Refused(f"当事人已查明为{party.name}，不能再次补名。请刷新页面查看。")
    if kind == PartyKind.UNKNOWN or not name.strip():
        raise Refused("请填写查明的当事人姓名或名称。")
    number = _checked(kind, identity)
    party.kind, party.name, party.name_fold = kind, name.strip(), fold(name)
    _set_identity(party, number)
    _set_phone(party, more.pop("phone", ""))
    for field, value in more.items():
        setattr(party, field, value)
    party.version += 1
    party.save()
    changes = {"当事人": (UNKNOWN_NAME, party.name), "证件号码": ("", party.identity_masked)}
    trail.record(by=by, posting=posting, act="name_party", label="查明当事人", thing=party, changes=changes)
    return party


def _checked(kind, typed):
    try:
        return read_identity(kind, typed)
    except BadIdentifier as wrong:
        raise Refused(str(wrong)) from None


def _known(agency, kind, name, number):
    """The office's row of the same number, or of the same firm's name without another number."""
    here = Party.objects.select_for_update().filter(agency=agency, kind=kind)
    same_name = fold(name)
    if number is not None:
        found = list(here.filter(identity_index=number.index).order_by("pk"))
        for party in found:
            if party.name_fold == same_name:
                return party
        if found and kind == PartyKind.PERSON:
            raise Refused(f"这个{_WHAT[kind]}已登记在“{found[0].name}”名下，与填写的姓名不一致，请核对证件。")
    if kind == PartyKind.ORGANISATION:
        rows = here.filter(name_fold=same_name)
        if number is not None:
            rows = rows.filter(identity_index="")
        return rows.order_by("-identity_index", "pk").first()
    return None


def _filled_in(by, party, number, more):
    """Complete a known party by what was typed; what differs is only told."""
    filled, differing = {}, {}
    if number is not None and not party.identity_index:
        _set_identity(party, number)
        filled["证件号码"] = ("", party.identity_masked)
    for label, known, typed, fill in _typed(party, more):
        if not known:
            fill()
            filled[label] = ("", typed)
        elif known != typed:
            differing[label] = (known, typed)
    if filled:
        party.version += 1
        party.save()
    if filled or differing:
        kept = {f"{label}（填写不同，仍用原登记）": pair for label, pair in differing.items()}
        trail.record(by=by, act="fill_party", label="补充当事人信息", thing=party, changes=filled | kept)
    if differing:
        words = "、".join(f"{label}（已登记：{pair[0]}）" for label, pair in differing.items())
        remark(
            f"{party.name}已在本单位登记，这次填写的{words}与登记不同，仍用原登记的。"
            "确有变化的，请核对后更正当事人信息。"
        )
    party.differing = differing
    return party


def _typed(party, more):
    """Each detail that was typed: label, known, typed (as both may be shown), how to fill it in."""
    for name in ("representative", "address", "stat_kind"):
        if more[name]:
            label = str(Party._meta.get_field(name).verbose_name)
            fill = partial(setattr, party, name, more[name])
            yield label, getattr(party, name), more[name], fill
    phone = squeeze(more["phone"])
    known = secrets.open_sealed(party.phone_sealed, party, "phone")
    if phone and phone != known:
        fill = partial(_set_phone, party, phone)
        yield "电话", party.phone_masked, _other_phone(party, phone), fill


def _other_phone(party, phone) -> str:
    """The typed phone, masked; two that look alike masked are told apart by a word."""
    masked = mask_phone(phone)
    return f"{masked}（另一号码）" if masked == party.phone_masked else masked


def _add(by, agency, kind, name, number, more) -> Party:
    party = Party(agency=agency, kind=kind, name=name[:120], name_fold=fold(name)[:120])
    _set_phone(party, more.pop("phone", ""))
    for field, value in more.items():
        setattr(party, field, value)
    _set_identity(party, number)
    party.save()
    return party


def _set_identity(party, number) -> None:
    if number is None:
        return
    party.identity_index = number.index
    party.identity_sealed = secrets.seal(number.normalised, party, "identity")
    party.identity_masked = number.masked


def _set_phone(party, typed) -> None:
    phone = squeeze(typed)
    if phone:
        party.phone_sealed = secrets.seal(phone, party, "phone")
        party.phone_masked = mask_phone(phone)
