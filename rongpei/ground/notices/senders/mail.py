"""E-mail, by Django's mail settings."""

import smtplib
from collections.abc import Sequence
from email.utils import make_msgid

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from rongpei.ground.notices.senders import Message, Outcome


class MailSender:
    """One letter to each reader, so that nobody sees another's address; one connection for all."""

    code = "email"
    at_once = 100

    def send(self, messages: Sequence[Message]) -> list[Outcome]:
        """Send the letters; a refused address is final, a silent server is tried again."""
        connection = get_connection()
        try:
            connection.open()
        except OSError as error:
            return [_later(message, error) for message in messages]
        try:
            return [self._send_one(message, connection) for message in messages]
        finally:
            connection.close()

    def _send_one(self, message: Message, connection: BaseEmailBackend) -> Outcome:
        text = "\n\n".join(part for part in (message.body, message.url) if part)
        letter = EmailMessage(message.title, text, to=[message.address], connection=connection)
        letter.extra_headers["Message-ID"] = make_msgid(idstring=f"{message.reference}.{message.reader_id}")
        try:
            letter.send()
        except (smtplib.SMTPRecipientsRefused, ValueError) as error:
            return Outcome(message.reader_id, ok=False, problem=type(error).__name__)
        except OSError as error:  # SMTPException is one
            return _later(message, error)
        return Outcome(message.reader_id, ok=True)


def _later(message: Message, error: OSError) -> Outcome:
    return Outcome(message.reader_id, ok=False, problem=type(error).__name__, retry=True)
