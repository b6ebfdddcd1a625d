"""What every adapter shares: its keys, the refusal, and JSON over HTTP without surprises."""

import http.client
import json
import time
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass
from typing import Self
from urllib.parse import urlsplit

from common.errors import Refused
from reminders.services.messages import Message

TIMEOUT = 10  # seconds for each step, and for the whole answer
LONGEST_ANSWER = 64 * 1024


class Undeliverable(Exception):  # noqa: N818 - says what happened, as Refused does
    """A message that didn't go. `sentence` holds neither address nor content.

    `retryable`: it may go later; `down`: the whole channel can't be reached, not just this one.
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
        """Send, or raise Undeliverable."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of the connection."""

    @staticmethod
    def check_address(address: str) -> None:
        """Raise Refused, with what to write instead, where the address can't be one."""
        check_http(address)


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


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A gateway that sends us elsewhere gets nothing: the address is the administrator's."""

    def redirect_request(self, *_: object) -> None:
        """Never follow."""


# No proxy of the environment, no file: or ftp: handler.
_OPENER = urllib.request.OpenerDirector()
for _handler in (
    urllib.request.HTTPHandler(),
    urllib.request.HTTPSHandler(),
    urllib.request.HTTPDefaultErrorHandler(),
    urllib.request.HTTPErrorProcessor(),
    _NoRedirect(),
):
    _OPENER.add_handler(_handler)


def post(address: str, body: bytes, headers: dict[str, str], key: str) -> dict:
    """POST and return the JSON answer ({} if it is none); raises Undeliverable."""
    request = urllib.request.Request(  # noqa: S310 - http and https only, checked when entered
        address,
        data=body,
        method="POST",
        headers={**headers, "Idempotency-Key": key, "User-Agent": "kuangantong"},
    )
    deadline = time.monotonic() + TIMEOUT
    try:
        with _OPENER.open(request, timeout=TIMEOUT) as response:
            answer = _read(response, deadline)
    except urllib.error.HTTPError as error:
        error.close()
        raise _refused(error.code) from None
    except TimeoutError:
        raise Undeliverable("网关没有按时回答。", down=True) from None
    except (OSError, http.client.HTTPException, ValueError):
        raise Undeliverable("网关连接不上。请核对地址和网络。", down=True) from None
    try:
        parsed = json.loads(answer or b"{}")
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}


def _read(response: http.client.HTTPResponse, deadline: float) -> bytes:
    """The answer, no longer and no later than allowed."""
    answer = b""
    while len(answer) < LONGEST_ANSWER and time.monotonic() < deadline:
        part = response.read1(LONGEST_ANSWER)
        if not part:
            break
        answer += part
    return answer


def _refused(status: int) -> Undeliverable:
    if status in (408, 425, 429) or status >= 500:
        return Undeliverable(f"网关暂时不能发送（状态 {status}）。")
    return Undeliverable(f"网关不接受（状态 {status}）。请核对地址和密钥。", retryable=False)
