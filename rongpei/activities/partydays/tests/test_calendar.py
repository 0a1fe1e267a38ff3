"""The month of a branch and its feed, which a phone reads without signing in."""

import html
import re

import pytest
from django.test import Client

from contracts.cast import Cast
from rongpei.ground.tenancy.scope import scope


@pytest.fixture
def inside(cast: Cast):
    with scope(cast.tenant_ids):
        yield cast


def _address(client: Client, query: str = "") -> str:
    text = html.unescape(client.get(f"/meetings/calendar/{query}").content.decode())
    assert "H1主题党日" in text
    found = re.search(r'value="https?://[^/]+(/meetings/calendar/[^"]+[.]ics[^"]*)"', text)
    assert found
    return found[1]


def test_the_feed_holds_the_meetings_of_its_owner_and_dies_with_the_password(inside: Cast) -> None:
    client, phone, user = Client(), Client(), inside.h1.user("member-1")
    client.force_login(user)
    address = _address(client)
    answer = phone.get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    written = answer.content.decode()
    assert "SUMMARY:H1主题党日" in written
    assert "H2" not in written
    user.set_password("another-quiet-lamp")
    user.save()
    assert phone.get(address).status_code == 404
    assert phone.get("/meetings/calendar/forged.ics").status_code == 404


def test_a_branch_has_a_feed_of_its_own(inside: Cast) -> None:
    client, phone = Client(), Client()
    client.force_login(inside.h1.user("party_office"))
    first, second = inside.h1.unit("一支部").pk, inside.h1.unit("二支部").pk
    address = _address(client, f"?unit={first}")
    assert address.endswith(f"?unit={first}")
    assert "SUMMARY:H1主题党日" in phone.get(address).content.decode()
    for other in (second, inside.h2.unit("一支部").pk):
        assert "SUMMARY" not in phone.get(address.replace(f"unit={first}", f"unit={other}")).content.decode()
