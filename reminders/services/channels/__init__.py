"""The ways out of the system, one small adapter each.

    with sender_for(channel) as sender:
        sender.send(message, to)      # returns, or raises Undeliverable

`to` is a person's own address, or "" for a group's robot. An adapter keeps its connection for a
batch, never waits longer than some seconds (CHANNEL_SECONDS), takes only the service's own yes for
one, and puts the message's key where a second copy of the
same message can be told by it.
"""

from accounts.services import secrets
from reminders.models import Channel, ChannelKind
from reminders.services.channels.base import Keys, Sender, Undeliverable
from reminders.services.channels.mail import MailSender
from reminders.services.channels.robots import DingTalkSender, FeishuSender, WeComSender
from reminders.services.channels.sms import SmsSender

SENDERS: dict[str, type[Sender]] = {
    ChannelKind.EMAIL: MailSender,
    ChannelKind.SMS: SmsSender,
    ChannelKind.DINGTALK: DingTalkSender,
    ChannelKind.WECOM: WeComSender,
    ChannelKind.FEISHU: FeishuSender,
}

__all__ = ["SENDERS", "Keys", "Sender", "Undeliverable", "sender_for"]


def sender_for(channel: Channel) -> Sender:
    """The adapter of a channel with its keys opened."""
    keys = Keys.read(secrets.open_sealed(channel.secret, channel, "secret"))
    return SENDERS[channel.kind](channel.address, channel.options, keys)
