"""Dates and times as people write them: 6月12日 inside the year, else 2026年6月12日."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongpei.ground import clock

WEEKDAYS = tuple(
    gettext_lazy(name) for name in ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
)


def as_date(value: date | datetime) -> date:
    """The local date of an instant; a date stays itself."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def year_of(anchor: date | int | None) -> int:
    """The year in which dates lose their year: that of `anchor`, else of the business date."""
    if isinstance(anchor, int):
        return anchor
    return (anchor or clock.today()).year


def day(value: date | datetime, anchor: date | int | None = None) -> str:
    """6月12日 inside the year of `anchor` (default: today), else 2026年6月12日."""
    on = as_date(value)
    if on.year == year_of(anchor):
        return _("%(month)d月%(day)d日") % {"month": on.month, "day": on.day}
    return day_full(on)


def day_full(value: date | datetime) -> str:
    """2026年6月12日."""
    on = as_date(value)
    return _("%(year)d年%(month)d月%(day)d日") % {"year": on.year, "month": on.month, "day": on.day}


def month_full(value: date | datetime) -> str:
    """2026年6月."""
    on = as_date(value)
    return _("%(year)d年%(month)d月") % {"year": on.year, "month": on.month}


def weekday(value: date | datetime) -> str:
    """星期五."""
    return str(WEEKDAYS[as_date(value).weekday()])


def day_weekday(value: date | datetime, anchor: date | int | None = None) -> str:
    """6月12日 星期五, for what is planned."""
    return f"{day(value, anchor)} {weekday(value)}"


def clock_time(value: datetime) -> str:
    """16:30, local."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local:%H:%M}"


def moment(value: datetime, anchor: date | int | None = None) -> str:
    """6月12日 16:30."""
    return f"{day(value, anchor)} {clock_time(value)}"


def span(begin: date | datetime, end: date | datetime | None, anchor: date | int | None = None) -> str:
    """6月26日—7月3日; one day when both are the same; 起 when the end is open. `end` is the last day."""
    if end is None:
        return _("%s起") % day(begin, anchor)
    first, last = as_date(begin), as_date(end)
    if first == last:
        return day(first, anchor)
    return f"{day(first, anchor)}—{day(last, first.year if first.year != year_of(anchor) else anchor)}"


def due_words(on: date, today: date) -> tuple[str, str, str]:
    """State ("late", "now" or ""), large words and small words of a date block."""
    left = (on - today).days
    if left < 0:
        return "late", _("逾期"), _("%d 天") % -left
    if left == 0:
        return "now", _("今天"), ""
    large = _("%d日") % on.day if (on.year, on.month) == (today.year, today.month) else day(on, on.year)
    return "", large, _("明天") if left == 1 else _("剩 %d 天") % left
