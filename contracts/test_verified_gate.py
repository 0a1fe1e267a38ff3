"""A closed article on every face, for everybody who may ask: anonymous, refused, pending, rejected, verified, expired …"""

import pytest
from django.test import Client

from contracts.gate import SECRET, STATES, WHO, closed_article
from rongpei.activities.columns.models import Article
from rongpei.ground.tenancy.scope import scope

SHUT = {
    "page": False,
    "comments": 404,
    "picture": 404,
    "file": 404,
    "search": False,
    "feed": False,
    "api": 403,
}
OPEN = {"page": True, "comments": 200, "picture": 200, "file": 200, "search": True, "feed": False, "api": 200}


def faces(client: Client, article: Article, picture: int, attachment: int) -> dict[str, object]:
    """What comes out of each face."""
    page = client.get(f"/read/{article.pk}/").content.decode()
    found = client.get("/read/search/", {"q": "脱法"}).content.decode()
    return {
        "page": SECRET in page,
        "comments": client.get(f"/read/{article.pk}/comments/").status_code,
        "picture": client.get(f"/read/{article.pk}/files/{picture}/").status_code,
        "file": client.get(f"/read/{article.pk}/files/{attachment}/").status_code,
        "search": article.title in found,
        "feed": SECRET in client.get("/read/feed/").content.decode(),
        "api": client.get(f"/read/api/articles/{article.pk}/").status_code,
    }


@pytest.fixture
def closed(cast):
    """A closed article, its picture, its attachment."""
    with scope([cast.operator.tenant.pk]):
        return closed_article(cast.operator)


def test_nobody_unknown_gets_in(cast, closed):
    assert faces(Client(), *closed) == SHUT


@pytest.mark.parametrize("state", STATES)
def test_every_state_on_every_face(cast, closed, state):
    bring, is_open, button = STATES[state]
    house = cast.operator
    with scope([house.tenant.pk]):
        bring(house)
    client = Client()
    client.force_login(house.user(WHO))
    assert faces(client, *closed) == (OPEN if is_open else SHUT)
    page = client.get(f"/read/{closed[0].pk}/").content.decode()
    ways = {words for _bring, _open, words in STATES.values() if words}
    assert {words for words in ways if words in page} == ({button} if button else set())
    assert client.get("/read/").status_code == 200
