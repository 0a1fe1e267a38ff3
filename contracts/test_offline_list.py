"""An organiser's phone without a network: the list opens again, ticks are handed over once, names leave the phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from bench.serving import Server
from contracts import cast as players
from contracts.browsing import Visitor, chromium, visitor
from contracts.serving import web
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.gatherings.codes import Means
from rongpei.kernel.gatherings.models import Attendance, OfflineSheet

pytestmark = [pytest.mark.browser, pytest.mark.committing, pytest.mark.slow]
DRAWER = "localStorage.getItem('rongpei.phone') || ''"
SHELVES = """async () => {
  const shelves = await Promise.all((await caches.keys()).map(name => caches.open(name)));
  const kept = (await Promise.all(shelves.map(async shelf => Promise.all((await shelf.keys()).map(key => shelf.match(key)))))).flat();
  return (await Promise.all(kept.map(answer => answer.text()))).join('\\n');
}"""
DAY_OVER = """() => {
  const all = JSON.parse(localStorage.getItem('rongpei.phone'));
  for (const list of Object.values(all.lists)) list.until = new Date(Date.now() - 60000).toISOString();
  localStorage.setItem('rongpei.phone', JSON.stringify(all));
}"""
LEFT_BEHIND = """localStorage.setItem('rongpei.phone', JSON.stringify({owner: 0, lists: {
  7: {title: '甲', until: '2999-01-01', people: [[1, '党员甲', false]], marks: {}, sealed: null}}}))"""
WORKERS = "async () => (await navigator.serviceWorker.getRegistrations()).length"


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


def _reopen(phone: Visitor, page: Page) -> Page:
    """Close the tab, and open the same address in a new one."""
    address = page.url
    page.close()
    page = phone.context.new_page()
    page.on("pageerror", lambda error: phone.faults.append(f"script: {error}"))
    page.goto(address)
    return page


def _tick(page: Page, person: int, mark: str) -> None:
    page.locator(f"[data-person='{person}'] label:has(input[value={mark}])").click()


def _sheets() -> list[int]:
    """How many people each list handed over has changed, in order."""
    with scope([players.load().h1.tenant.pk]):
        return list(OfflineSheet.objects.order_by("id").values_list("changed", flat=True))


def _stored(person: int) -> tuple[str, str, str]:
    with scope([players.load().h1.tenant.pk]):
        row: Attendance = players.load().h1.meeting().gathering.attendances.get(person_id=person)
        return row.presence, row.means, row.reason


def test_a_list_survives_the_browser_and_is_handed_over_once(site: Server, browser: Browser) -> None:
    house = players.load().h1
    with scope([house.tenant.pk]):
        meeting, people = house.meeting().pk, [house.person(f"member-{n}").pk for n in (1, 2, 3, 4)]
    phone = visitor(browser, f"http://127.0.0.1:{site.port}", width=390).sign_in("branch_secretary")
    page, one, two, three, four = phone.page, *people
    page.goto(f"{phone.origin}/meetings/phone/{meeting}/")
    page.locator("#phone[data-lasts]").wait_for()
    assert "党员甲" in page.inner_text("main")
    assert "党员" not in page.evaluate(SHELVES)  # the worker keeps the page and its files, never a name

    phone.context.set_offline(True)
    page = _reopen(phone, page)
    _tick(page, one, "present")
    _tick(page, two, "leave")
    page.fill(f"[data-person='{two}'] [data-reason]", "夜班")
    page.locator(f"[data-person='{two}'] [data-reason]").blur()
    page = _reopen(phone, page)
    page.get_by_text("2 人的勾选存在本机").wait_for()
    assert page.locator(f"[data-person='{two}'] input[value=leave]").is_checked()
    assert _sheets() == []

    # The server takes the list, and its answer is lost on the way
    def lose(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/hand-over/", lose)
    with page.expect_event("requestfailed", lambda request: request.method == "POST"):
        phone.context.set_offline(False)
    assert _sheets() == [2]
    _tick(page, three, "present")
    page.unroute("**/hand-over/")
    page.click("#phone-send")
    page.get_by_text("已同步，改动 1 人").wait_for()
    assert _sheets() == [
        2,
        1,
    ]  # the repeated list counted once; what was ticked meanwhile is a list of its own
    assert _stored(one) == ("present", Means.OFFLINE, "")
    assert _stored(two) == ("leave", Means.OFFLINE, "夜班")
    assert _stored(three) == ("present", Means.OFFLINE, "")

    # The day is over: names have left the phone, ticks not yet handed over have not
    phone.context.set_offline(True)
    _tick(page, four, "present")
    page.evaluate(DAY_OVER)
    page = _reopen(phone, page)
    page.get_by_text("名字已从本机清除").wait_for()
    assert "党员" not in page.evaluate(DRAWER)
    phone.context.set_offline(False)
    page.get_by_text("已同步，改动 1 人").wait_for()
    assert _stored(four) == ("present", Means.OFFLINE, "")

    _signing_out_leaves_nothing(phone, page, meeting)


def _signing_out_leaves_nothing(phone: Visitor, page: Page, meeting: int) -> None:
    phone.context.set_offline(True)
    page.locator("#phone-people label:has(input[value=expected])").first.click()
    # The site cannot be reached before the phone thinks it can, or it hands the tick over at once
    page.route("**/hand-over/", lambda route: route.abort())
    phone.context.set_offline(False)
    page.goto(f"{phone.origin}/accounts/logout/")
    page.get_by_text("还有 1 人没有同步").wait_for()
    assert "党员" in page.evaluate(DRAWER)
    page.click("main button:has-text('退出登录')")
    page.wait_for_url("**/accounts/login/**")
    assert page.evaluate(DRAWER) == ""
    assert page.evaluate(SHELVES) == ""
    assert page.evaluate(WORKERS) == 0
    # What somebody else left by closing the browser is not for the next account either
    page.evaluate(LEFT_BEHIND)
    phone.page = page
    phone.sign_in("organization_officer")
    page.goto(f"{phone.origin}/meetings/phone/{meeting}/")
    page.locator("#phone-people li").first.wait_for()
    assert '"7":' not in page.evaluate(DRAWER)
    assert not [fault for fault in phone.faults if "ERR_" not in fault]
