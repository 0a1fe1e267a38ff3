"""The business date."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import timezone

from rongpei.ground.clock import reading


@pytest.mark.parametrize(
    ("instant", "on"),
    [
        (datetime(2026, 3, 4, 15, 59, 59, tzinfo=UTC), date(2026, 3, 4)),
        (datetime(2026, 3, 4, 16, 0, tzinfo=UTC), date(2026, 3, 5)),
        (datetime(2026, 3, 4, 15, 0, tzinfo=UTC), date(2026, 3, 4)),
        (datetime(2026, 3, 5, 15, 59, 59, tzinfo=UTC), date(2026, 3, 5)),
    ],
)
def test_the_day_turns_at_midnight_of_the_house(
    monkeypatch: pytest.MonkeyPatch, settings: Any, instant: datetime, on: date
) -> None:
    """Whatever day was asked for before, also when the clock is set back."""
    settings.RONGPEI_DEMONSTRATION = False
    monkeypatch.setattr(timezone, "now", lambda: instant)
    assert reading.today() == on
    with timezone.override("UTC"):
        assert reading.today() == instant.date()
    assert reading.today() == on
