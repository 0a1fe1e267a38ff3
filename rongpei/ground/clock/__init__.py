"""Two clocks and one calendar.

`now()` is real time: it stamps audit rows, sessions and codes. `today()` is the business date: it judges
rules, and only a demonstration may set it. `calendar` counts months and working days the lawful way.
"""

from rongpei.ground.clock.reading import now, today

__all__ = ["now", "today"]
