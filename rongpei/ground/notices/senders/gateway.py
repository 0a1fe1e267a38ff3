"""Text messages through the HTTP gateway of whatever operator an organisation has a contract with.

Gateways differ in address, headers and field names, so these come from the settings: texts in which `{phone}`,
`{text}` and `{reference}` stand for what is sent. A gateway that answers 2xx has taken the message, unless the
settings name the field of its JSON answer and the value that means success.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import ProxyHandler, Request, build_opener

from rongpei.ground.notices.senders import Message, Outcome

_LONGEST = 500  # characters; gateways cut or refuse longer ones
_BUSY = {408, 425, 429}


class GatewaySender:
    """One request a message, as JSON or (`form=True`) as form fields."""

    at_once = 50

    def __init__(
        self,
        *,
        url: str,
        fields: Mapping[str, str],
        headers: Mapping[str, str] | None = None,
        form: bool = False,
        ok_field: str = "",
        ok_value: str = "",
        code: str = "sms",
        proxy: str = "",
        timeout: float = 10,
    ) -> None:
        if urlsplit(url).scheme not in {"http", "https"}:
            raise ValueError(f"not a web address: {url}")
        if not any("{phone}" in one for one in fields.values()):
            raise ValueError("no field of the gateway takes {phone}")
        self.code, self.url, self.fields, self.form = code, url, dict(fields), form
        self.headers, self.timeout = dict(headers or {}), timeout
        self.ok_field, self.ok_value = ok_field, ok_value
        self._opener = build_opener(ProxyHandler({"http": proxy, "https": proxy} if proxy else {}))

    def send(self, messages: Sequence[Message]) -> list[Outcome]:
        """Send one after another; a number that is none is final, a silent or busy gateway is tried again."""
        return [self._send_one(message) for message in messages]

    def _send_one(self, message: Message) -> Outcome:
        if not message.address.lstrip("+").isdigit():
            return Outcome(message.reader_id, ok=False, problem="number")
        text = " ".join(part for part in (message.title, message.body, message.url) if part)[:_LONGEST]
        given = {
            "phone": message.address,
            "text": text,
            "reference": f"{message.reference}.{message.reader_id}",
        }
        try:
            with self._opener.open(self._request(given), timeout=self.timeout) as response:
                answer = response.read(100_000)
        except HTTPError as error:
            retry = error.code >= 500 or error.code in _BUSY
            return Outcome(message.reader_id, ok=False, problem=f"HTTP {error.code}", retry=retry)
        except (URLError, OSError) as error:
            return Outcome(message.reader_id, ok=False, problem=type(error).__name__, retry=True)
        return self._read(message, answer)

    def _request(self, given: Mapping[str, str]) -> Request:
        values = {name: _filled(text, given) for name, text in self.fields.items()}
        if self.form:
            data, kind = urlencode(values).encode(), "application/x-www-form-urlencoded"
        else:
            data, kind = json.dumps(values, ensure_ascii=False).encode(), "application/json"
        return Request(self.url, data, {"Content-Type": kind, **self.headers})  # noqa: S310 - scheme checked above

    def _read(self, message: Message, answer: bytes) -> Outcome:
        if not self.ok_field:
            return Outcome(message.reader_id, ok=True)
        try:
            found: Any = json.loads(answer)
            for name in self.ok_field.split("."):
                found = found[name]
        except (ValueError, KeyError, TypeError):
            found = "no answer"
        ok = str(found) == self.ok_value
        return Outcome(message.reader_id, ok=ok, problem="" if ok else f"{found}"[:180])


def _filled(text: str, given: Mapping[str, str]) -> str:
    """Only the three names are replaced; other braces of a gateway's own syntax stay."""
    for name, value in given.items():
        text = text.replace(f"{{{name}}}", value)
    return text
