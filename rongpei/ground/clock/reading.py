"""What time it is, and what date it is for the rules."""

import time
from datetime import UTC, date, datetime, timedelta, tzinfo

from django.conf import settings
from django.utils import timezone

_KEPT_SECONDS = 2.0
_kept: tuple[float, date | None] = (-_KEPT_SECONDS, None)
_NEVER = datetime.min.replace(tzinfo=UTC)
_day: tuple[datetime, datetime, date, tzinfo] = (_NEVER, _NEVER, date.min, UTC)


def now() -> datetime:
    """Real time, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """The business date: the demonstration's when one is set, else today in the site's time zone."""
    if settings.RONGPEI_DEMONSTRATION:
        chosen = _demonstration_date()
        if chosen is not None:
            return chosen
    return _local_date()


def forget() -> None:
    """Drop the kept business date, so that the next reading asks the database."""
    global _kept
    _kept = (-_KEPT_SECONDS, None)


def _local_date() -> date:
    # Worked out once a day and zone: a page asks fifty times.
    global _day
    instant, zone = timezone.now(), timezone.get_current_timezone()
    begins, ends, found, known = _day
    if not (zone is known and begins <= instant < ends):
        found = timezone.localdate(instant, zone)
        begins, ends = (
            datetime.combine(found + timedelta(days=days), datetime.min.time(), zone).astimezone(UTC)
            for days in (0, 1)
        )
        _day = (begins, ends, found, zone)
    return found


def _demonstration_date() -> date | None:
    # Kept for two seconds: every page asks several times, and it changes about once a week.
    global _kept
    read_at, value = _kept
    if time.monotonic() - read_at < _KEPT_SECONDS:
        return value
    from rongpei.ground.clock.models import Setting  # models are not loaded when `clock` is first imported

    value = Setting.objects.values_list("business_on", flat=True).first()
    _kept = (time.monotonic(), value)
    return value
