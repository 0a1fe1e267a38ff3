"""A hospital of twenty-eight branches: within two taps its office sees the three that are behind, and every number is names."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from bench.serving import Server
from contracts import cast as players
from contracts.browsing import chromium, visitor
from contracts.cast import BEGAN, House
from contracts.serving import web
from rongpei.activities.partydays.actions import Slot, confirm_meeting, plan_meeting, tick_attendance
from rongpei.activities.partydays.codes import MeetingKind
from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.gatherings.codes import Presence
from rongpei.org.people.actions import record_fact, register_person
from rongpei.org.people.codes import FactKind, PartyStatus
from rongpei.org.units.actions import open_unit, post_person
from rongpei.org.units.codes import Tree, UnitKind
from rongpei.org.units.models import Unit

pytestmark = [pytest.mark.browser, pytest.mark.committing, pytest.mark.slow]
BRANCHES, MEMBERS, BEHIND = 28, 3, {"第04支部", "第11支部", "第23支部"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module."""
    with chromium() as found:
        yield found


@pytest.fixture
def site(committed: str, tmp_path: Path) -> Iterator[Server]:
    """The site on a clone, with the year of twenty-eight branches."""
    house = players.load().h1
    with scope([house.tenant.pk]):
        for old in Unit.objects.filter(tree=Tree.PARTY, kind=UnitKind.BRANCH):
            Unit.objects.filter(pk=old.pk).update(closed_on=clock.today())
        for number in range(BRANCHES):
            _branch(house, f"第{number:02}支部")
    with web(committed, tmp_path) as server:
        yield server


def _branch(house: House, name: str) -> None:
    """Three members, and this month's theme day (two present, one on leave) unless the branch is one of those behind."""
    system, today, now = System(house.tenant.pk), clock.today(), clock.now()
    branch = open_unit(
        actor=system, tenant_id=house.tenant.pk, tree=Tree.PARTY, kind=UnitKind.BRANCH, name=name,
        parent=house.unit("总支"), on=BEGAN,
    )  # fmt: skip
    for number in range(MEMBERS):
        person = register_person(
            actor=system, tenant_id=house.tenant.pk, name=f"{name}员{number}", staff_number=f"{name}-{number}"
        )
        record_fact(
            actor=system, person=person, kind=FactKind.PARTY_STATUS, value=PartyStatus.FULL, starts_on=BEGAN,
            today=today, now=now,
        )  # fmt: skip
        post_person(
            actor=system, person=person, tree=Tree.PARTY, unit=branch, starts_on=BEGAN, today=today, now=now
        )
    if name in BEHIND:
        return
    starts_at = timezone.make_aware(datetime.combine(today.replace(day=1), time(16)))
    meeting = plan_meeting(
        actor=system, unit=branch, kind=MeetingKind.THEME_DAY, title="党日", class_hours=Decimal(1), now=now,
        slots=[Slot(starts_at, starts_at + timedelta(hours=1))], entered_later_reason="补录",
    )  # fmt: skip
    listed = list(meeting.gathering.attendances.order_by("person_id").values_list("person_id", flat=True))
    marks = dict.fromkeys(listed, (Presence.PRESENT, "")) | {listed[0]: (Presence.LEAVE, "值班")}
    tick_attendance(actor=system, meeting=meeting, marks=marks, now=now, later=True)
    confirm_meeting(actor=system, meeting=meeting, now=now)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_office_finds_the_three_within_two_taps(site: Server, browser: Browser, width: int) -> None:
    office = visitor(browser, f"http://127.0.0.1:{site.port}", width=width).sign_in("party_office")
    page = office.page
    if width < 768:
        page.get_by_role("button", name="菜单").click()
    page.locator("a:visible", has_text="支部总览").first.click()
    page.wait_for_url("**/branches/")
    card = page.locator("#unarranged")
    assert set(card.locator("h3").all_inner_texts()) == BEHIND
    box = card.bounding_box()
    assert box is not None
    assert box["y"] < 900  # in sight without a search

    told = page.locator(".rp-num").first.inner_text()
    assert int(told) == BRANCHES - len(BEHIND)
    assert int(page.locator("a[href='#unarranged'] b").inner_text()) == len(BEHIND)

    page.locator("#matrix tr:has-text('第00支部') a:has-text('%')").first.click()
    lines = page.locator("main tbody tr")
    shown = lines.all_inner_texts()
    assert len(shown) == MEMBERS
    assert sum("实到" in text for text in shown) == 2, shown
    assert sum("请假" in text for text in shown) == 1, shown
    assert not office.faults
