"""A closed article on every face, for everybody who may ask: anonymous, refused, pending, rejected, verified, expired …"""

from datetime import timedelta

import pytest
from django.test import Client

from contracts import portal
from rongpei.activities.columns.actions import editing, printing
from rongpei.activities.columns.codes import FilePart
from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.tenancy.scope import scope
from rongpei.pipelines.verification import actions
from rongpei.pipelines.verification.models import Credential
from rongpei.pipelines.verification.tests import samples

WHO = "outside_volunteer"  # the cast's outside professional wrote the article, and writers read their own
SHUT = {"page": False, "comments": 404, "picture": 404, "search": False, "feed": False, "api": 403}
OPEN = {"page": True, "comments": 200, "picture": 200, "search": True, "feed": False, "api": 200}


def refuse(house):
    person, text = house.person(WHO), samples.texts_in(house)["identity_agreement"]
    actions.refuse_agreement(
        actor=samples.oneself(person),
        person=person,
        user=person.user,
        text=text,
        today=clock.today(),
        now=clock.now(),
    )


def verify(house):
    samples.decided(samples.submitted(house, WHO), passed=True, reviewer=house.actor("certificate_reviewer"))


def expire(house):
    verify(house)
    today = clock.today()
    Credential.objects.update(starts_on=today - timedelta(days=700), ends_on=today)


def revoke(house):
    verify(house)
    actions.revoke(
        actor=house.actor("certificate_reviewer"), credential=Credential.objects.get(), why="证书系伪造", today=clock.today(),
        now=clock.now(),
    )  # fmt: skip


def ask_again(house):
    verify(house)
    samples.anew(house)


def withdraw(house):
    verify(house)
    person = house.person(WHO)
    actions.withdraw_consent(
        actor=samples.oneself(person), person=person, user=person.user, kind="identity_agreement", today=clock.today(),
        now=clock.now(),
    )  # fmt: skip


STATES = {
    "none": (lambda house: None, SHUT, "去认证"),
    "refused": (refuse, SHUT, "再看看协议"),
    "draft": (lambda house: samples.filled(house, WHO), SHUT, "接着填写"),
    "pending": (lambda house: samples.submitted(house, WHO), SHUT, "看审核进度"),
    "rejected": (
        lambda house: samples.decided(samples.submitted(house, WHO), passed=False, reviewer=house.actor("certificate_reviewer")),
        SHUT, "看要改什么",
    ),
    "verified": (verify, OPEN, ""),
    "expired": (expire, SHUT, "重新认证"),
    "revoked": (revoke, SHUT, "看原因"),
    "asked again": (ask_again, SHUT, "看新版协议"),
    "withdrawn": (withdraw, SHUT, "重新认证"),
}  # fmt: skip


def faces(client: Client, article, file_pk: int) -> dict[str, object]:
    """What comes out of each face."""
    page = client.get(f"/read/{article.pk}/").content.decode()
    found = client.get("/read/search/", {"q": "脱法"}).content.decode()
    return {
        "page": "隔离衣内层的脱法" in page,
        "comments": client.get(f"/read/{article.pk}/comments/").status_code,
        "picture": client.get(f"/read/{article.pk}/files/{file_pk}/").status_code,
        "search": article.title in found,
        "feed": "隔离衣内层的脱法" in client.get("/read/feed/").content.decode(),
        "api": client.get(f"/read/api/articles/{article.pk}/").status_code,
    }


@pytest.fixture
def closed(cast):
    """A closed article of the operator's public column, with a picture."""
    house = cast.operator
    system, now = System(house.tenant.pk), clock.now()
    with scope([house.tenant.pk]):
        samples.texts_in(house)
        column = portal.column(house, "和谐医患故事", is_public=True)
        article = portal.draft(
            house, column, "负压病房里的四十分钟", requires_hcp=True, html="<p>隔离衣内层的脱法。</p>"
        )
        file = editing.attach_file(
            actor=system, article=article, upload=portal.png(), part=FilePart.PICTURE, now=now
        )
        article.refresh_from_db()
        printing.submit(actor=system, article=article, by="周", secrecy_checked=True, now=now)
        printing.pass_editing(
            actor=system, article=article, by="编", opinion="", secrecy_checked=True, now=now
        )
        printing.approve(actor=system, article=article, by="审", opinion="", secrecy_checked=True, now=now)
    return article, file.pk


def test_nobody_unknown_gets_in(cast, closed):
    assert faces(Client(), *closed) == SHUT


@pytest.mark.parametrize("state", STATES)
def test_every_state_on_every_face(cast, closed, state):
    bring, expected, button = STATES[state]
    house = cast.operator
    with scope([house.tenant.pk]):
        bring(house)
    client = Client()
    client.force_login(house.user(WHO))
    assert faces(client, *closed) == expected
    page = client.get(f"/read/{closed[0].pk}/").content.decode()
    ways = {words for _bring, _expected, words in STATES.values() if words}
    assert {words for words in ways if words in page} == ({button} if button else set())
    assert client.get("/read/").status_code == 200
