"""Public holidays as calendars on pages show them."""

from datetime import date

from django.core.cache import cache

from rongpei.ground.clock.codes import DayKind
from rongpei.ground.clock.models import Holiday

_KEPT_SECONDS = 60


def days_off(first: date, after: date) -> frozenset[date]:
    """Days off of a half-open period by the holiday table; kept for a minute."""
    key = f"days-off:{first}:{after}"
    found: frozenset[date] | None = cache.get(key)
    if found is None:
        rows = Holiday.objects.filter(day_on__gte=first, day_on__lt=after, kind=DayKind.OFF)
        found = frozenset(rows.values_list("day_on", flat=True))
        cache.set(key, found, _KEPT_SECONDS)
    return found
