"""The month on the home page: meetings, to-dos and public holidays."""

from datetime import date

from rongpei.activities.partydays.queries import meetings_between
from rongpei.ground.clock.calendar import add_months
from rongpei.ground.clock.resting import days_off
from rongpei.ground.ui.addresses import address
from rongpei.ground.ui.parts import CalendarDay
from rongpei.kernel.gatherings.codes import State
from rongpei.org.access.visit import Visit


def month_days(visit: Visit, today: date) -> list[CalendarDay]:
    """Days of this month on which something falls; two queries."""
    first = today.replace(day=1)
    after = add_months(first, 1)
    held: dict[date, bool] = {}
    for meeting in meetings_between(visit, first, after):
        done = meeting.state == State.CONFIRMED
        held[meeting.held_on] = done and held.get(meeting.held_on, True)
    off = days_off(first, after)
    return [_day(day, held.get(day), day in off) for day in sorted(held.keys() | off)]


def _day(day: date, done: bool | None, rest: bool) -> CalendarDay:
    if done is None:
        return CalendarDay(day, rest=rest)
    url = f"{address('partydays:meetings')}?on_from={day}&on_to={day}"
    return CalendarDay(day, url=url, mark="done" if done else "plan", rest=rest)
