"""Keeping channels: entered, amended, stopped and tried out by a system administrator."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from accounts.models import Agency, Posting, User
from accounts.services import deeds, installation, secrets, trail
from common.errors import Refused
from common.sealing import CannotDecrypt
from reminders.acts import CHANNEL_ACTS
from reminders.models import Channel, ChannelKind, DeliveryLog, Outcome
from reminders.services import messages, outbox
from reminders.services.channels import SENDERS, Keys, Undeliverable, sender_for
from reminders.services.channels.sms import unknown_places


@dataclass(frozen=True)
class Details:
    """What is entered of a channel; `everywhere` only at the very top, `keys` are kept sealed."""

    name: str
    address: str
    options: dict = field(default_factory=dict)
    everywhere: bool = False
    order: int = 10
    keys: Keys = Keys()


@transaction.atomic
def add_channel(
    *, by: User, agency: Agency, kind: str, details: Details, version: int | str | None = None
) -> Channel:
    """Enter a channel that serves an agency and all below."""
    posting = CHANNEL_ACTS.require("add_channel", by, agency)
    channel = Channel(
        kind=kind,
        name=details.name.strip(),
        agency=agency,
        address=details.address.strip(),
        options=details.options,
        everywhere=details.everywhere,
        order=details.order,
    )
    _check(channel)
    channel.secret = _sealed(channel, details.keys)
    channel.save()
    changes = {
        "名称": ("", channel.name),
        "类别": ("", channel.get_kind_display()),
        "地址": ("", channel.address),
        "服务单位": ("", str(agency)),
    }
    _record(by, posting, "add_channel", channel, changes)
    return channel


@transaction.atomic
def amend_channel(
    *,
    by: User,
    channel: Channel,
    token: str = "",
    signing: str = "",
    version: int | str | None = None,
    **values: object,
) -> Channel:
    """Change a channel; keys left blank stay as they are."""
    channel = deeds.lock(channel, version)
    posting = CHANNEL_ACTS.require("amend_channel", by, channel)
    if token or signing:
        old = Keys.read(secrets.open_sealed(channel.secret, channel, "secret"))
        channel.secret = _sealed(channel, Keys(token or old.token, signing or old.signing))
    changes = deeds.save(channel, **values)
    _check(channel)
    outbox.hurry(channel)
    if token or signing:
        changes["密钥"] = ("", "已更换")
    _record(by, posting, "amend_channel", channel, changes)
    return channel


@transaction.atomic
def stop_channel(*, by: User, channel: Channel, reason: str, version: int | str | None = None) -> Channel:
    """Stop using it: what waits for it goes on by the next channel."""
    return _switch(by, channel, "stop_channel", False, reason, version)


@transaction.atomic
def start_channel(
    *, by: User, channel: Channel, reason: str = "", version: int | str | None = None
) -> Channel:
    """Use it again."""
    return _switch(by, channel, "start_channel", True, reason, version)


def test_channel(*, by: User, channel: Channel, to: str = "") -> str:
    """Send a test message now; the sentence why it didn't go, or "". Either way in the log.

    A channel that takes it is down no longer: what waited for it goes out at once.
    """
    posting = CHANNEL_ACTS.require("test_channel", by, channel)
    now = timezone.now()
    meaning = f"test:{channel.public_id}:{now:%Y%m%d%H%M%S%f}"
    why = ""
    try:
        with sender_for(channel) as sender:
            sender.send(messages.for_test(meaning), to)
    except Undeliverable as error:
        why = error.sentence
    except CannotDecrypt:
        why = "渠道的密钥解不开。请重新填写密钥。"
    with transaction.atomic():
        DeliveryLog.objects.create(
            meaning=meaning,
            channel=channel,
            agency_id=channel.agency_id,
            attempt=1,
            at=now,
            outcome=Outcome.FAILED if why else Outcome.SENT,
            note=f"试发。{why}",
        )
        if not why:
            outbox.hurry(channel)
        _record(by, posting, "test_channel", channel, {"结果": ("", why or "已送")})
    return why


def _switch(
    by: User, channel: Channel, act: str, active: bool, reason: str, version: int | str | None
) -> Channel:
    channel = deeds.lock(channel, version)
    posting = CHANNEL_ACTS.require(act, by, channel)
    changes = deeds.save(channel, CHANNEL_ACTS.get(act), is_active=active)
    outbox.hurry(channel)
    _record(by, posting, act, channel, changes, reason)
    return channel


def _check(channel: Channel) -> None:
    """Refuse an address or a template that can't work, with what to write instead."""
    SENDERS[channel.kind].check_address(channel.address)
    if channel.everywhere:
        installation.require_top(channel.agency)
    if channel.kind != ChannelKind.SMS:
        return
    try:
        unknown = unknown_places(channel.options.get("fields") or {})
    except ValueError:
        raise Refused("报文字段里的花括号没有成对，请核对。") from None
    if unknown:
        raise Refused(f"报文字段里的 {{{unknown[0]}}} 没有看懂，请用说明里列出的位置。")
    if not channel.options.get("answer"):
        raise Refused("请填写应答中表示成功的字段：没有它，看不出短信网关是否收下了消息。")


def _sealed(channel: Channel, keys: Keys) -> str:
    return secrets.seal(keys.text(), channel, "secret")


def _record(by: User, posting: Posting, act: str, channel: Channel, changes: dict, reason: str = "") -> None:
    trail.record(
        by=by, posting=posting, act=CHANNEL_ACTS.get(act), thing=channel, changes=changes, reason=reason
    )
