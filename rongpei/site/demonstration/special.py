"""Meetings that no branch's calendar holds: trainings of all officers, the centre group's study, talks between two."""

from collections.abc import Iterator
from datetime import date, timedelta

from rongpei.activities.partydays.codes import MeetingKind
from rongpei.ground.clock.calendar import WorkCalendar, add_years
from rongpei.kernel.gatherings.codes import Means, Mode, Presence, State
from rongpei.org.units.codes import Office
from rongpei.org.units.models import Unit
from rongpei.site.demonstration.dice import dice
from rongpei.site.demonstration.meetings import Record, Slot, at
from rongpei.site.demonstration.programme import YEARS
from rongpei.site.demonstration.someone import Cell, House, Someone
from rongpei.site.demonstration.turnout import Seat, fill_seats

_STUDIED = ("党章和新修订的条例", "公立医院党的建设", "正风肃纪的案例", "医院年度工作和党建同谋划")
_TALKED = (
    "谈了近期工作和倒班的困难，提醒他注意身体；本人希望多参加科室的志愿活动。",
    "交换了对支部工作的意见，建议主题党日安排在交班以后；互相指出了不足。",
    "了解家里老人住院的情况，支部商量了帮忙的办法。",
)


def special_meetings(house: House, work: WorkCalendar) -> Iterator[Record]:
    """Of the last three years, all confirmed."""
    begin, end = add_years(house.anchor, -YEARS), house.anchor - timedelta(days=5)
    for year in range(begin.year, end.year + 1):
        for month in range(1, 13):
            found = [*_of_month(house, work, year, month)]
            yield from (record for record in found if begin <= record.on < end)


def _of_month(house: House, work: WorkCalendar, year: int, month: int) -> Iterator[Record]:
    on = next(day for day in (date(year, month, k) for k in range(11, 28)) if work.is_worked(day))
    if month in (3, 9):
        yield _training(house, on, f"{year}年{'春季' if month == 3 else '秋季'}支部书记和支委集中培训")
    if month % 3 == 2:
        yield from _study(house, on)
    if month == 1:
        for cell in house.cells:
            yield from _talks(house, cell, on)


def _slot(key: str, on: date, hour: int, length: float, where: str) -> Slot:
    secret = f"{dice(key, on, 'slot').getrandbits(192):048x}"
    begins = at(on, hour, 30)
    return Slot(begins, begins + timedelta(hours=length), Mode.ON_SITE, where, secret)


def _confirmed(record: Record, key: str) -> Record:
    fill_seats(record.seats, record.on, dice(key, record.on, record.kind), later=False)
    record.state, record.confirmed_at = State.CONFIRMED, at(record.on + timedelta(days=2), 9, 20)
    return record


def _training(house: House, on: date, title: str) -> Record:
    """All secretaries and committee members for a day, twice a year."""
    serving = {
        one.person.id: one.person
        for one in house.officers
        if one.office not in (Office.HEAD, Office.LEADER) and one.serves(on)
    }
    host = _secretary(house, house.party_root, on)
    people = sorted(serving.values(), key=lambda one: (one is not host, one.id))
    record = Record(
        unit=house.party_root, kind=MeetingKind.TRAINING, on=on, title=title, hours=8.0,
        created_at=at(on - timedelta(days=14), 10), seats=[Seat(one) for one in people], host=host,
        slots=[_slot(f"{house.plan.code}training", on, 8, 9, "学术报告厅")],
        agenda="1. 党务工作规程\n2. 发展党员工作\n3. 分组研讨",
        minutes="上午集中授课，下午分组研讨，结束前进行了测验。",
    )  # fmt: skip
    return _confirmed(record, house.plan.code)


def _study(house: House, on: date) -> Iterator[Record]:
    """Quarterly, of the party committee."""
    people = [one.person for one in house.officers if one.unit is house.party_root and one.serves(on)]
    if len(people) < 2:
        return
    host, topic = _secretary(house, house.party_root, on), _STUDIED[on.month // 3]
    ordered = sorted({one.id: one for one in people}.values(), key=lambda one: (one is not host, one.id))
    record = Record(
        unit=house.party_root, kind=MeetingKind.CENTRE, on=on, title=f"党委中心组学习：{topic}", hours=2.5,
        created_at=at(on - timedelta(days=9), 10), seats=[Seat(one) for one in ordered], host=host,
        slots=[_slot(f"{house.plan.code}centre", on, 14, 2.5, "行政楼二层会议室")],
        agenda=f"1. 领学：{topic}\n2. 重点发言\n3. 研讨",
        minutes=f"围绕“{topic}”领学，三位同志作重点发言，结合医院实际提出两条改进意见。",
    )  # fmt: skip
    yield _confirmed(record, f"{house.plan.code}centre")


def _talks(house: House, cell: Cell, on: date) -> Iterator[Record]:
    """Before the organisational life meeting the secretary talks with a few members, each talk its own record."""
    secretary = next((one.person for one in cell.committee(on) if one.office == Office.SECRETARY), None)
    others = [one for one in cell.expected(on) if one is not secretary]
    if secretary is None or not others:
        return
    chance = dice(house.plan.code, cell.plan.name, "talks", on)
    for number, other in enumerate(chance.sample(others, k=min(3, len(others)))):
        day = on + timedelta(days=number)
        record = Record(
            unit=cell.unit, kind=MeetingKind.TALK, on=day, title=f"{secretary.name}同{other.name}谈心谈话", hours=0,
            created_at=at(day - timedelta(days=3), 10), seats=[Seat(secretary), Seat(other)], host=secretary,
            slots=[_slot(f"{house.plan.code}{cell.plan.name}talk{number}", day, 17, 0.5, "科室示教室")],
            minutes=chance.choice(_TALKED),
        )  # fmt: skip
        for seat in record.seats:
            seat.presence, seat.means = Presence.PRESENT, Means.TICK
        record.state, record.confirmed_at = State.CONFIRMED, at(day + timedelta(days=1), 9, 20)
        yield record


def _secretary(house: House, unit: Unit, on: date) -> Someone | None:
    held = (one for one in house.officers if one.unit is unit and one.office == Office.SECRETARY)
    return next((one.person for one in held if one.serves(on)), None)
