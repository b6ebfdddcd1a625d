"""An SMS gateway: every one has its own field names, so the body is a template of fields.

options: "format" json or form; "fields" {name: text with {to}, {text}, {what}, {when}, {link},
{key}}; "header" the header that carries the token; "answer" / "well" the field of the answer that
tells success (`a.b`, or WHOLE for an answer of one word), and its value. Without them nothing is sent:
nobody could say whether it arrived.
"""

import json
import string
from urllib.parse import urlencode

from reminders.services.channels.base import Sender, Undeliverable, post, said
from reminders.services.messages import Message

FIELDS = {"mobile": "{to}", "content": "{text}"}
WHOLE = "*"
PLACES = frozenset({"to", "text", "title", "what", "when", "link", "key"})
FORM = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
JSON = {"Content-Type": "application/json; charset=utf-8"}


def unknown_places(fields: dict[str, str]) -> list[str]:
    """Places of a template that we have nothing for; raises ValueError on a stray brace."""
    parsed = [string.Formatter().parse(text) for text in fields.values()]
    named = [name for parts in parsed for _, name, *_ in parts if name is not None]
    return sorted({name for name in named if name not in PLACES})


class SmsSender(Sender):
    """One POST for one message."""

    def hand_over(self, message: Message, to: str) -> None:
        """One message to one number."""
        field = self.options.get("answer")
        if not field:
            raise Undeliverable("渠道没有填写应答中表示成功的字段，没有发送。请补填。", down=True)
        answer = post(self.address, *self._written(message, to), message.key)
        value = answer.strip() if field == WHOLE else said(answer, field)
        if value is None:
            raise Undeliverable("短信网关的应答里没有约定的字段，不算送到。请核对地址和字段。", down=True)
        if value != str(self.options.get("well") or "0"):
            raise Undeliverable("短信网关没有接受这条消息。请核对模板、签名和余额。")

    def _written(self, message: Message, to: str) -> tuple[bytes, dict[str, str]]:
        """Body and headers."""
        words = {**message.words(), "to": to}
        fields = self.options.get("fields") or FIELDS
        body = {name: text.format_map(words) for name, text in fields.items()}
        header = self.options.get("header") or "Authorization"
        headers = {header: self.keys.token} if self.keys.token else {}
        if self.options.get("format") == "form":
            return urlencode(body).encode(), {**FORM, **headers}
        return json.dumps(body, ensure_ascii=False).encode(), {**JSON, **headers}
