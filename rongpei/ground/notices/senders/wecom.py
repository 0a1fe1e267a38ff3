"""企业微信 (WeCom): messages of an application to members, by their account ids.

The access token is kept in the cache until five minutes before it expires and fetched anew when WeCom refuses it.
All readers of one text go into one request; WeCom itself drops a repeat within half an hour.
"""

import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any
from urllib.error import URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import ProxyHandler, Request, build_opener

from django.core.cache import cache

from rongpei.ground.notices.senders import Message, Outcome

OFFICIAL = "https://qyapi.weixin.qq.com"
_STALE_TOKEN = {40001, 40014, 41001, 42001}
_ALL_INVALID = {60111, 81013, 82001}
_RETRY_WORTHY = {-1, 6000, 45009, 45033}
_REPEAT_SECONDS = 1800


class WecomFault(Exception):  # noqa: N818 - it is what WeCom reports, not a fault of ours
    """WeCom answered with an error code, or not at all (code -1)."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(f"{code} {text}"[:180])
        self.code = code


class WecomSender:
    """Sends by an application of the organisation's WeCom, or by a server of the same interface at `base_url`."""

    code = "wecom"
    at_once = 1000

    def __init__(
        self,
        *,
        corp_id: str,
        secret: str,
        agent_id: int,
        base_url: str = OFFICIAL,
        proxy: str = "",
        timeout: float = 10,
    ) -> None:
        if urlsplit(base_url).scheme not in {"http", "https"}:
            raise ValueError(f"not a web address: {base_url}")
        self.corp_id, self.secret, self.agent_id = corp_id, secret, agent_id
        self.base_url, self.timeout = base_url.rstrip("/"), timeout
        self._opener = build_opener(ProxyHandler({"http": proxy, "https": proxy} if proxy else {}))

    def send(self, messages: Sequence[Message]) -> list[Outcome]:
        """One request for each distinct text."""
        # WeCom joins accounts by "|": one that holds it would address others.
        made = [Outcome(one.reader_id, ok=False, problem="account") for one in messages if "|" in one.address]
        sound = sorted((one for one in messages if "|" not in one.address), key=_text)
        for text, group in groupby(sound, key=_text):
            made += self._send_text(text, list(group))
        return made

    def _send_text(self, text: tuple[str, str, str], messages: list[Message]) -> list[Outcome]:
        title, body, url = text
        try:
            answer = self._post(_card(title, body, url) | {
                "touser": "|".join(message.address for message in messages),
                "agentid": self.agent_id,
                "enable_duplicate_check": 1,
                "duplicate_check_interval": _REPEAT_SECONDS,
            })  # fmt: skip
        except WecomFault as fault:
            retry = fault.code in _RETRY_WORTHY
            return [Outcome(one.reader_id, ok=False, problem=str(fault), retry=retry) for one in messages]
        unreached = _accounts(answer.get("invaliduser")) | _accounts(answer.get("unlicenseduser"))
        return [
            Outcome(one.reader_id, ok=False, problem="invaliduser")
            if one.address.lower() in unreached
            else Outcome(one.reader_id, ok=True)
            for one in messages
        ]

    def _post(self, content: dict[str, Any]) -> dict[str, Any]:
        try:
            return self._call("message/send", {"access_token": self._token()}, content)
        except WecomFault as fault:
            if fault.code not in _STALE_TOKEN:
                raise
        return self._call("message/send", {"access_token": self._token(fresh=True)}, content)

    def _token(self, *, fresh: bool = False) -> str:
        key = "wecom-token:" + quote(f"{self.base_url}:{self.corp_id}:{self.agent_id}", safe="")
        token: str | None = None if fresh else cache.get(key)
        if token is None:
            answer = self._call("gettoken", {"corpid": self.corp_id, "corpsecret": self.secret})
            token = str(answer["access_token"])
            cache.set(key, token, max(int(answer.get("expires_in", 7200)) - 300, 1))
        return token

    def _call(
        self, what: str, query: dict[str, str], content: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        data = None if content is None else json.dumps(content, ensure_ascii=False).encode()
        address = f"{self.base_url}/cgi-bin/{what}?{urlencode(query)}"
        request = Request(address, data, {"Content-Type": "application/json"})  # noqa: S310 - scheme checked above
        try:
            with self._opener.open(request, timeout=self.timeout) as response:
                answer: dict[str, Any] = json.loads(response.read(1_000_000))
        except (URLError, OSError, ValueError) as error:
            # Never the address: it holds the secret.
            raise WecomFault(-1, type(error).__name__) from None
        code = int(answer.get("errcode", 0))
        if code and not (content and code in _ALL_INVALID):
            raise WecomFault(code, str(answer.get("errmsg", "")))
        return answer if not code else {"invaliduser": content["touser"]} if content else {}


def _text(message: Message) -> tuple[str, str, str]:
    return message.title, message.body, message.url


def _card(title: str, body: str, url: str) -> dict[str, Any]:
    if not url:
        return {"msgtype": "text", "text": {"content": _cut(f"{title}\n{body}".strip(), 2000)}}
    return {
        "msgtype": "textcard",
        "textcard": {
            "title": _cut(title, 128),
            "description": _cut(body or title, 512),
            "url": url,
            "btntxt": "查看",
        },
    }


def _cut(text: str, most_bytes: int) -> str:
    return text.encode()[:most_bytes].decode(errors="ignore")


def _accounts(listed: str | Iterable[str] | None) -> set[str]:
    names = listed.split("|") if isinstance(listed, str) else listed or ()
    return {name.lower() for name in names}
