"""A signed-in browser and a little life for the cast: titles, meetings, hours."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from contracts.cast import Cast, House
from rongpei.activities.partydays.actions import Slot, confirm_meeting, plan_meeting, tick_attendance
from rongpei.activities.partydays.codes import MeetingKind
from rongpei.activities.partydays.models import Meeting
from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.gatherings.codes import Presence

Enter = Callable[..., Client]


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    """A fixed business date in the middle of a year."""
    on = date(2026, 6, 12)
    monkeypatch.setattr("rongpei.ground.clock.reading._demonstration_date", lambda: on)
    return on


@pytest.fixture
def enter(cast: Cast) -> Enter:
    """`enter("party_office")` signs in as that person of the first hospital."""

    def sign_in(number: str, house: House | None = None) -> Client:
        client = Client()
        client.force_login(
            (house or cast.h1).user(number), backend="rongpei.ground.accounts.signing.NumberOrNameBackend"
        )
        return client

    return sign_in


@pytest.fixture
def within(cast: Cast):  # type: ignore[no-untyped-def]
    """Everything the tests prepare runs inside the first hospital's scope."""
    with scope([cast.h1.tenant.pk]):
        yield


def hold(
    cast: Cast, on: date, present: list[str], *, kind: MeetingKind = MeetingKind.THEME_DAY, hours: str = "2",
    branch: str = "一支部", confirm: bool = True,
) -> Meeting:  # fmt: skip
    """A meeting of a branch at which people of these numbers came."""
    unit, system = cast.h1.unit(branch), System(cast.h1.tenant.pk)
    starts = datetime.combine(on, time(16), timezone.get_current_timezone())
    meeting = plan_meeting(
        actor=system, unit=unit, kind=kind, title=f"{on.month}月会议", slots=[Slot(starts, starts + timedelta(hours=7))],
        class_hours=Decimal(hours), now=clock.now(),
    )  # fmt: skip
    marks = {cast.h1.person(number).pk: (Presence.PRESENT, "") for number in present}
    tick_attendance(actor=system, meeting=meeting, marks=marks, now=clock.now())
    return confirm_meeting(actor=system, meeting=meeting, now=clock.now()) if confirm else meeting
