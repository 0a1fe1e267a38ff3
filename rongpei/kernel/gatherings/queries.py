"""Counts and lists of attendance."""

from collections.abc import Collection
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from rongpei.ground.tenancy.prepared import prepared, prepared_models
from rongpei.kernel.gatherings.codes import Part, Presence
from rongpei.kernel.gatherings.models import Attendance, Sitting


def sitting_of(tenant_id: int, pk: int) -> Sitting | None:
    """One sitting of a tenant with its gathering, by a prepared query."""
    found = _sitting(tenant_id=tenant_id, pk=pk)
    return found[0] if found else None


@prepared_models
def _sitting(*, tenant_id: int, pk: int) -> QuerySet[Sitting]:
    return Sitting.objects.filter(tenant_id=tenant_id, pk=pk).select_related("gathering")


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


def tally_rows(at: Q) -> QuerySet[Attendance, Any]:
    """Gathering id and the five numbers of `Tally` for the attendances of a condition, grouped."""
    due = Q(part=Part.ATTENDEE)
    return (
        Attendance.objects.filter(at)
        .order_by()
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


def tallies(gathering_ids: Collection[int]) -> dict[int, Tally]:
    """Tally by gathering; one query."""
    return {row[0]: Tally(*row[1:]) for row in tally_rows(Q(gathering_id__in=gathering_ids))}


def tally_of(gathering_id: int) -> Tally:
    """The tally of one gathering, by a prepared query."""
    rows = _tally(gathering_id=gathering_id)
    return Tally(*rows[0][1:]) if rows else Tally()


@prepared
def _tally(*, gathering_id: int) -> QuerySet[Attendance, Any]:
    return tally_rows(Q(gathering_id=gathering_id))


def attendance_list(gathering_id: int) -> list[Attendance]:
    """Everyone on the list, by pinyin, with person and sitting; by a prepared query."""
    return _list(gathering_id=gathering_id)


@prepared_models
def _list(*, gathering_id: int) -> QuerySet[Attendance]:
    rows = Attendance.objects.filter(gathering_id=gathering_id).select_related("person", "sitting")
    return rows.order_by("part", "person__sort_key", "id")
