"""Counts and lists of attendance."""

from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from rongpei.kernel.gatherings.codes import Part, Presence
from rongpei.kernel.gatherings.models import Attendance, Gathering


class Tally(NamedTuple):
    """应到 · 实到 · 请假 · 缺席 among those who should attend, and observers beside them.

    `online` are those of the present who came from afar.
    """

    expected: int = 0
    present: int = 0
    leave: int = 0
    absent: int = 0
    observers: int = 0
    online: int = 0

    @property
    def rate(self) -> int | None:
        """Present of expected in whole percent; None when nobody was expected."""
        return round(100 * self.present / self.expected) if self.expected else None


def tallies(gathering_ids: Collection[int]) -> dict[int, Tally]:
    """Tally by gathering; one query."""
    due = Q(part=Part.ATTENDEE)
    rows = (
        Attendance.objects.filter(gathering_id__in=gathering_ids)
        .values_list("gathering_id")
        .annotate(
            due=Count("id", filter=due),
            came=Count("id", filter=due & Q(presence=Presence.PRESENT)),
            excused=Count("id", filter=due & Q(presence=Presence.LEAVE)),
            missed=Count("id", filter=due & Q(presence=Presence.ABSENT)),
            others=Count("id", filter=~due & Q(presence=Presence.PRESENT)),
            afar=Count("id", filter=due & Q(presence=Presence.PRESENT, online=True)),
        )
    )
    return {row[0]: Tally(*row[1:]) for row in rows}


def attendance_list(gathering: Gathering) -> QuerySet[Attendance]:
    """Everyone on the list, by pinyin."""
    return gathering.attendances.select_related("person", "sitting").order_by(
        "part", "person__sort_key", "id"
    )
