"""A sender for development: messages become lines of a file."""

import fcntl
import json
import os
from collections.abc import Sequence
from dataclasses import asdict

from django.conf import settings

from rongpei.ground.notices.senders import Message, Outcome


class FileSender:
    """Appends one JSON object a message to `outbox/<code>.jsonl` in the data folder."""

    at_once = 1000

    def __init__(self, code: str) -> None:
        self.code = code

    def send(self, messages: Sequence[Message]) -> list[Outcome]:
        """Write all lines at once, under a lock."""
        folder = settings.DATA / "outbox"
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / f"{self.code}.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with open(handle, "a", encoding="utf-8") as outbox:
            fcntl.flock(outbox, fcntl.LOCK_EX)
            outbox.writelines(json.dumps(asdict(message), ensure_ascii=False) + "\n" for message in messages)
        return [Outcome(message.reader_id, ok=True) for message in messages]
