"""The filters of every template: dates, numbers and masks as people write them; nothing gives nothing."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from rongpei.ground.ui import dates, marks

Day = date | datetime


def day(value: Day | None, anchor: date | int | None = None) -> str:
    """6月12日 inside the year of `anchor` (default: the business date), else 2026年6月12日."""
    return dates.day(value, anchor) if value else ""


def day_full(value: Day | None) -> str:
    """2026年6月12日."""
    return dates.day_full(value) if value else ""


def month_full(value: Day | None) -> str:
    """2026年6月."""
    return dates.month_full(value) if value else ""


def weekday(value: Day | None) -> str:
    """星期五."""
    return dates.weekday(value) if value else ""


def day_weekday(value: Day | None, anchor: date | int | None = None) -> str:
    """6月12日 星期五."""
    return dates.day_weekday(value, anchor) if value else ""


def clock_time(value: datetime | None) -> str:
    """16:30."""
    return dates.clock_time(value) if value else ""


def moment(value: datetime | None, anchor: date | int | None = None) -> str:
    """6月12日 16:30."""
    return dates.moment(value, anchor) if value else ""


def span(begin: Day | None, end: Day | None = None) -> str:
    """{{ from|span:to }}: 6月26日—7月3日; the end is the last day, None leaves it open (6月26日起)."""
    return dates.span(begin, end) if begin else ""


def hours(value: Any) -> str:
    """21.5."""
    return marks.hours(value) if value not in (None, "") else ""


def count(value: Any) -> str:
    """4,318."""
    return marks.count(value) if value not in (None, "") else ""


def percent(part: Any, whole: Any = 100) -> str:
    """{{ 23|percent:25 }}: 92%."""
    return marks.percent(part, whole) if part not in (None, "") else ""


def mask(value: str | None) -> str:
    """110105********2317."""
    return marks.mask(value or "")


_SYSTEMS = (
    ("Windows", "Windows"),
    ("HarmonyOS", "鸿蒙"),
    ("OpenHarmony", "鸿蒙"),
    ("Android", "安卓"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)
_BROWSERS = (
    ("wxwork", "企业微信"),
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def device(agent: str | None) -> str:
    """Windows，Chrome: what a person calls the device behind a user agent."""
    found = [
        next((name for sign, name in signs if sign in (agent or "")), "") for signs in (_SYSTEMS, _BROWSERS)
    ]
    return "，".join(_(name) for name in found if name) or _("不认识的设备")


FILTERS = (
    clock_time,
    count,
    day,
    day_full,
    day_weekday,
    device,
    hours,
    mask,
    moment,
    month_full,
    percent,
    span,
    weekday,
)
