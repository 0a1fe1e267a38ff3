"""Marking presence. Called by the actions of rooms, inside their transaction; each mark is one statement."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from rongpei.ground.audit import Refused
from rongpei.kernel.gatherings.codes import Means, Part, Presence
from rongpei.kernel.gatherings.models import Attendance, Gathering, Sitting

_MARK = """
INSERT INTO gatherings_attendance AS a
  (tenant_id, gathering_id, sitting_id, person_id, part, presence, means, device, reason, marked_at)
VALUES (%s, %s, %s, %s, 'observer', 'present', %s, %s, '', %s)
ON CONFLICT (gathering_id, person_id) DO UPDATE
  SET sitting_id = EXCLUDED.sitting_id, presence = 'present', means = EXCLUDED.means, device = EXCLUDED.device,
      marked_at = EXCLUDED.marked_at
  WHERE a.presence <> 'present'
RETURNING a.id
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """What came of signing in: `again` says the person was already present."""

    again: bool


def sign_in(*, sitting: Sitting, person_id: int, means: Means, device: str | None, now: datetime) -> Mark:
    """Mark one person present, exactly once; somebody not expected is kept as an observer (列席).

    Refuses a browser that already signed in another person at this sitting.
    """
    values: list[Any] = [sitting.tenant_id, sitting.gathering_id, sitting.pk, person_id, means, device, now]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_MARK, values)
            return Mark(again=cursor.fetchone() is None)
    except IntegrityError as error:
        # One person pressing twice at one moment meets the device's constraint before the person's.
        mine = Attendance.objects.filter(gathering_id=sitting.gathering_id, person_id=person_id)
        if mine.filter(presence=Presence.PRESENT).exists():
            return Mark(again=True)
        raise Refused(
            _("这台手机已替别人签过到，没有签到。"),
            why=_("一台手机只能给一个人签到。"),
            remedy=_("请用本人的手机扫码，或请组织者在名单上勾选。"),
            code="device_used",
        ) from error


def expect(*, gathering: Gathering, person_ids: Collection[int], part: Part = Part.ATTENDEE) -> None:
    """Put people on the list of those expected; those already on it stay as they are."""
    Attendance.objects.bulk_create(
        [
            Attendance(tenant_id=gathering.tenant_id, gathering=gathering, person_id=person_id, part=part)
            for person_id in person_ids
        ],
        ignore_conflicts=True,
    )


def tick(
    *, gathering: Gathering, marks: Mapping[int, tuple[Presence, str]], means: Means, now: datetime
) -> int:
    """Set presence and reason for many people by hand, `{person id: (presence, reason)}`; return how many changed."""
    rows = list(gathering.attendances.filter(person_id__in=marks))
    changed = []
    for row in rows:
        presence, reason = marks[row.person_id]
        if (row.presence, row.reason) != (presence, reason):
            row.presence, row.reason, row.means, row.marked_at = presence, reason, means, now
            changed.append(row)
    Attendance.objects.bulk_update(changed, ["presence", "reason", "means", "marked_at"], batch_size=500)
    return len(changed)


def close_list(*, gathering: Gathering, now: datetime) -> int:
    """Those still expected did not come: mark them absent and return how many."""
    return gathering.attendances.filter(presence=Presence.EXPECTED, part=Part.ATTENDEE).update(
        presence=Presence.ABSENT, marked_at=now
    )
