"""What time it is, and what date it is for the rules."""

import time
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

_KEPT_SECONDS = 2.0
_kept: tuple[float, date | None] = (-_KEPT_SECONDS, None)


def now() -> datetime:
    """Real time, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """The business date: the demonstration's when one is set, else today in the site's time zone."""
    if settings.RONGPEI_DEMONSTRATION:
        chosen = _demonstration_date()
        if chosen is not None:
            return chosen
    return timezone.localdate()


def forget() -> None:
    """Drop the kept business date, so that the next reading asks the database."""
    global _kept
    _kept = (-_KEPT_SECONDS, None)


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
