"""Which meetings a branch holds, month by month, and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from rongpei.activities.partydays.codes import MeetingKind
from rongpei.ground.clock.calendar import WorkCalendar, add_months, add_years
from rongpei.site.demonstration.dice import dice
from rongpei.site.demonstration.someone import Cell, House

YEARS = 3
# The regular days of the month; a day off is moved to the next worked day.
_COMMITTEE_DAY, _LECTURE_DAY, _MEMBERS_DAY, _LIFE_DAY = 4, 23, 25, 17


@dataclass(frozen=True, slots=True)
class Date:
    """A meeting in the calendar of a branch."""

    cell: Cell
    kind: MeetingKind
    on: date


def calendar_of(house: House, cell: Cell, work: WorkCalendar) -> Iterator[Date]:
    """Meetings of the last three years and of the next days, earliest first within a month."""
    first = add_years(house.anchor, -YEARS)
    regular = 8 + dice(house.plan.code, cell.plan.name, "day").randrange(8)
    for back in range(YEARS * 12, -1, -1):
        month = add_months(house.anchor.replace(day=1), -back)
        for kind, day in _wanted(cell, month, regular):
            on = _worked_day(work, month, day)
            if (
                first <= on < house.anchor
                and not _is_behind(house, cell, kind, on)
                and not _is_current(house, kind, on)
            ):
                yield Date(cell, kind, on)
    yield from _coming(house, cell, work)


def _wanted(cell: Cell, month: date, regular: int) -> Iterator[tuple[MeetingKind, int]]:
    """Committee and theme day monthly, members' meeting and lecture quarterly, the organisational life meeting yearly."""
    yield MeetingKind.COMMITTEE, _COMMITTEE_DAY - regular % 3
    yield MeetingKind.THEME_DAY, regular
    if month.month % 3 == 0:
        yield MeetingKind.MEMBERS, _MEMBERS_DAY - regular % 4
    if month.month % 3 == 2:
        yield MeetingKind.LECTURE, _LECTURE_DAY - regular % 5
    if month.month == 1:
        yield MeetingKind.LIFE, _LIFE_DAY + regular % 5


def _worked_day(work: WorkCalendar, month: date, day: int) -> date:
    """The regular day of a month or the next worked one, kept inside the month."""
    on = month.replace(day=day)
    while not work.is_worked(on):
        on += timedelta(days=1)
    if on.month != month.month:
        on = month.replace(day=day)
        while not work.is_worked(on):
            on -= timedelta(days=1)
    return on


def _is_behind(house: House, cell: Cell, kind: MeetingKind, on: date) -> bool:
    """Three branches have held no theme day for two months."""
    late = cell.plan.name in house.plan.behind
    return late and kind == MeetingKind.THEME_DAY and on >= add_months(house.anchor, -2)


def _has_current(house: House) -> bool:
    """Whether this month's theme day can still lie ahead: three days of the month must be left."""
    return (house.anchor + timedelta(days=3)).month == house.anchor.month


def _is_current(house: House, kind: MeetingKind, on: date) -> bool:
    """This month's theme day lies ahead, not behind."""
    same = (on.year, on.month) == (house.anchor.year, house.anchor.month)
    return kind == MeetingKind.THEME_DAY and same and _has_current(house)


def _coming(house: House, cell: Cell, work: WorkCalendar) -> Iterator[Date]:
    """The planned theme day of the next days, and for some branches a committee meeting after it."""
    if cell.plan.name in house.plan.behind:
        return
    chance = dice(house.plan.code, cell.plan.name, "coming")
    start = house.anchor if _has_current(house) else add_months(house.anchor.replace(day=1), 1)
    ahead = [start + timedelta(days=k) for k in range(8)]
    ahead = [day for day in ahead if day.month == start.month]
    on = chance.choice([day for day in ahead if work.is_worked(day)] or ahead)
    if cell.plan.name == house.plan.meets_today and _has_current(house):
        on = house.anchor
    yield Date(cell, MeetingKind.THEME_DAY, on)
    if chance.random() < 0.4 and cell.committee(house.anchor)[1:]:
        later = on + timedelta(days=chance.randint(2, 8))
        yield Date(cell, MeetingKind.COMMITTEE, _worked_day(work, later.replace(day=1), min(later.day, 28)))
