"""A month as weeks of days, Monday first, for the calendar component."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rongpei.ground.ui.parts import CalendarDay


@dataclass(frozen=True)
class ShownDay:
    """One cell: nothing outside the month."""

    number: int
    css: str
    mark_css: str
    url: str
    label: str


def month_of(first: date, days: Sequence[CalendarDay], today: date) -> list[list[ShownDay | None]]:
    """The weeks of the month of `first`; cells outside it are None."""
    known = {one.on: one for one in days}
    weeks = calendar.Calendar(firstweekday=0).monthdatescalendar(first.year, first.month)
    return [
        [_shown(on, known.get(on), today) if on.month == first.month else None for on in week]
        for week in weeks
    ]


def _shown(on: date, one: CalendarDay | None, today: date) -> ShownDay:
    css = "rest" if one is not None and one.rest else "off" if on.weekday() >= 5 else ""
    marks = {"plan": "dot", "done": "dot done", "due": "dot due2"}
    mark = marks.get(one.mark, "") if one is not None else ""
    if on == today:
        mark = f"today {mark}".strip()
    label = str(one.label) if one is not None else ""
    return ShownDay(on.day, css, mark, one.url if one is not None else "", label)
