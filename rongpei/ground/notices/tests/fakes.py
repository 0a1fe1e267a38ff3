"""A person, a sender that fails on purpose, and a WeCom server on the loopback."""

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from rongpei.ground.accounts.actor import System
from rongpei.ground.notices.senders import Message, Outcome


class Reader(System):
    """A signed-in person."""

    def __init__(self, tenant_id: int, person_id: int) -> None:
        super().__init__(tenant_id)
        self.user_id, self.person_id = 1000 + person_id, person_id


class Scripted:
    """Reaches everyone except those it is told to fail, once (`later`) or for good (`never`)."""

    code = "sms"
    at_once = 2
    later: set[int] = set()
    never: set[int] = set()
    dies_after: int | None = None
    sent: list[int] = []

    @classmethod
    def reset(cls) -> None:
        cls.later, cls.never, cls.dies_after, cls.sent = set(), set(), None, []

    def send(self, messages: Sequence[Message]) -> list[Outcome]:
        made = []
        for message in messages:
            if self.dies_after is not None and len(self.sent) >= self.dies_after:
                type(self).dies_after = None
                raise ConnectionResetError
            if message.reader_id in self.never:
                made.append(Outcome(message.reader_id, ok=False, problem="停机"))
            elif message.reader_id in self.later:
                self.later.discard(message.reader_id)
                made.append(Outcome(message.reader_id, ok=False, problem="忙", retry=True))
            else:
                self.sent.append(message.reader_id)
                made.append(Outcome(message.reader_id, ok=True))
        return made


class Wecom:
    """What the fake server was asked, and how it answers."""

    def __init__(self) -> None:
        self.tokens_given = 0
        self.cards: list[dict[str, Any]] = []
        self.answers: list[dict[str, Any]] = []
        self.base_url = ""

    def answer(self, address: str, content: dict[str, Any] | None) -> dict[str, Any]:
        parts = urlsplit(address)
        query = parse_qs(parts.query)
        if parts.path == "/cgi-bin/gettoken":
            if query["corpsecret"] != ["hush"]:
                return {"errcode": 40001, "errmsg": "invalid credential"}
            self.tokens_given += 1
            return {"errcode": 0, "access_token": f"token-{self.tokens_given}", "expires_in": 7200}
        if query["access_token"] != [f"token-{self.tokens_given}"]:
            return {"errcode": 42001, "errmsg": "access_token expired"}
        assert content is not None
        self.cards.append(content)
        return self.answers.pop(0) if self.answers else {"errcode": 0, "errmsg": "ok"}


@contextmanager
def wecom_server() -> Iterator[Wecom]:
    """Serve on a free port of 127.0.0.1."""
    fake = Wecom()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply(None)

        def do_POST(self) -> None:
            self._reply(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

        def _reply(self, content: dict[str, Any] | None) -> None:
            body = json.dumps(fake.answer(self.path, content)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake.base_url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
