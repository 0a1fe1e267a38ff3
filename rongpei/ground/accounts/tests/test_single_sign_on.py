"""Signing in through an identity provider on the loopback, the whole round trip."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from contracts.cast import Cast
from rongpei.ground.accounts.models import User

LOGIN = "/accounts/oidc/oidc/login/"


class Provider:
    """Tells one user, whoever asks; `asked` keeps the forms that came to the token address."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {"sub": "s-1", "preferred_username": "member-1", "name": "成员"}
        self.asked: list[dict[str, list[str]]] = []
        self.base = ""

    def answer(self, path: str) -> dict[str, Any]:
        if path == "/token":
            return {"access_token": "t", "token_type": "Bearer", "expires_in": 60}
        if path == "/userinfo":
            return self.claims
        names = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        found = {f"{name}_endpoint": f"{self.base}/{path}" for name, path in names.items()}
        return {"issuer": self.base, "jwks_uri": f"{self.base}/keys", **found}


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    state = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(state.answer(urlsplit(self.path).path)).encode())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            state.asked.append(parse_qs(body))
            self.do_GET()

        def log_message(self, *_args: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.base = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    app = {
        "provider_id": "oidc", "name": "统一身份", "client_id": "rongpei", "secret": "s",
        "settings": {"server_url": state.base},
    }  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    settings.RONGPEI_OIDC_TENANT = "H1"
    yield state
    server.shutdown()
    server.server_close()


def _sign_in(client: Client) -> Any:
    """What a browser does: to the provider with a state, back with a code and that state."""
    away = client.post(LOGIN)
    assert away.status_code == 302
    state = parse_qs(urlsplit(away["Location"]).query)["state"][0]
    return client.get(f"/accounts/oidc/oidc/login/callback/?code=c&state={state}", follow=True)


def test_the_staff_number_finds_the_account_and_then_the_subject_does(
    cast: Cast, client: Client, provider: Provider
) -> None:
    assert "统一身份" in client.get("/accounts/login/").content.decode()
    _sign_in(client)
    user = User.objects.get(username="H1-member-1")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert provider.asked[0]["code"] == ["c"]
    client.post("/accounts/logout/")
    provider.claims["preferred_username"] = "member-2"  # renumbered at the provider: still the same identity
    _sign_in(client)
    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize("number", ["nobody", "", "H2-member-1"])
def test_whoever_has_no_account_here_is_told(
    cast: Cast, client: Client, provider: Provider, number: str
) -> None:
    provider.claims["preferred_username"] = number
    answer = _sign_in(client)
    assert "没有可用的账号" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert User.objects.count() == User.objects.filter(socialaccount=None).count()


def test_a_closed_account_stays_closed(cast: Cast, client: Client, provider: Provider) -> None:
    _sign_in(client)
    client.post("/accounts/logout/")
    User.objects.filter(username="H1-member-1").update(is_active=False)
    _sign_in(client)
    assert "_auth_user_id" not in client.session


def test_an_answer_nobody_asked_for_is_refused(cast: Cast, client: Client, provider: Provider) -> None:
    client.get("/accounts/oidc/oidc/login/callback/?code=c&state=forged")
    assert "_auth_user_id" not in client.session
    assert not provider.asked
