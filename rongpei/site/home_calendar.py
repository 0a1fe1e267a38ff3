"""Meetings on the home page: the month with its public holidays, and what comes next."""

from collections.abc import Iterable
from datetime import date
from itertools import islice

from rongpei.activities.partydays.queries import Dated, meetings_between
from rongpei.ground.clock.calendar import add_months
from rongpei.ground.clock.resting import days_off
from rongpei.ground.ui.addresses import address
from rongpei.ground.ui.parts import CalendarDay
from rongpei.kernel.gatherings.codes import State
from rongpei.org.access.visit import Visit

_COMING = 5


def meetings_about(visit: Visit, today: date) -> list[Dated]:
    """Meetings of this month and the next, by date; one query."""
    first = today.replace(day=1)
    return meetings_between(visit, first, add_months(first, 2))


def coming(meetings: Iterable[Dated], today: date) -> list[Dated]:
    """The next planned ones, soonest first."""
    return list(
        islice((one for one in meetings if one.state == State.PLANNED and one.held_on >= today), _COMING)
    )


def month_days(meetings: Iterable[Dated], today: date) -> list[CalendarDay]:
    """Days of this month on which something falls; a day is done when all that was held is confirmed."""
    first = today.replace(day=1)
    after = add_months(first, 1)
    held: dict[date, bool] = {}
    for meeting in meetings:
        if meeting.held_on < after:
            done = meeting.state == State.CONFIRMED
            held[meeting.held_on] = done and held.get(meeting.held_on, True)
    off = days_off(first, after)
    return [_day(day, held.get(day), day in off) for day in sorted(held.keys() | off)]


def _day(day: date, done: bool | None, rest: bool) -> CalendarDay:
    if done is None:
        return CalendarDay(day, rest=rest)
    url = f"{address('partydays:meetings')}?on_from={day}&on_to={day}"
    return CalendarDay(day, url=url, mark="done" if done else "plan", rest=rest)
