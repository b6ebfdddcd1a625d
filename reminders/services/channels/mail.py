"""E-mail through the office's own server, by Django's SMTP backend.

The Message-ID comes from the message's key: a mail sent twice around a crash carries the same one,
and servers and readers know it for the same mail.
"""

import smtplib
import socket
from contextlib import suppress
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from common.errors import Refused
from reminders.services.channels.base import Sender, Undeliverable
from reminders.services.messages import Message

PORTS = {"smtp": 25, "smtps": 465}


class MailSender(Sender):
    """`smtp://host:25` or `smtps://host:465`; options: user, from, starttls."""

    connection = None

    @staticmethod
    def check_address(address: str) -> None:
        """smtp:// or smtps:// with a host, nothing else."""
        try:
            parts = urlsplit(address)
            wrong = parts.scheme not in PORTS or not parts.hostname or parts.port == 0
            wrong = wrong or parts.username or parts.path.strip("/") or parts.query
        except ValueError:
            wrong = True
        if wrong:
            raise Refused("地址请写成 smtp://主机:端口；加密端口写成 smtps://主机:465。")

    def hand_over(self, message: Message, to: str) -> None:
        """One mail to one person."""
        mail = EmailMessage(
            subject=message.title,
            body=message.text,
            from_email=self.options.get("from") or "kuangantong@localhost",
            to=[to],
            headers={"Message-ID": f"<{message.key}@kuangantong>", "Auto-Submitted": "auto-generated"},
            connection=self._opened(),
        )
        try:
            taken = mail.send()
        except smtplib.SMTPRecipientsRefused as error:
            self._reset()
            raise _of_recipient(error) from None
        except smtplib.SMTPSenderRefused:
            self.close()
            raise Undeliverable("邮件服务器不接受发件地址。请核对。", down=True) from None
        except smtplib.SMTPResponseException:
            self.close()
            raise Undeliverable("邮件服务器没有接受这封邮件。") from None
        except (smtplib.SMTPException, OSError):
            self.hang_up()
            raise Undeliverable("邮件服务器没有按时回答或断开，不知是否送到。", down=True) from None
        except ValueError:
            raise Undeliverable("收件地址写得不对。", retryable=False) from None
        if taken != 1:
            raise Undeliverable("邮件服务器没有接受这封邮件。")

    def hang_up(self) -> None:
        """Close the socket under whoever still waits on it; no goodbye, which would wait too."""
        line, self.connection = self.connection, None
        sock = getattr(getattr(line, "connection", None), "sock", None)
        if sock is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
            sock.close()

    def close(self) -> None:
        """Say goodbye if we still can."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def _opened(self):
        """The connection of this batch, opened when first needed."""
        if self.connection is not None:
            return self.connection
        parts = urlsplit(self.address)
        connection = get_connection(
            "django.core.mail.backends.smtp.EmailBackend",
            host=parts.hostname,
            port=parts.port or PORTS[parts.scheme],
            username=self.options.get("user", ""),
            password=self.keys.token,
            use_ssl=parts.scheme == "smtps",
            use_tls=parts.scheme == "smtp" and bool(self.options.get("starttls")),
            timeout=settings.CHANNEL_SECONDS,
        )
        try:
            connection.open()
        except smtplib.SMTPAuthenticationError:
            raise Undeliverable("邮件服务器不接受用户名和密码。", down=True) from None
        except (smtplib.SMTPException, OSError):
            raise Undeliverable("邮件服务器连接不上。请核对地址和网络。", down=True) from None
        self.connection = connection
        return connection

    def _reset(self) -> None:
        """After a refused recipient the same connection serves the next mail."""
        try:
            self.connection.connection.rset()
        except (smtplib.SMTPException, OSError, AttributeError):
            self.close()


def _of_recipient(error: smtplib.SMTPRecipientsRefused) -> Undeliverable:
    """No such address is for good; that we may not send there (5.7, 554) is of the server."""
    [(code, words)] = error.recipients.values()
    if 500 <= code < 554 and not words.strip().startswith(b"5.7"):
        return Undeliverable("邮件服务器不接受这个收件地址。", retryable=False)
    return Undeliverable("邮件服务器现在不接受这个收件地址。")
