"""Places and the waiting list. Called by the actions of rooms, inside their transaction.

Whoever asks for a place first holds the sitting's row until the transaction ends, so that counting and taking are one
step: places are never oversold, and the waiting list has one order. Signing in does not wait for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from rongpei.ground.audit import Refused
from rongpei.ground.tenancy.asking import ask
from rongpei.kernel.gatherings.codes import Part, PlaceState, Presence
from rongpei.kernel.gatherings.models import Attendance, Registration, Sitting

# A statement of its own: the next one must see what the former holder committed.
_HOLD = "SELECT capacity FROM gatherings_sitting WHERE id = ANY(%s::bigint[]) ORDER BY id FOR NO KEY UPDATE"
_TAKE = """
INSERT INTO gatherings_registration (tenant_id, gathering_id, sitting_id, person_id, state, asked_at, placed_at, reason)
SELECT v.tenant_id, v.gathering_id, v.sitting_id, v.person_id, CASE WHEN free THEN 'placed' ELSE 'waiting' END,
       v.asked_at, CASE WHEN free THEN v.asked_at END, ''
FROM (VALUES (%s::bigint, %s::bigint, %s::bigint, %s::bigint, %s::timestamptz, %s::integer))
       AS v (tenant_id, gathering_id, sitting_id, person_id, asked_at, capacity),
     LATERAL (SELECT v.capacity IS NULL OR v.capacity > (
       SELECT count(*) FROM gatherings_registration r WHERE r.sitting_id = v.sitting_id AND r.state = 'placed')) f (free)
ON CONFLICT (gathering_id, person_id) WHERE NOT (state = 'withdrawn') DO NOTHING
RETURNING id, state
"""
_LIST = """
INSERT INTO gatherings_attendance AS a (tenant_id, gathering_id, sitting_id, person_id, part, presence, means, reason)
SELECT r.tenant_id, r.gathering_id, r.sitting_id, r.person_id, 'attendee', 'expected', '', ''
FROM gatherings_registration r WHERE r.id = ANY(%s::bigint[])
ON CONFLICT (gathering_id, person_id) DO UPDATE SET sitting_id = EXCLUDED.sitting_id WHERE a.presence = 'expected'
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of asking: placed or waiting, and whether the person had asked before."""

    registration_id: int
    state: PlaceState
    again: bool = False


def _hold(sitting_ids: Sequence[int]) -> list[int | None]:
    """Hold the sittings, lowest id first, and give their capacities."""
    return [row[0] for row in ask(_HOLD, [sorted(sitting_ids)])]


def register(*, sitting: Sitting, person_id: int, now: datetime) -> Outcome:
    """Give a place, or one in the queue when all are taken; asking twice changes nothing.

    Refuses somebody who is registered for another sitting of the gathering.
    """
    capacity = _hold([sitting.pk])[0]
    values: list[Any] = [sitting.tenant_id, sitting.gathering_id, sitting.pk, person_id, now, capacity]
    rows = ask(_TAKE, values)
    if not rows:
        return _asked_before(sitting, person_id)
    outcome = Outcome(rows[0][0], PlaceState(rows[0][1]))
    if outcome.state == PlaceState.PLACED:
        _list([outcome.registration_id])
    return outcome


def _asked_before(sitting: Sitting, person_id: int) -> Outcome:
    mine = standing(sitting.gathering_id, person_id)
    if mine is None or mine.sitting_id != sitting.pk:
        raise Refused(
            _("您已经报了另一场。"), remedy=_("要换场次，请先取消原来的报名。"), code="other_sitting"
        )
    return Outcome(mine.pk, PlaceState(mine.state), again=True)


def _list(registration_ids: Sequence[int]) -> None:
    """Put those with a place on the list of the gathering, at their sitting."""
    ask(_LIST, [list(registration_ids)])


def withdraw(*, registration: Registration, reason: str, now: datetime) -> list[Registration]:
    """Give the place back and return those who moved up from the waiting list, in order, to be told.

    Refuses somebody who already signed in. Doing it twice changes nothing.
    """
    capacity = _hold([registration.sitting_id])[0]
    row = Registration.objects.select_related("gathering").get(pk=registration.pk)
    if row.state == PlaceState.WITHDRAWN:
        return []
    listed = Attendance.objects.filter(gathering_id=row.gathering_id, person_id=row.person_id)
    if listed.filter(presence=Presence.PRESENT).exists():
        raise Refused(_("已经签到，不能取消报名。"))
    row.state, row.withdrawn_at, row.reason = PlaceState.WITHDRAWN, now, reason.strip()[:200]
    row.save(update_fields=["state", "withdrawn_at", "reason"])
    if row.gathering.by_registration:
        listed.filter(part=Part.ATTENDEE).delete()
    else:
        listed.update(sitting=None)
    return _move_up(row.sitting_id, capacity, now)


def resize(*, sitting: Sitting, capacity: int | None, now: datetime) -> list[Registration]:
    """Change the number of places and return those who moved up.

    Refuses fewer places than are taken: nobody loses a place that was promised.
    """
    _hold([sitting.pk])
    taken = places_taken(sitting.pk)
    if capacity is not None and capacity < taken:
        raise Refused(
            _("已经有 %(taken)d 人报上，名额不能减到 %(capacity)d。") % {"taken": taken, "capacity": capacity}
        )
    Sitting.objects.filter(pk=sitting.pk).update(capacity=capacity)
    return _move_up(sitting.pk, capacity, now)


def _move_up(sitting_id: int, capacity: int | None, now: datetime) -> list[Registration]:
    waiting = Registration.objects.filter(sitting_id=sitting_id, state=PlaceState.WAITING).order_by("id")
    free = None if capacity is None else max(0, capacity - places_taken(sitting_id))
    rows = list(waiting[:free])
    Registration.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=PlaceState.PLACED, placed_at=now
    )
    if rows:
        _list([row.pk for row in rows])
    return rows


def places_taken(sitting_id: int) -> int:
    """How many places of a sitting are taken."""
    return Registration.objects.filter(sitting_id=sitting_id, state=PlaceState.PLACED).count()


def standing(gathering_id: int, person_id: int) -> Registration | None:
    """The person's registration that was not withdrawn."""
    rows = Registration.objects.filter(gathering_id=gathering_id, person_id=person_id)
    return rows.exclude(state=PlaceState.WITHDRAWN).select_related("sitting").first()


def position(registration: Registration) -> int:
    """The place in the queue of somebody waiting, the next one being 1."""
    ahead = Registration.objects.filter(
        sitting_id=registration.sitting_id, state=PlaceState.WAITING, pk__lt=registration.pk
    )
    return ahead.count() + 1
