"""The month on the home page: meetings, to-dos and public holidays."""

from datetime import date

from django.urls import reverse

from rongpei.activities.partydays.queries import meetings_for
from rongpei.ground.clock.calendar import add_months
from rongpei.ground.clock.codes import DayKind
from rongpei.ground.clock.models import Holiday
from rongpei.ground.ui.parts import CalendarDay
from rongpei.kernel.gatherings.codes import State
from rongpei.org.access.visit import Visit


def month_days(visit: Visit, today: date) -> list[CalendarDay]:
    """Days of this month on which something falls; two queries."""
    first = today.replace(day=1)
    after = add_months(first, 1)
    held: dict[date, tuple[int, bool]] = {}
    rows = meetings_for(visit).filter(gathering__held_on__gte=first, gathering__held_on__lt=after)
    listed = rows.exclude(gathering__state=State.CANCELLED).order_by()
    for pk, day, state in listed.values_list("pk", "gathering__held_on", "gathering__state"):
        done = state == State.CONFIRMED
        held[day] = (pk, done and held.get(day, (0, True))[1])
    rest = Holiday.objects.filter(day_on__gte=first, day_on__lt=after, kind=DayKind.OFF)
    off = set(rest.values_list("day_on", flat=True))
    return [_day(day, held.get(day), day in off) for day in sorted(held.keys() | off)]


def _day(day: date, meeting: tuple[int, bool] | None, rest: bool) -> CalendarDay:
    if meeting is None:
        return CalendarDay(day, rest=rest)
    url = f"{reverse('partydays:meetings')}?on_from={day}&on_to={day}"
    return CalendarDay(day, url=url, mark="done" if meeting[1] else "plan", rest=rest)
