"""Signing in by number, name or phone; lockout that a stranger cannot turn against the owner."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.test import Client

from contracts.cast import PASSWORD, Cast
from rongpei.ground import clock
from rongpei.ground.accounts.models import User
from rongpei.ground.accounts.passwords import ProfileValidator

LOGIN = "/accounts/login/"


def _try(client: Client, password: str = PASSWORD, login: str = "member-1", code: str = "H1", **extra: str):
    return client.post(LOGIN, {"code": code, "login": login, "password": password}, **extra)


@pytest.mark.parametrize(
    ("code", "login"), [("H1", "member-1"), ("h1", "member-1"), ("", "H1-member-1"), ("", "13800000001")]
)
def test_three_names_of_one_account(cast: Cast, client: Client, code: str, login: str) -> None:
    User.objects.filter(username="H1-member-1").update(phone="13800000001")
    assert _try(client, login=login, code=code).status_code == 302
    assert client.get("/settings/").status_code == 200


def test_a_number_needs_its_own_tenant(cast: Cast, client: Client) -> None:
    assert _try(client, login="member-1", code="").status_code == 200
    assert _try(client, login="member-1", code="AUTH").status_code == 200
    assert "_auth_user_id" not in client.session


def test_an_account_that_was_closed_cannot_sign_in(cast: Cast, client: Client) -> None:
    User.objects.filter(username="H1-member-1").update(is_active=False)
    assert _try(client).status_code == 200


def test_a_stranger_is_stopped_and_the_owner_is_not(cast: Cast) -> None:
    owner, stranger = Client(REMOTE_ADDR="10.0.0.1"), Client(REMOTE_ADDR="10.0.0.9")
    assert _try(owner).status_code == 302  # the owner's browser is known from now on
    owner.post("/accounts/logout/")
    for _index in range(60):
        _try(stranger, password="guess")
    locked = _try(stranger)
    assert locked.status_code == 200
    assert "试错次数太多" in locked.content.decode()
    assert _try(owner).status_code == 302


def test_the_owner_too_is_stopped_after_ten_tries(cast: Cast) -> None:
    owner = Client()
    _try(owner)
    owner.post("/accounts/logout/")
    for _index in range(10):
        _try(owner, password="forgotten")
    assert "试错次数太多" in _try(owner).content.decode()


@pytest.mark.parametrize(
    ("profile", "password", "good"),
    [
        ("modern", "short", False), ("modern", "1234567890", False), ("modern", "four quiet paper boats", True),
        ("dengbao", "abcdefgh", False), ("dengbao", "Abcdefg1", True), ("dengbao", "Ab1!", False),
    ],
)  # fmt: skip
def test_password_profiles(settings, profile: str, password: str, good: bool) -> None:
    settings.RONGPEI_PASSWORD_PROFILE = profile
    if good:
        ProfileValidator().validate(password)
    else:
        with pytest.raises(ValidationError):
            ProfileValidator().validate(password)


def test_passwords_are_argon2_and_the_page_is_no_open_door(cast: Cast, client: Client) -> None:
    assert User.objects.first().password.startswith("argon2")
    assert client.get("/accounts/signup/").status_code in (200, 403, 404)
    client.post("/accounts/signup/", {"username": "x", "password1": PASSWORD, "password2": PASSWORD})
    assert not User.objects.filter(username="x").exists()


def test_the_dengbao_profile_asks_for_a_new_password_after_ninety_days(
    cast: Cast, client: Client, settings
) -> None:
    settings.RONGPEI_PASSWORD_PROFILE = "dengbao"
    old = "Altes-Wort-2026"
    mine = User.objects.filter(username="H1-member-1")
    mine.update(password_set_on=clock.today() - timedelta(days=89), password=make_password(old))
    _try(client, password=old)
    assert client.get("/settings/").status_code == 200
    mine.update(password_set_on=clock.today() - timedelta(days=90))
    answer = client.get("/settings/", follow=True)
    assert answer.redirect_chain[-1][0] == "/accounts/password/change/"
    assert "密码已用满 90 天" in answer.content.decode()
    same = {"oldpassword": old, "password1": old, "password2": old}
    assert "不能和现在的密码一样" in client.post("/accounts/password/change/", same).content.decode()
    client.post(
        "/accounts/password/change/", same | {"password1": "Neues-Wort-2026", "password2": "Neues-Wort-2026"}
    )
    assert client.get("/settings/").status_code == 200
    assert mine.get().password_set_on == clock.today()


def test_the_modern_profile_never_asks(cast: Cast, client: Client) -> None:
    User.objects.filter(username="H1-member-1").update(password_set_on=clock.today() - timedelta(days=900))
    _try(client)
    assert client.get("/settings/").status_code == 200
