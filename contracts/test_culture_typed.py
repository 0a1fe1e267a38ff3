"""Nothing that somebody types into culture or at the privacy desk runs on anybody's page, with the content policy on."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bench.serving import Server
from contracts import cast as players
from contracts import culture
from contracts.browsing import chromium, visitor
from contracts.cast import House
from contracts.serving import web
from rongpei.activities.columns.tests.corpus import ATTACKS
from rongpei.activities.culture.actions import health, programmes, weeks, works
from rongpei.activities.culture.codes import ConsentState
from rongpei.activities.culture.models import Episode
from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.tenancy.scope import scope
from rongpei.org.privacy import actions as privacy
from rongpei.org.privacy.codes import RequestKind

pytestmark = [pytest.mark.browser, pytest.mark.committing, pytest.mark.slow]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module."""
    with chromium() as found:
        yield found


@pytest.fixture
def site(committed: str, tmp_path: Path) -> Iterator[Server]:
    """The site on a clone."""
    with web(committed, tmp_path) as server:
        yield server


def _programme(house: House, attack: str) -> list[str]:
    given = {"title": attack[:80], "place": attack[:80], "purpose": attack}
    at = culture.programme(house, **given)
    system = System(house.tenant.pk)
    item = programmes.add_item(actor=system, programme=at, kind="rite", title=attack[:80], minutes=10)
    people = [house.person("member-1")]
    programmes.name_cast(actor=system, item=item, people=people, guests=[attack[:50]], part=attack[:40])
    programmes.hold_programme(
        actor=system, programme=at, audience=3, summary=attack, on=clock.today(), now=clock.now()
    )
    return [f"/culture/programmes/{at.pk}/"]


def _work(house: House, attack: str) -> list[str]:
    given = {
        "title": attack[:80],
        "introduction": attack,
        "makers": attack[:200],
        "rights_holder": attack[:80],
    }
    work = culture.work(house, episodes=1, is_public=True, **given)
    system, today, now = System(house.tenant.pk), clock.today(), clock.now()
    episode = Episode.objects.get(work=work)
    works.change_episode(actor=system, episode=episode, values={"title": attack[:80], "summary": attack})
    shown = works.enter_appearance(
        actor=system, work=work, name=attack[:50], where=attack[:80], on=today, person=None
    )
    works.answer_appearance(
        actor=system, appearance=shown, state=ConsentState.GIVEN, basis=attack[:120], on=today
    )
    works.study_episode(
        actor=house.actor("publicity_office"), episode=episode, home_tenant_id=house.tenant.pk,
        thoughts=f"{attack}，看完想起自己第一次值夜班，灯一直亮着。", on=today, now=now,
    )  # fmt: skip
    return [
        f"/culture/works/{work.pk}/", f"/culture/keep/works/{work.pk}/", f"/culture/episodes/{episode.pk}/",
        f"/culture/keep/episodes/{episode.pk}/",
    ]  # fmt: skip


def _piece(house: House, attack: str) -> list[str]:
    given = {
        "title": attack[:80], "question": attack[:120], "body": attack, "topics": [attack[:20]], "author_line": attack[:80],
    }  # fmt: skip
    today, now = clock.today(), clock.now()
    piece = culture.piece(house, **given)
    health.ask_experts(
        actor=house.actor("member-1"), piece=piece, experts=[house.person("member-2")],
        due_on=today + timedelta(days=3), on=today, now=now,
    )  # fmt: skip
    review = piece.reviews.get()
    health.give_review(actor=house.actor("member-2"), review=review, passes=True, opinion=attack, now=now)
    piece.refresh_from_db()
    office = house.actor("publicity_office")
    health.publish_piece(actor=office, piece=piece, is_public=True, on=today, now=now)
    concern = health.raise_concern(
        actor=System(house.tenant.pk), tenant_id=house.tenant.pk, reader_ids=[], now=now,
        values={"question": attack[:80], "why": attack, "topics": [attack[:20]], "raised_on": today, "needed_by": today},
    )  # fmt: skip
    week = weeks.announce_week(
        actor=System(house.tenant.pk), tenant_id=house.tenant.pk,
        values={"title": attack[:40], "introduction": attack, "starts_on": today, "ends_on": today},
    )  # fmt: skip
    return [
        f"/culture/health/{piece.pk}/", f"/culture/health/concerns/{concern.pk}/", f"/culture/weeks/{week.pk}/",
    ]  # fmt: skip


def _request(house: House) -> list[str]:
    """One request whose wish and extension hold every attack."""
    told = "".join(ATTACKS)[:1000]
    found = privacy.ask(
        actor=house.actor("publicity_office"), person=house.person("publicity_office"), kind=RequestKind.CORRECT, about=(),
        wish=told, today=clock.today(), now=clock.now(),
    )  # fmt: skip
    office = house.actor("party_office")
    privacy.extend(actor=office, request=found, reason=told[:200], today=clock.today(), now=clock.now())
    return ["/privacy/", f"/privacy/requests/{found.pk}/"]


LISTS = [
    "/culture/", "/culture/programmes/", "/culture/keep/works/", "/culture/health/", "/culture/health/pieces/",
    "/culture/weeks/", "/culture/consents/", "/privacy/data/",
]  # fmt: skip


def test_nothing_that_was_typed_runs(site: Server, browser: Browser) -> None:
    house, paths = players.load().h1, list(LISTS)
    with scope([house.tenant.pk]):
        for attack in ATTACKS:
            for make in (_programme, _work, _piece):
                paths += make(house, attack)
        paths += _request(house)
    window = visitor(browser, f"http://127.0.0.1:{site.port}").sign_in("publicity_office")
    page = window.page
    page.on("dialog", lambda dialog: window.faults.append(f"dialog: {dialog.message}"))
    for path in paths:
        answer = page.goto(window.origin + path)
        assert answer is not None
        assert answer.status == 200, path
        assert "default-src 'self'" in answer.headers["content-security-policy"], path
        page.locator("main :is(h1, h2)").first.click(position={"x": 2, "y": 2})
        assert page.evaluate("window.pwned") is None, path
        assert page.locator("main :is(iframe, object, embed, base, meta, style, script)").count() == 0, path
    assert window.faults == []
