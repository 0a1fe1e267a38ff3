"""Meetings in the making: list, sittings, record, confirmation, and now and then a correction."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rongpei.activities.partydays.codes import MeetingKind
from rongpei.ground.clock.calendar import WorkCalendar
from rongpei.kernel.gatherings.codes import Mode, Part, Presence, State
from rongpei.org.units.codes import Office
from rongpei.org.units.models import Unit
from rongpei.site.demonstration.dice import dice
from rongpei.site.demonstration.programme import Date, calendar_of
from rongpei.site.demonstration.someone import Cell, House, Officer, Someone
from rongpei.site.demonstration.texts import agenda_of, minutes_of, title_of
from rongpei.site.demonstration.turnout import Seat, fill_seats

ZONE = ZoneInfo("Asia/Shanghai")
HOURS = {
    MeetingKind.THEME_DAY: 2.5, MeetingKind.MEMBERS: 2.0, MeetingKind.COMMITTEE: 2.0, MeetingKind.LECTURE: 2.0,
    MeetingKind.LIFE: 2.0,
}  # fmt: skip
_ROOMS = ("门诊楼三层会议室", "住院楼示教室", "科室示教室", "行政楼二层会议室", "学术报告厅", "党员活动室")
_LATER = ("书记值夜班，次日补录", "科室抢救任务重，会后补录", "系统维护，会后补录")
_CORRECTED_EVERY = 170


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant of a day in the hospital's time."""
    return datetime.combine(day, time(hour, minute), ZONE)


@dataclass(slots=True)
class Slot:
    """One sitting."""

    starts_at: datetime
    ends_at: datetime
    mode: Mode
    location: str
    secret: str


@dataclass(slots=True)
class Record:
    """One meeting with everything that will be stored."""

    unit: Unit
    kind: MeetingKind
    on: date
    title: str
    hours: float
    created_at: datetime
    seats: list[Seat]
    slots: list[Slot]
    host: Someone | None = None
    recorder: Someone | None = None
    agenda: str = ""
    minutes: str = ""
    resolution: str = ""
    later_reason: str = ""
    state: State = State.PLANNED
    confirmed_at: datetime | None = None
    first_confirmed_at: datetime | None = None
    reopened_at: datetime | None = None
    first_present: list[Seat] = field(default_factory=list)

    @property
    def present(self) -> list[Seat]:
        """Those who came."""
        return [seat for seat in self.seats if seat.presence == Presence.PRESENT]


def hold_meetings(house: House, work: WorkCalendar) -> list[Record]:
    """All meetings of a hospital, earliest first."""
    found = [_hold(house, entry) for cell in house.cells for entry in calendar_of(house, cell, work)]
    records = [record for record in found if record is not None]
    records.sort(key=lambda record: (record.on, record.unit.pk, record.kind))
    for index, record in enumerate(records):
        if index % _CORRECTED_EVERY == 60:
            _correct(record, house.anchor)
    return records


def _hold(house: House, entry: Date) -> Record | None:
    """Turn one date of a calendar into a meeting; a branch without a committee holds no committee meeting."""
    cell, kind, on = entry.cell, entry.kind, entry.on
    chance = dice(house.plan.code, cell.plan.name, kind, on)
    committee = cell.committee(on)
    if kind == MeetingKind.COMMITTEE:
        if len(committee) < 2:
            return None
        people = [officer.person for officer in committee]
    else:
        people = cell.expected(on)
    if not people:
        return None
    secretary = _holder(committee, Office.SECRETARY) or people[0]
    record = Record(
        unit=cell.unit, kind=kind, on=on, title=title_of(kind, on, chance), hours=HOURS[kind],
        created_at=at(on - timedelta(days=chance.randint(4, 10)), 10, 5), seats=_seats(kind, people, secretary, committee, chance),
        slots=_slots(kind, on, cell, chance), host=secretary,
        recorder=_holder(committee, Office.PUBLICITY) or _holder(committee, Office.ORGANIZATION),
        agenda=agenda_of(kind, on),
    )  # fmt: skip
    record.created_at = min(record.created_at, at(house.anchor - timedelta(days=1), 16))
    if on < house.anchor:
        _take_place(record, house.anchor, chance)
    return record


def _holder(committee: list[Officer], office: Office) -> Someone | None:
    return next((officer.person for officer in committee if officer.office == office), None)


def _seats(
    kind: MeetingKind,
    people: list[Someone],
    secretary: Someone,
    committee: list[Officer],
    chance: random.Random,
) -> list[Seat]:
    """The list, the secretary first; at a lecture somebody of the committee teaches."""
    ordered = sorted(people, key=lambda one: (one is not secretary, one.id))
    seats = [Seat(one) for one in ordered]
    if kind == MeetingKind.LECTURE:
        teachers = [officer.person for officer in committee] or [secretary]
        teacher = secretary if chance.random() < 0.6 else chance.choice(teachers)
        for seat in seats:
            if seat.person is teacher:
                seat.part = Part.LECTURER
    return seats


def _slots(kind: MeetingKind, on: date, cell: Cell, chance: random.Random) -> list[Slot]:
    """Usually one sitting in the late afternoon; branches with wards add one at noon for those on shifts."""
    starts = [(12, 30)] if kind == MeetingKind.COMMITTEE else [(16, 30)]
    if kind == MeetingKind.THEME_DAY and any(part.wards for part in cell.plan.departments):
        starts = [(12, 0), (16, 30)]
    length = timedelta(hours=HOURS[kind])
    mode = chance.choices((Mode.ON_SITE, Mode.BOTH, Mode.ONLINE), (86, 9, 5))[0]
    room = chance.choice(_ROOMS)
    return [
        Slot(at(on, *start), at(on, *start) + length, mode, room, f"{chance.getrandbits(192):048x}")
        for start in starts
    ]


def _take_place(record: Record, anchor: date, chance: random.Random) -> None:
    """Hold the meeting; confirm it some days later unless the anchor date came first."""
    if chance.random() < 0.02:
        record.later_reason = chance.choice(_LATER)
        record.created_at = at(record.on + timedelta(days=1), 8, 40)
    fill_seats(record.seats, record.on, chance, bool(record.later_reason))
    record.minutes, record.resolution = minutes_of(record.kind, record.on, chance)
    lately = (anchor - record.on).days < 24
    confirmed_on = record.on + timedelta(
        days=chance.choice((1, 1, 2, 3)) + (60 if lately and chance.random() < 0.2 else 0)
    )
    if confirmed_on < anchor:
        record.state, record.confirmed_at = State.CONFIRMED, at(confirmed_on, 9, 20)
        return
    for seat in record.seats:  # not yet closed: who neither came nor excused oneself is still expected
        if seat.presence == Presence.ABSENT:
            seat.presence = Presence.EXPECTED


def _correct(record: Record, anchor: date) -> None:
    """Confirmed with two mistakes on the list, reopened nine days later, confirmed again."""
    if record.confirmed_at is None or record.kind == MeetingKind.COMMITTEE or (anchor - record.on).days < 30:
        return
    came = [seat for seat in record.present if seat.part == Part.ATTENDEE]
    missed = [seat for seat in record.seats if seat.presence == Presence.ABSENT]
    if len(came) < 3:
        return
    record.first_present = [seat for seat in record.present if seat is not came[-1]] + missed[:1]
    record.first_confirmed_at = record.confirmed_at
    record.reopened_at = record.confirmed_at + timedelta(days=9, hours=5)
    record.confirmed_at = record.reopened_at + timedelta(minutes=12)
