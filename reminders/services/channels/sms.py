"""An SMS gateway: every one has its own field names, so the body is a template of fields.

options: "format" json or form; "fields" {name: text with {to}, {text}, {what}, {when}, {link},
{key}}; "header" the header that carries the token; "answer" / "well" the field of the answer that
tells success, and its value.
"""

import json
import string
from urllib.parse import urlencode

from reminders.services.channels.base import Sender, Undeliverable, post
from reminders.services.messages import Message

FIELDS = {"mobile": "{to}", "content": "{text}"}
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

    def send(self, message: Message, to: str = "") -> None:
        """One message to one number."""
        words = {**message.words(), "to": to}
        fields = self.options.get("fields") or FIELDS
        body = {name: text.format_map(words) for name, text in fields.items()}
        header = self.options.get("header") or "Authorization"
        headers = {header: self.keys.token} if self.keys.token else {}
        if self.options.get("format") == "form":
            answer = post(self.address, urlencode(body).encode(), {**FORM, **headers}, message.key)
        else:
            text = json.dumps(body, ensure_ascii=False).encode()
            answer = post(self.address, text, {**JSON, **headers}, message.key)
        field = self.options.get("answer")
        if field and str(answer.get(field, "")) != str(self.options.get("well", "0")):
            raise Undeliverable("短信网关没有接受这条消息。请核对模板、签名和余额。")
