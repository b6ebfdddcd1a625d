"""What every adapter shares: its keys, the refusal, a limit in time, and HTTP without surprises."""

import http.client
import json
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing
from dataclasses import asdict, dataclass
from typing import Self
from urllib.parse import urlsplit

from django.conf import settings

from common.errors import Refused
from reminders.services.messages import Message

LONGEST_ANSWER = 64 * 1024
# Of settings.CHANNEL_SECONDS, which each step may take: for a whole message.
STEPS = 2
# Statuses that say no to one message, not to us.
OF_THE_MESSAGE = (400, 406, 409, 413, 415, 422)


class Undeliverable(Exception):  # noqa: N818 - says what happened, as Refused does
    """A message of which no service said that it took it. `sentence` holds neither address nor content.

    `retryable`: it may go later; `down`: nothing goes by the whole channel, not just this one.
    """

    def __init__(self, sentence: str, *, retryable: bool = True, down: bool = False):
        super().__init__(sentence)
        self.sentence, self.retryable, self.down = sentence, retryable, down


@dataclass(frozen=True)
class Keys:
    """What a channel keeps sealed: a token or password, and the key its messages are signed by."""

    token: str = ""
    signing: str = ""

    @classmethod
    def read(cls, text: str) -> Self:
        """From the unsealed text; "" has no keys."""
        return cls(**json.loads(text)) if text else cls()

    def text(self) -> str:
        """To be sealed; "" without keys."""
        return json.dumps(asdict(self)) if self.token or self.signing else ""


class Sender:
    """An adapter, open for one batch."""

    def __init__(self, address: str, options: dict, keys: Keys):
        self.address, self.options, self.keys = address, options, keys

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def send(self, message: Message, to: str = "") -> None:
        """Send, or raise Undeliverable: soon, also where names aren't resolved or answers drip."""
        try:
            _within(STEPS * settings.CHANNEL_SECONDS, lambda: self.hand_over(message, to))
        except TimeoutError:
            self.hang_up()
            raise Undeliverable("对方没有按时回答，不知是否送到。", down=True) from None

    def hand_over(self, message: Message, to: str) -> None:
        """Give it to the service: returns when that has said yes, else raises Undeliverable."""
        raise NotImplementedError

    def hang_up(self) -> None:
        """Drop a connection that somebody may still wait on."""

    def close(self) -> None:
        """Let go of the connection."""

    @staticmethod
    def check_address(address: str) -> None:
        """Raise Refused, with what to write instead, where the address can't be one."""
        check_http(address)


def _within(seconds: float, deed: Callable[[], None]) -> None:
    """Do it in a thread of its own, which is left alone when it takes longer: TimeoutError."""
    done = Future()

    def run() -> None:
        try:
            done.set_result(deed())
        except BaseException as error:  # noqa: BLE001 - raised again for whoever waits
            done.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    done.result(seconds)


def check_http(address: str) -> None:
    """Only http and https, a host, and no name or password inside."""
    try:
        parts = urlsplit(address)
        right = parts.scheme in ("http", "https") and parts.hostname
        wrong = parts.username or parts.password or parts.fragment or parts.port == 0
    except ValueError:
        right, wrong = False, True
    if not right or wrong or any(ord(letter) <= 32 for letter in address):
        raise Refused("地址请写成 http://主机:端口/路径 或 https://主机/路径，不要带用户名和密码。")


def post(address: str, body: bytes, headers: dict[str, str], key: str) -> str:
    """POST and return what a good status answers, as text; raises Undeliverable.

    To no proxy of the environment, and never on to where a redirect points: the address is the
    administrator's.
    """
    parts, seconds = urlsplit(address), settings.CHANNEL_SECONDS
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    wanted = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {**headers, "Idempotency-Key": key, "User-Agent": "kuangantong", "Connection": "close"}
    try:
        with closing(kind(parts.hostname, parts.port, timeout=seconds)) as line:
            line.request("POST", wanted, body, headers)
            answer = line.getresponse()
            if not 200 <= answer.status < 300:
                raise _refused(answer.status)
            return _read(answer, time.monotonic() + seconds)
    except TimeoutError:
        raise Undeliverable("网关没有按时回答，不知是否送到。", down=True) from None
    except (OSError, http.client.HTTPException, ValueError):
        raise Undeliverable("网关连接不上。请核对地址和网络。", down=True) from None


def _read(answer: http.client.HTTPResponse, deadline: float) -> str:
    """The answer's text, no longer than allowed; TimeoutError where it comes too slowly."""
    read = b""
    while len(read) < LONGEST_ANSWER:
        if time.monotonic() > deadline:
            raise TimeoutError
        part = answer.read1(LONGEST_ANSWER)
        if not part:
            break
        read += part
    return read.decode(errors="replace")


def said(answer: str, path: str) -> str | None:
    """What a JSON answer says at `a.b.0.c`, as text; None if it isn't JSON or says nothing there."""
    try:
        value = json.loads(answer)
    except (ValueError, RecursionError):
        return None
    for name in path.split("."):
        if isinstance(value, dict):
            value = value.get(name)
        elif isinstance(value, list) and name.isdecimal() and int(name) < len(value):
            value = value[int(name)]
        else:
            return None
    if value is None or isinstance(value, dict | list):
        return None
    return value if isinstance(value, str) else json.dumps(value)


def _refused(status: int) -> Undeliverable:
    if status in (408, 425, 429) or status >= 500:
        return Undeliverable(f"网关暂时不能发送（状态 {status}）。", down=True)
    if status in OF_THE_MESSAGE:
        return Undeliverable(f"网关不接受这条消息（状态 {status}）。请核对模板。")
    return Undeliverable(f"网关不接受（状态 {status}）。请核对地址和密钥。", down=True)
