"""A while in the life of the cast's hospital: more members, meetings held, hours entered, notices sent."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import count

from django.utils import timezone

from contracts.cast import PASSWORD, House, _member, _player
from rongpei.activities.partydays.actions import Slot, confirm_meeting, plan_meeting, tick_attendance
from rongpei.activities.partydays.codes import MeetingKind
from rongpei.activities.partydays.models import Meeting
from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.notices.actions import send
from rongpei.kernel.gatherings.codes import Presence
from rongpei.org.people.models import Person

_numbers = count(1)


@dataclass(frozen=True)
class Grown:
    """What was added."""

    people: list[Person]
    meetings: list[Meeting]


def live_a_while(house: House, times: int = 1) -> Grown:
    """So many more members, meetings with everybody there, and notices for everybody; inside the house's scope."""
    people = [grow(house, "一支部") for _ in range(times)]
    meetings = [hold(house, "一支部", clock.today() - timedelta(days=back)) for back in range(1, times + 1)]
    readers = list(Person.objects.filter(tenant=house.tenant).values_list("id", flat=True))
    for _ in range(times):
        send(
            actor=System(house.tenant.pk), tenant_id=house.tenant.pk, reader_ids=readers, title="关于开会的通知",
            body="请准时到会。", url="/meetings/", now=clock.now(),
        )  # fmt: skip
    return Grown(people, meetings)


def grow(house: House, branch: str, password: str = "") -> Person:
    """One more Party member of a branch, with an account."""
    number = f"new-{next(_numbers)}"
    root = house.unit("内科")
    person: Person = _player(house.tenant, number, f"新人{number[4:]}", password or "!", root, None)
    _member(house.tenant, person, house.unit(branch))
    return person


def hold(house: House, branch: str, on: date) -> Meeting:
    """A meeting of a past day, confirmed, with everybody there but one on leave."""
    system, starts_at = System(house.tenant.pk), timezone.make_aware(datetime.combine(on, time(16, 30)))
    meeting = plan_meeting(
        actor=system, unit=house.unit(branch), kind=MeetingKind.THEME_DAY, title=f"{on:%d}日主题党日",
        slots=[Slot(starts_at, starts_at + timedelta(hours=1), "三层会议室")], class_hours=Decimal("1.5"),
        agenda="一、学习", entered_later_reason="纸质记录补录", now=clock.now(),
    )  # fmt: skip
    listed = meeting.gathering.attendances.order_by("id").values_list("person_id", flat=True)
    marks = {pk: (Presence.PRESENT, "") for pk in listed}
    marks[list(marks)[-1]] = (Presence.LEAVE, "夜班")
    tick_attendance(actor=system, meeting=meeting, marks=marks, now=clock.now(), later=True)
    confirmed: Meeting = confirm_meeting(actor=system, meeting=meeting, now=clock.now())
    return confirmed


__all__ = ["PASSWORD", "Grown", "grow", "hold", "live_a_while"]
