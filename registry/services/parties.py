"""The registry of parties: one row per person or firm and office, found by blind index."""

from dataclasses import dataclass, field

from django.db import transaction

from accounts.models import Agency, Posting, User
from accounts.services import trail
from common.errors import Refused
from common.words import fold
from registry.models import Party, PartyKind
from registry.services.filling_in import fill_in
from registry.services.sealing import Identity, identity_of, set_identity, set_phone

UNKNOWN_NAME = "当事人不明"
_NUMBER_WORDS = {PartyKind.PERSON: "身份证号码", PartyKind.ORGANISATION: "统一社会信用代码"}
PLAIN = ("stat_kind", "representative", "address")  # details kept as they were typed


@dataclass(frozen=True)
class PartyDetails:
    """A party as typed; nothing of it is checked yet."""

    kind: str
    name: str = ""
    identity: str = field(default="", repr=False)
    stat_kind: str = ""
    representative: str = ""
    address: str = ""
    phone: str = field(default="", repr=False)


@transaction.atomic
def find_or_add_party(*, by: User, agency: Agency, details: PartyDetails) -> Party:
    """The office's party with this identity, or a new one; 当事人不明 is always a new row.

    A firm without a number is found again by its folded name; people without one are not, for
    two people may share a name. Blanks of a party found again are filled in; where what is typed
    differs from the registry, the registry stays and trail and person are told. Raises Refused.
    """
    if details.kind == PartyKind.UNKNOWN:
        return _add(agency, PartyDetails(PartyKind.UNKNOWN, details.name.strip() or UNKNOWN_NAME), None)
    if not details.name.strip():
        raise Refused("请填写当事人姓名或名称；还不知道是谁的，类型选“当事人不明”。")
    identity = identity_of(details.kind, details.identity)
    party = _held_party(agency, details.kind, details.name, identity)
    if party is None:
        return _add(agency, details, identity)
    typed = {name: getattr(details, name) for name in PLAIN}
    return fill_in(by=by, party=party, identity=identity, typed=typed, phone=details.phone)


@transaction.atomic
def name_unknown_party(
    *, by: User, party: Party, details: PartyDetails, posting: Posting | None = None
) -> Party:
    """Name a 当事人不明 in its own row, so that whatever points at it stays.

    Raises Refused if the party already has a name.
    """
    party = Party.objects.select_for_update().get(pk=party.pk)
    if party.kind != PartyKind.UNKNOWN:
        raise Refused(f"当事人已查明为{party.name}，不能再次补名。请刷新页面查看。")
    if details.kind == PartyKind.UNKNOWN or not details.name.strip():
        raise Refused("请填写查明的当事人姓名或名称。")
    identity = identity_of(details.kind, details.identity)
    party.kind, party.name, party.name_fold = details.kind, details.name.strip(), fold(details.name)
    _set_details(party, details, identity)
    party.version += 1
    party.save()
    changes = {"当事人": (UNKNOWN_NAME, party.name), "证件号码": ("", party.identity_masked)}
    trail.record(by=by, posting=posting, act="name_party", label="查明当事人", thing=party, changes=changes)
    return party


def _held_party(agency: Agency, kind: str, name: str, identity: Identity | None) -> Party | None:
    """The office's row of the same number, or of the same firm's name without another number."""
    here = Party.objects.select_for_update().filter(agency=agency, kind=kind)
    same_name = fold(name)
    if identity is not None:
        numbered = list(here.filter(identity_index=identity.index).order_by("pk"))
        for party in numbered:
            if party.name_fold == same_name:
                return party
        if numbered and kind == PartyKind.PERSON:
            raise Refused(
                f"这个{_NUMBER_WORDS[kind]}已登记在“{numbered[0].name}”名下，与填写的姓名不一致，请核对证件。"
            )
    if kind == PartyKind.ORGANISATION:
        rows = here.filter(name_fold=same_name)
        if identity is not None:
            rows = rows.filter(identity_index="")
        return rows.order_by("-identity_index", "pk").first()
    return None


def _add(agency: Agency, details: PartyDetails, identity: Identity | None) -> Party:
    name = details.name.strip()
    party = Party(agency=agency, kind=details.kind, name=name[:120], name_fold=fold(name)[:120])
    _set_details(party, details, identity)
    party.save()
    return party


def _set_details(party: Party, details: PartyDetails, identity: Identity | None) -> None:
    """What was typed beside kind and name; the caller saves the row."""
    set_phone(party, details.phone)
    for name in PLAIN:
        if value := getattr(details, name).strip():
            setattr(party, name, value)
    set_identity(party, identity)
