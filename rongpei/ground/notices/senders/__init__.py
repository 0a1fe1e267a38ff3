"""Ways out of the house, behind one interface.

`senders.json` of the data folder, `{"wecom": {"class": "dotted.Path", "options": {…}}}`, chooses (it becomes
`settings.RONGPEI_SENDERS`); a channel that it does not name goes to e-mail settings or, outside production, to a file. In production an unnamed channel has no sender.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from rongpei.ground.notices.codes import Channel

_HERE = "rongpei.ground.notices.senders"
_DEFAULTS: dict[str, dict[str, Any]] = {
    Channel.EMAIL: {"class": f"{_HERE}.mail.MailSender"},
    Channel.SMS: {"class": f"{_HERE}.filed.FileSender", "options": {"code": "sms"}},
    Channel.WECOM: {"class": f"{_HERE}.filed.FileSender", "options": {"code": "wecom"}},
}


@dataclass(frozen=True, slots=True)
class Message:
    """One text to one reader. `url` is absolute, or empty."""

    reader_id: int
    address: str
    title: str
    body: str
    url: str
    reference: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a message. `retry` says that a later try may help."""

    reader_id: int
    ok: bool
    problem: str = ""
    retry: bool = False


class Sender(Protocol):
    """A way out. `send` never raises for one bad address; it answers for every message, in any order."""

    code: str
    at_once: int

    def send(self, messages: Sequence[Message]) -> list[Outcome]:
        """Send up to `at_once` messages."""
        ...


def sender_for(channel: str) -> Sender | None:
    """The configured sender of a channel; None when there is none."""
    chosen: Mapping[str, Mapping[str, Any]] = getattr(settings, "RONGPEI_SENDERS", {})
    found = chosen.get(channel)
    if found is None:
        if settings.MODE == "production" and channel != Channel.EMAIL:
            return None
        found = _DEFAULTS[channel]
    made: Sender = import_string(found["class"])(**found.get("options", {}))
    return made
