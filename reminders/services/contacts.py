"""A person's own addresses for reminders: entered, and used once a code sent there came back."""

import re
import secrets as randomness
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import deeds, secrets, trail
from common.errors import Refused
from common.sealing import CannotDecrypt
from reminders.models import PERSONAL, Channel, ContactPoint
from reminders.services import messages
from reminders.services.channels import Undeliverable, sender_for
from reminders.services.messages import Message
from reminders.services.routes import read_routes

KEPT = timedelta(minutes=10)
PAUSE = timedelta(minutes=1)
TRIES = 5
PHONE = re.compile(r"\+?[0-9]{5,20}")


def set_address(*, by: User, kind: str, address: str) -> ContactPoint:
    """Enter or replace the user's own address and send a code to it; unused until confirmed.

    The address is kept also if the code can't be sent; Refused then says why.
    """
    channel = channel_for(by, kind)
    if channel is None:
        raise Refused("本单位还没有开通这种渠道，请联系系统管理员。")
    code = f"{randomness.randbelow(10**6):06d}"
    point = _keep(by, kind, _normal(kind, address), code)
    try:
        with sender_for(channel) as sender:
            sender.send(_asking(point, code), secrets.open_sealed(point.address, point, "address"))
    except (Undeliverable, CannotDecrypt) as error:
        sentence = getattr(error, "sentence", "渠道的密钥解不开。")
        raise Refused(f"确认码没有发出去：{sentence}请稍后重试，或联系系统管理员。") from None
    return point


@transaction.atomic
def _keep(by: User, kind: str, address: str, code: str) -> ContactPoint:
    now = timezone.now()
    point = ContactPoint.objects.select_for_update().filter(person=by, kind=kind).first()
    point = point or ContactPoint(person=by, kind=kind, order=10 * (1 + _count(by)))
    if point.code_until and point.code_until - KEPT + PAUSE > now:
        raise Refused("确认码刚刚发过，请一分钟后再试。")
    point.address = secrets.seal(address, point, "address")
    point.masked, point.verified_at = masked(kind, address), None
    point.code_hash, point.code_until, point.code_tries = _hash(point, code), now + KEPT, 0
    point.save()
    _record(by, point, "set_contact", "登记接收地址", {str(point.get_kind_display()): ("", point.masked)})
    return point


@transaction.atomic
def confirm(*, by: User, point: ContactPoint, code: str, version: int | str | None = None) -> ContactPoint:
    """Take the code that was sent; five wrong ones make it void."""
    point = deeds.lock(point)
    _own(by, point)
    if not point.code_until or point.code_until < timezone.now() or point.code_tries >= TRIES:
        raise Refused("确认码已经失效，请重新发送。")
    if not randomness.compare_digest(_hash(point, code.strip()), point.code_hash):
        return _count_wrong(point)
    point.verified_at, point.code_hash, point.code_until = timezone.now(), "", None
    point.save()
    _record(by, point, "confirm_contact", "确认接收地址", {})
    return point


def _count_wrong(point: ContactPoint) -> ContactPoint:
    """Counted and kept; the caller sees that it is still not confirmed."""
    point.code_tries += 1
    point.save(update_fields=["code_tries"])
    return point


@transaction.atomic
def prefer(*, by: User, point: ContactPoint) -> ContactPoint:
    """Have this address tried first."""
    point = deeds.lock(point)
    _own(by, point)
    first = ContactPoint.objects.filter(person=by).order_by("order").first()
    if first.pk != point.pk:
        point.order = max(first.order - 1, 0)
        ContactPoint.objects.filter(person=by, order__lte=point.order).exclude(pk=point.pk).update(
            order=point.order + 1
        )
        point.save()
    _record(by, point, "prefer_contact", "先用这个地址", {})
    return point


@transaction.atomic
def drop(*, by: User, point: ContactPoint) -> None:
    """Forget an address."""
    _own(by, point)
    _record(by, point, "drop_contact", "删除接收地址", {point.get_kind_display(): (point.masked, "")})
    ContactPoint.objects.filter(pk=point.pk).delete()


def channel_for(person: User, kind: str) -> Channel | None:
    """The channel of a kind that reaches a person at their agency or a post of theirs."""
    agencies = [posting.agency_id for posting in person.current_postings]
    if person.agency_id:
        agencies.append(person.agency_id)
    routes = read_routes([], agencies)
    return next((channel for pk in agencies if (channel := routes.nearest(kind, pk))), None)


def open_kinds(person: User) -> list[str]:
    """The kinds a person may enter an address for."""
    return [kind for kind in PERSONAL if channel_for(person, kind)]


def masked(kind: str, address: str) -> str:
    """sun@example.org → s***@example.org; 13812345678 → 138****5678."""
    if kind == "email":
        name, _, host = address.rpartition("@")
        return f"{name[:1]}***@{host}"[:80]
    return f"{address[:3]}****{address[-4:]}" if len(address) > 7 else "****"


def _normal(kind: str, address: str) -> str:
    address = address.strip().replace(" ", "")
    if kind == "email":
        try:
            validate_email(address)
        except ValidationError:
            raise Refused("邮箱地址写得不对，请核对。") from None
        return address
    if not PHONE.fullmatch(address := address.replace("-", "")):
        raise Refused("手机号码写得不对，请只写数字。")
    return address


def _asking(point: ContactPoint, code: str) -> Message:
    return Message(
        key=messages.key_of(f"confirm:{point.public_id}:{point.code_hash}"),
        what="确认码",
        when=code,
        title=f"接收提醒的确认码 {code}，十分钟内有效",
        link=messages.link(""),
    )


def _hash(point: ContactPoint, code: str) -> str:
    return secrets.blind_index(f"{point.public_id}:{code}", "contact-code")


def _count(person: User) -> int:
    return ContactPoint.objects.filter(person=person).count()


def _own(by: User, point: ContactPoint) -> None:
    if point.person_id != by.pk:
        raise Refused("只能办理本人的接收地址。")


def _record(by: User, point: ContactPoint, act: str, label: str, changes: dict) -> None:
    trail.record(by=by, act=act, label=label, thing=point, changes=changes)
