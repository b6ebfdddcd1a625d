"""The address the web server listens on, and the names browsers may call it by."""

import errno
import fcntl
import socket
import struct
from contextlib import suppress
from http.client import HTTPConnection, HTTPException

from django.conf import settings

from common.errors import Refused

FIRST_PAGE = "/accounts/sign-in/"
SIOCGIFADDR = 0x8915
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - compared, not bound


def check_port(host: str, port: int) -> None:
    """The address can be listened on; else Refused."""
    if not 0 < port < 65536:
        raise Refused(f"端口 {port} 不对，请用 1 到 65535 之间的数。")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((host, port))
    except OSError as error:
        raise Refused(_why_not(host, port, error)) from error


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"端口 {port} 已被别的程序占用。请停止那个程序，或用 --port 换一个端口。"
    if error.errno == errno.EACCES:
        return f"没有权限使用端口 {port}。请用 --port 换一个 1024 以上的端口。"
    return f"地址 {host} 不是本机的地址。请用 --bind 127.0.0.1（只限本机）或 --bind 0.0.0.0。"


def allowed_hosts(host: str) -> list[str]:
    """What browsers may call us: what is set, and this machine's names when others may come."""
    names = [*settings.ALLOWED_HOSTS, *(own_addresses() if host in EVERYWHERE else [host])]
    bare = [name.strip("[]") for name in names]
    return list(dict.fromkeys(f"[{name}]" if ":" in name else name for name in bare))


def own_addresses() -> list[str]:
    """Names and addresses of this machine."""
    addresses = [socket.gethostname(), socket.getfqdn()]
    with suppress(OSError):  # a name that nobody resolves
        addresses += [info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None)]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
        for _, name in socket.if_nameindex():
            try:
                answer = fcntl.ioctl(asker, SIOCGIFADDR, struct.pack("256s", name.encode()[:15]))
            except OSError:
                continue  # an interface without an IPv4 address
            addresses.append(socket.inet_ntoa(answer[20:24]))
    return list(dict.fromkeys(address.partition("%")[0] for address in addresses))


def answers(host: str, port: int) -> bool:
    """Whether a page comes from this address, whatever it says; the first one takes longest."""
    browser = HTTPConnection(host, port, timeout=2)
    try:
        browser.request("GET", FIRST_PAGE)
        browser.getresponse().read()
    except (OSError, HTTPException):
        return False
    finally:
        browser.close()
    return True
