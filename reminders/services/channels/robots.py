"""Robots of work groups: 钉钉, 企业微信, 飞书. The address is a setting, often an intranet gateway.

Each says yes in its own field: 钉钉 and 企业微信 `errcode` 0, 飞书 `code` (of old `StatusCode`) 0.
What says neither yes nor no (a page, nothing, another service) hasn't taken anything.

The token stands in the sealed keys, never in the address: addresses are shown on pages.
"""

import base64
import hashlib
import hmac
import json
import time
from urllib.parse import quote_plus, urlencode

from reminders.services.channels.base import Sender, Undeliverable, post, said
from reminders.services.messages import Message

JSON = {"Content-Type": "application/json; charset=utf-8"}


def _signed(key: str, text: str) -> str:
    return base64.b64encode(hmac.digest(key.encode(), text.encode(), hashlib.sha256)).decode()


def _with(address: str, query: str) -> str:
    if not query:
        return address
    return f"{address}{'&' if '?' in address else '?'}{query}"


def _tell(address: str, body: dict, key: str, *fields: str) -> None:
    """Post it; only a 0 in a field in which this robot says how it went is a yes."""
    answer = post(address, json.dumps(body, ensure_ascii=False).encode(), JSON, key)
    values = {value for field in fields if (value := said(answer, field)) is not None}
    if not values:
        raise Undeliverable("回答的不是群机器人，不算送到。请核对地址和网络。", down=True)
    if values != {"0"}:
        raise Undeliverable("群机器人没有接受这条消息。请核对密钥、关键词和发送次数。", down=True)


class DingTalkSender(Sender):
    """钉钉: `access_token` in the query; with a signing key (加签) also timestamp and sign."""

    def hand_over(self, message: Message, to: str) -> None:
        """One text message to the group."""
        query = {"access_token": self.keys.token} if self.keys.token else {}
        tail = urlencode(query)
        if self.keys.signing:
            stamp = str(int(time.time() * 1000))
            sign = _signed(self.keys.signing, f"{stamp}\n{self.keys.signing}")
            tail += f"{'&' if tail else ''}timestamp={stamp}&sign={quote_plus(sign)}"
        body = {"msgtype": "text", "text": {"content": message.text}, "msgUuid": message.key}
        _tell(_with(self.address, tail), body, message.key, "errcode")


class WeComSender(Sender):
    """企业微信: `key` in the query."""

    def hand_over(self, message: Message, to: str) -> None:
        """One text message to the group."""
        tail = urlencode({"key": self.keys.token}) if self.keys.token else ""
        body = {"msgtype": "text", "text": {"content": message.text}}
        _tell(_with(self.address, tail), body, message.key, "errcode")


class FeishuSender(Sender):
    """飞书: the token ends the path; with a signing key (签名校验) also timestamp and sign."""

    def hand_over(self, message: Message, to: str) -> None:
        """One text message to the group."""
        address = self.address
        if self.keys.token:
            address = f"{address.rstrip('/')}/{quote_plus(self.keys.token)}"
        body = {"msg_type": "text", "content": {"text": message.text}, "uuid": message.key}
        if self.keys.signing:
            stamp = str(int(time.time()))
            body |= {"timestamp": stamp, "sign": _signed(f"{stamp}\n{self.keys.signing}", "")}
        _tell(address, body, message.key, "code", "StatusCode")
