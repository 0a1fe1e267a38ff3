"""Text messages through a gateway on the loopback."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest

from rongpei.ground.notices.senders import Message, sender_for
from rongpei.ground.notices.senders.gateway import GatewaySender

MESSAGE = Message(7, "13800000000", "验证码", "您的验证码是 {text} 482913", "", "3.1")


class Gateway:
    def __init__(self) -> None:
        self.asked: list[tuple[dict[str, str], bytes]] = []
        self.status, self.answer = 200, {"data": {"code": "OK"}}
        self.port = 0


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    state = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            state.asked.append((dict(self.headers), body))
            self.send_response(state.status)
            self.end_headers()
            self.wfile.write(json.dumps(state.answer).encode())

        def log_message(self, *_args: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.port = server.server_port
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield state
    server.shutdown()
    server.server_close()


def _sender(gateway: Gateway, **more: Any) -> GatewaySender:
    given: dict[str, Any] = {
        "url": f"http://127.0.0.1:{gateway.port}/send", "fields": {"mobile": "{phone}", "content": "{text}", "sid": "{reference}"},
        "headers": {"Authorization": "Bearer key"}, "ok_field": "data.code", "ok_value": "OK",
    }  # fmt: skip
    return GatewaySender(**(given | more))


def test_the_gateway_gets_number_text_and_reference(gateway: Gateway) -> None:
    assert [one.ok for one in _sender(gateway).send([MESSAGE])] == [True]
    ((headers, body),) = gateway.asked
    assert headers["Authorization"] == "Bearer key"
    told = json.loads(body)
    assert told["mobile"] == "13800000000"
    assert told["sid"] == "3.1.7"
    assert told["content"] == "验证码 您的验证码是 {text} 482913"


def test_form_fields_where_a_gateway_wants_them(gateway: Gateway) -> None:
    assert _sender(gateway, form=True).send([MESSAGE])[0].ok
    assert parse_qs(gateway.asked[0][1].decode())["mobile"] == ["13800000000"]


@pytest.mark.parametrize(
    ("status", "answer", "retry"),
    [(200, {"data": {"code": "LIMIT"}}, False), (200, {}, False), (500, {}, True), (429, {}, True), (403, {}, False)],
)  # fmt: skip
def test_a_refusal_is_told_and_a_busy_gateway_is_tried_again(
    gateway: Gateway, status: int, answer: dict[str, Any], retry: bool
) -> None:
    gateway.status, gateway.answer = status, answer
    (outcome,) = _sender(gateway).send([MESSAGE])
    assert (outcome.ok, outcome.retry) == (False, retry)
    assert outcome.problem


def test_no_gateway_and_no_number(gateway: Gateway) -> None:
    (silent,) = _sender(gateway, url="http://127.0.0.1:9/", timeout=1).send([MESSAGE])
    assert silent.retry
    (none,) = _sender(gateway).send([Message(7, "不是号码", "", "", "", "")])
    assert (none.ok, none.retry, gateway.asked) == (False, False, [])
    with pytest.raises(ValueError, match="phone"):
        _sender(gateway, fields={"content": "{text}"})


def test_settings_choose_the_gateway(settings: Any) -> None:
    settings.RONGPEI_SENDERS = {
        "sms": {
            "class": "rongpei.ground.notices.senders.gateway.GatewaySender",
            "options": {"url": "https://sms.example/", "fields": {"to": "{phone}"}},
        }
    }
    assert isinstance(sender_for("sms"), GatewaySender)
