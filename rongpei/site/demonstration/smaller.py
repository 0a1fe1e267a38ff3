"""Meetings of the smaller bodies: every party group monthly, and the temporary branch of a team sent out."""

from collections.abc import Iterator
from datetime import date, timedelta

from rongpei.activities.partydays.codes import MeetingKind
from rongpei.ground.clock.calendar import WorkCalendar, add_months, add_years
from rongpei.kernel.gatherings.codes import Means, Mode, Presence, State
from rongpei.org.units.codes import Office, Tree
from rongpei.org.units.models import Unit
from rongpei.site.demonstration.dice import dice
from rongpei.site.demonstration.meetings import Record, Slot, at
from rongpei.site.demonstration.programme import YEARS
from rongpei.site.demonstration.someone import House, Someone
from rongpei.site.demonstration.texts import agenda_of, minutes_of, title_of
from rongpei.site.demonstration.turnout import Seat, fill_seats

_GROUP_DAY, _TEMPORARY_DAY, _SETTLED = 19, 12, 5
_SPOKEN = (
    "学习了支部下发的材料，组员结合夜班经历谈了体会，组长作了小结。",
    "组员逐一汇报本月完成的工作，互相提了一条建议。",
    "讨论了两名积极分子的表现，意见报支委会。",
    "传达支委会决定，商定本月帮扶的一位老党员由谁去看望。",
)


def smaller_meetings(house: House, work: WorkCalendar) -> Iterator[Record]:
    """Of the last three years, or since the body was set up, all confirmed."""
    first, end = add_years(house.anchor, -YEARS), house.anchor - timedelta(days=_SETTLED)
    for back in range(YEARS * 12, -1, -1):
        month = add_months(house.anchor.replace(day=1), -back)
        on = next(
            month.replace(day=day) for day in range(_GROUP_DAY, 29) if work.is_worked(month.replace(day=day))
        )
        if first <= on < end:
            yield from _groups(house, on)
        on = month.replace(day=_TEMPORARY_DAY)
        if first <= on < end:
            yield from _temporary(house, on)


def _groups(house: House, on: date) -> Iterator[Record]:
    for cell in house.cells:
        for group in cell.groups:
            people = [one for one in cell.ever if one.home(Tree.PARTY, on) is group and one.is_member(on)]
            if len(people) < 3:
                continue
            leader = _holder(house, group, Office.LEADER, on) or people[0]
            title = f"{on.month}月{group.short_name}会"
            chance = dice(house.plan.code, group.name, on)
            yield _held(
                house, group, MeetingKind.GROUP, on, title, 0.5, leader, people, "1. 学习支部材料\n2. 汇报和讨论", chance.choice(_SPOKEN)
            )  # fmt: skip


def _temporary(house: House, on: date) -> Iterator[Record]:
    """The theme day of those placed in a temporary branch, who stay members of their home branches."""
    placed: dict[int, tuple[Unit, list[Someone]]] = {}
    for one, unit, since in house.affiliations:
        if since <= on:
            placed.setdefault(unit.pk, (unit, []))[1].append(one)
    for unit, people in placed.values():
        chance = dice(house.plan.code, unit.name, on)
        host = _holder(house, unit, Office.SECRETARY, on) or people[0]
        said, _decided = minutes_of(MeetingKind.THEME_DAY, on, chance)
        title = title_of(MeetingKind.THEME_DAY, on, chance)
        yield _held(
            house, unit, MeetingKind.THEME_DAY, on, title, 1.5, host, people, agenda_of(MeetingKind.THEME_DAY, on), said
        )  # fmt: skip


def _held(
    house: House, unit: Unit, kind: MeetingKind, on: date, title: str, hours: float, host: Someone, people: list[Someone],
    agenda: str, minutes: str,
) -> Record:  # fmt: skip
    chance = dice(house.plan.code, unit.name, kind, on)
    starts_at = at(on, 16, 30) if kind == MeetingKind.GROUP else at(on, 19)
    ordered = sorted(people, key=lambda one: (one is not host, one.id))
    record = Record(
        unit=unit, kind=kind, on=on, title=title, hours=hours, created_at=at(on - timedelta(days=4), 10),
        seats=[Seat(one) for one in ordered], host=host, recorder=ordered[-1], agenda=agenda, minutes=minutes,
        slots=[Slot(starts_at, starts_at + timedelta(hours=hours), Mode.ON_SITE, _room(kind), f"{chance.getrandbits(192):048x}")],
    )  # fmt: skip
    if kind == MeetingKind.GROUP:
        fill_seats(record.seats, on, chance, later=False)
    for seat in record.seats if kind != MeetingKind.GROUP else ():  # away from home, and present here
        seat.presence, seat.means = Presence.PRESENT, Means.CODE
    record.state, record.confirmed_at = State.CONFIRMED, at(on + timedelta(days=1), 9, 20)
    return record


def _room(kind: MeetingKind) -> str:
    return "科室示教室" if kind == MeetingKind.GROUP else "驻地会议室"


def _holder(house: House, unit: Unit, office: Office, on: date) -> Someone | None:
    held = (one for one in house.officers if one.unit is unit and one.office == office)
    return next((one.person for one in held if one.serves(on)), None)
