"""E-mail through the office's own server, by Django's SMTP backend.

The Message-ID comes from the message's key: a mail sent twice around a crash carries the same one,
and servers and readers know it for the same mail.
"""

import smtplib
from urllib.parse import urlsplit

from django.core.mail import EmailMessage, get_connection

from common.errors import Refused
from reminders.services.channels.base import TIMEOUT, Sender, Undeliverable
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

    def send(self, message: Message, to: str = "") -> None:
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
            mail.send()
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            self._reset()
            raise Undeliverable(
                "邮件服务器不接受这个收件地址。", retryable=all(code < 500 for code in codes)
            ) from None
        except smtplib.SMTPResponseException as error:
            self.close()
            raise Undeliverable("邮件服务器没有接受这封邮件。", retryable=error.smtp_code < 500) from None
        except (smtplib.SMTPException, OSError):
            self.close()
            raise Undeliverable("发送中与邮件服务器断开，不知是否送到。") from None
        except ValueError:
            raise Undeliverable("收件地址写得不对。", retryable=False) from None

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
            timeout=TIMEOUT,
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
