"""A meeting from its plan to everybody's hours: ten phones at the door, a ward on the list, a correction afterwards."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from contracts.browser.visits import PHONE, Site
from contracts.cast import PASSWORD, House, load
from contracts.seasons import grow
from rongpei.ground import clock
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.gatherings.models import Sitting
from rongpei.kernel.gatherings.signin import code_for
from rongpei.org.people.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.committing, pytest.mark.slow]

TITLE, BRANCH = "主题党日：亮身份、担使命", "二支部"


@contextmanager
def _inside(house: House) -> Iterator[None]:
    with scope([house.tenant.pk]):
        yield


def _sign_in(page: Page, house: House, number: str) -> None:
    """Fill the sign-in page that is shown."""
    expect(page).to_have_url(re.compile("/accounts/login/"))
    page.get_by_label("工号、用户名或手机号").or_(page.locator("[name=login]")).first.fill(number)
    page.locator("[name=code]").fill(house.tenant.code)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()


def _press(page: Page, button: str, answer: str = "yes") -> None:
    """Press a button that asks first, and answer the question."""
    page.get_by_role("button", name=button, exact=True).first.click()
    page.locator(f"dialog[open] button[value={answer}]").click()


def _shown_code(screen: Page) -> str:
    address = screen.locator("[data-address]").get_attribute("data-address")
    assert address
    return address


def _tally(page: Page) -> dict[str, str]:
    """The four numbers of the meeting page."""
    cards = page.locator(".rp-kpis section")
    return {
        cards.nth(at).locator("span").first.inner_text(): cards.nth(at).locator("b").inner_text()
        for at in range(cards.count())
    }


def _hours(page: Page, site: Site, person: Person) -> str:
    """The class hours of this year on a person's page, as the branch's secretary reads them."""
    page.goto(f"{site.address}/people/{person.pk}/")
    return page.locator("main").inner_text()


def test_a_meeting_from_plan_to_hours(site: Site) -> None:
    house = load().h1
    with _inside(house):
        members = [grow(house, "一支部", _hashed(house)) for _ in range(12)]
        secretary = house.user("branch_secretary")
    desk = site.visitor()
    desk.goto(site.address)
    _sign_in(desk, house, secretary.number)
    meeting = _plan(desk, site)
    expect(desk.locator("h1")).to_have_text(TITLE)
    expected = int(_tally(desk)["应到"])
    assert expected == 9 + len(members)

    desk.get_by_role("link", name="投屏签到").click()
    failures = site.inspect(desk)
    phones = _scan_with_ten_phones(site, house, desk, members[:10])
    failures += site.inspect(phones[0])
    failures += _refusals(site, house, desk, phones[0], members)
    expect(desk.locator(".wdl")).to_contain_text("10", timeout=15_000)  # the projector renews itself

    _tick_the_ward(desk, meeting, members[10], members[11])
    _write_minutes(desk, meeting)
    desk.goto(meeting)
    assert _tally(desk) == {"应到": str(expected), "实到": "11", "请假": "1", "列席": "0"}
    _press(desk, "确认会议")
    expect(desk.get_by_text("11 人的学时已记入成长档案")).to_be_visible()
    failures += site.inspect(desk)
    assert _tally(desk)["缺席"] == str(expected - 12)

    own = phones[3]
    assert _own_hours(own, site) == "2"
    failures += site.inspect(own)
    assert _branch_sum(site, house, desk, members) == {"2": 11, "0": 1}

    _reopen(desk, meeting)
    assert _own_hours(own, site) == ""
    assert _branch_sum(site, house, desk, members) == {"0": 12}
    _correct(desk, meeting, members[3], members[11])
    _press(desk, "确认会议")
    expect(desk.get_by_text("11 人的学时已记入成长档案")).to_be_visible()
    assert _own_hours(own, site) == ""
    assert _branch_sum(site, house, desk, members) == {"2": 11, "0": 1}
    failures += site.inspect(own)
    assert not failures, "\n".join(failures)
