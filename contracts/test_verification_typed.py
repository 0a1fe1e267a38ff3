"""Nothing that somebody types into verification runs on anybody's page, with the content policy on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bench.serving import Server
from contracts import cast as players
from contracts.browsing import Visitor, chromium
from contracts.verification_windows import open_site, window_of
from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.tenancy.scope import scope
from rongpei.org.consent.actions import publish_text
from rongpei.org.consent.codes import TextKind
from rongpei.pipelines.verification import actions
from rongpei.pipelines.verification.tests import samples

pytestmark = [pytest.mark.browser, pytest.mark.committing, pytest.mark.slow]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module."""
    with chromium() as found:
        yield found


@pytest.fixture
def site(committed: str, tmp_path: Path) -> Iterator[Server]:
    """The site on a clone."""
    with open_site(committed, tmp_path) as server:
        yield server


NASTY = (
    "<script>window.hacked=1</script>", '"><img src=x onerror="window.hacked=1">', "javascript:window.hacked=1//",
    "</textarea><svg onload=window.hacked=1>", "{{7919*7907}}{% csrf_token %}", "' autofocus onfocus=window.hacked=1 x='",
)  # fmt: skip


def test_nothing_that_was_typed_runs(site: Server, browser: Browser) -> None:
    """Every text field of the room, through the pages of the person, the reviewer and the builder, with the policy on."""
    house = players.load().operator
    now, today = clock.now(), clock.today()
    with scope([house.tenant.pk]):
        reviewer, system = house.actor("certificate_reviewer"), System(house.tenant.pk)
        text = "".join(NASTY)
        application = samples.filled(
            house,
            name=text[:50],
            workplace=text[:120],
            department=text[:60],
            title=text[:40],
            number=text[:60],
        )
        submission = samples.again(application)
        actions.keep_template(
            actor=system, tenant_id=house.tenant.pk, title=NASTY[1][:40], body=text[:500], reasons=[]
        )
        values = {
            "title": text[:80],
            "intro": text[:300],
            "purpose": "collect",
            "audience": "everyone",
            "profession": "",
        }
        values["text"] = f"{NASTY[0]}[单选]\n- {NASTY[1]}\n- {NASTY[3]}\n{NASTY[4]}[填空]"
        form = actions.begin_form(actor=system, tenant_id=house.tenant.pk, values=values, now=now)
        form = actions.open_form(actor=system, form=form, today=today, now=now)
        actions.answer_form(actor=reviewer, form=form, answers={"1": 0, "2": text}, today=today)
        samples.anew(house)
        publish_text(
            actor=system,
            tenant_id=house.tenant.pk,
            kind=TextKind.INFORMED_CONSENT,
            body=f"{NASTY[0]}：{text}",
            now=now,
        )
    desk = window_of(browser, site, "certificate_reviewer")
    desk.page.goto(f"{desk.origin}/review/")
    desk.page.locator("button:has-text('领取')").first.click()
    desk.page.get_by_text("已领取").first.wait_for()
    pk = submission.pk
    paths = [
        "/review/",
        "/review/queue/",
        f"/review/{pk}/",
        "/review/templates/",
        "/questions/",
        f"/questions/{form.pk}/",
    ]
    paths += [f"/questions/{form.pk}/results/", f"/questions/{form.pk}/answer/"]
    _harmless(desk, paths)
    with scope([house.tenant.pk]):
        actions.decide(
            actor=reviewer, application=submission.application, submission=submission, passed=False,
            reasons=["image_unclear"], message=text[:500], today=today, now=now,
        )  # fmt: skip
    person = window_of(browser, site, "outside_hcp")
    _harmless(
        person,
        [
            "/verify/",
            "/verify/last/",
            "/verify/mine/",
            "/verify/informed/",
            "/join/texts/informed_consent/",
            "/",
        ],
    )
    person.page.goto(f"{person.origin}/verify/agreement/")
    person.page.click("button:has-text('同意') >> nth=-1")
    _harmless(person, ["/verify/profile/", "/verify/certificate/", "/verify/appeal/"])
    _harmless(desk, ["/review/decided/", f"/review/{pk}/"])


def _harmless(window: Visitor, paths: list[str]) -> None:
    for path in paths:
        answer = window.page.goto(window.origin + path)
        assert answer is not None, path
        assert answer.status == 200, path
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        window.page.wait_for_timeout(150)
        assert window.page.evaluate("window.hacked") is None, path
        assert str(7919 * 7907) not in window.page.locator("main").inner_text(), path
    assert not [fault for fault in window.faults if "script" in fault], window.faults
