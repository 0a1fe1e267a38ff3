"""Marking presence. Called by the actions of rooms, inside their transaction; each mark is one statement."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rongpei.ground.audit import Refused
from rongpei.ground.tenancy.asking import ask
from rongpei.kernel.gatherings.codes import Arrival, Means, Part, Presence
from rongpei.kernel.gatherings.models import Attendance, Gathering, OfflineSheet, Sitting

SIGN_OUT_AFTER = timedelta(minutes=10)
EARLY_BEFORE = timedelta(minutes=5)

_MARK = """
INSERT INTO gatherings_attendance AS a
  (tenant_id, gathering_id, sitting_id, person_id, part, presence, means, device, reason, marked_at, online)
VALUES (%s, %s, %s, %s, 'observer', 'present', %s, %s, '', %s, %s)
ON CONFLICT (gathering_id, person_id) DO UPDATE
  SET sitting_id = EXCLUDED.sitting_id, presence = 'present', means = EXCLUDED.means, device = EXCLUDED.device,
      marked_at = EXCLUDED.marked_at, online = EXCLUDED.online
  WHERE a.presence <> 'present'
RETURNING a.id
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """What came of signing in: `again` says the person was already present, `left` that this scan signed out."""

    again: bool
    left: bool = False


def sign_in(
    *, sitting: Sitting, person_id: int, means: Means, device: str | None, now: datetime, online: bool = False
) -> Mark:
    """Mark one person present, exactly once; somebody not expected is kept as an observer (列席).

    Where one signs out, a scan ten minutes or more after signing in is the leaving. Refuses a browser that already
    signed in another person at this sitting.
    """
    values: list[Any] = [
        sitting.tenant_id, sitting.gathering_id, sitting.pk, person_id, means, device, now, online,
    ]  # fmt: skip
    try:
        with transaction.atomic():
            again = not ask(_MARK, values)
        return Mark(again, left=again and sitting.signs_out and _sign_out(sitting, person_id, now))
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


def _sign_out(sitting: Sitting, person_id: int, now: datetime) -> bool:
    """Remember when somebody left; the last scan counts."""
    mine = Attendance.objects.filter(
        sitting=sitting, person_id=person_id, presence=Presence.PRESENT, marked_at__lte=now - SIGN_OUT_AFTER
    )
    return bool(mine.update(left_at=now))


def arrival_of(row: Attendance, sitting: Sitting | None, late_after: int) -> Arrival | None:
    """On time, late, or gone before the end, from the instants the server wrote; None when a list was ticked."""
    if sitting is None or row.marked_at is None or row.presence != Presence.PRESENT:
        return None
    if row.means not in (Means.CODE, Means.SPOKEN):
        return None
    if row.left_at is not None and row.left_at < sitting.ends_at - EARLY_BEFORE:
        return Arrival.LEFT_EARLY
    late = row.marked_at > sitting.starts_at + timedelta(minutes=late_after)
    return Arrival.LATE if late else Arrival.ON_TIME


def ask_leave(*, gathering: Gathering, person_id: int, reason: str, now: datetime) -> None:
    """Excuse oneself before the first sitting begins.

    Refuses an empty reason, a person not on the list or already present, and a meeting that has begun.
    """
    if not reason.strip():
        raise Refused(_("请写明请假的原因。"))
    begun = gathering.sittings.filter(starts_at__gt=now).exists()
    if not begun:
        raise Refused(_("已经开始，不能再请假。"), remedy=_("请向组织者说明，由组织者在名单上记录。"))
    mine = gathering.attendances.filter(person_id=person_id).exclude(presence=Presence.PRESENT)
    if not mine.update(presence=Presence.LEAVE, reason=reason.strip()[:200], means=Means.SELF, marked_at=now):
        raise Refused(_("您不在名单上，或已经签到，不用请假。"))


def take_back_leave(*, gathering: Gathering, person_id: int, now: datetime) -> None:
    """Come after all; only a leave one asked for oneself."""
    gathering.attendances.filter(person_id=person_id, presence=Presence.LEAVE, means=Means.SELF).update(
        presence=Presence.EXPECTED, reason="", means="", marked_at=now
    )


def accept_offline(
    *, gathering: Gathering, key: UUID, marks: Mapping[int, tuple[Presence, str]], now: datetime
) -> OfflineSheet:
    """Take a tick-list made without a network, once: the same key again changes nothing.

    Whoever signed in meanwhile stays present: a list kept in a cellar knows less than the server. What an earlier list of
    this kind marked, a later one may correct.
    """
    sheet, new = OfflineSheet.objects.get_or_create(
        gathering=gathering, key=key,
        defaults={"tenant_id": gathering.tenant_id, "received_at": now, "ticked": len(marks), "changed": 0},
    )  # fmt: skip
    if new:
        present = gathering.attendances.filter(presence=Presence.PRESENT).exclude(means=Means.OFFLINE)
        here = set(present.values_list("person_id", flat=True))
        wanted = {ident: mark for ident, mark in marks.items() if ident not in here}
        sheet.changed = tick(gathering=gathering, marks=wanted, means=Means.OFFLINE, now=now)
        sheet.save(update_fields=["changed"])
    return sheet


def expect(*, gathering: Gathering, person_ids: Collection[int], part: Part = Part.ATTENDEE) -> None:
    """Put people on the list of those expected; those already on it stay as they are."""
    Attendance.objects.bulk_create(
        [
            Attendance(tenant_id=gathering.tenant_id, gathering=gathering, person_id=person_id, part=part)
            for person_id in person_ids
        ],
        ignore_conflicts=True,
    )


def set_part(*, gathering: Gathering, person_id: int, part: Part) -> None:
    """Say in what capacity somebody comes, putting them on the list when they are not."""
    expect(gathering=gathering, person_ids=[person_id], part=part)
    gathering.attendances.filter(person_id=person_id).update(part=part)


def tick(
    *, gathering: Gathering, marks: Mapping[int, tuple[Presence, str]], means: Means, now: datetime,
    online: Collection[int] = (), parts: Mapping[int, Part] | None = None,
) -> int:  # fmt: skip
    """Set presence and reason for many people by hand, `{person id: (presence, reason)}`; return how many changed.

    `online` names those of them who were present from afar; `parts` changes in what capacity somebody came.
    """
    rows = list(gathering.attendances.filter(person_id__in=marks))
    changed = []
    for row in rows:
        presence, reason = marks[row.person_id]
        afar = presence == Presence.PRESENT and row.person_id in online
        part = (parts or {}).get(row.person_id, row.part)
        if (row.presence, row.reason, row.online, row.part) != (presence, reason, afar, part):
            if row.presence != presence:
                row.means, row.marked_at = means, now
            row.presence, row.reason, row.online, row.part = presence, reason, afar, part
            changed.append(row)
    fields = ["presence", "reason", "means", "marked_at", "online", "part"]
    Attendance.objects.bulk_update(changed, fields, batch_size=500)
    return len(changed)


def close_list(*, gathering: Gathering, now: datetime) -> int:
    """Those still expected did not come: mark them absent and return how many."""
    return gathering.attendances.filter(presence=Presence.EXPECTED, part=Part.ATTENDEE).update(
        presence=Presence.ABSENT, marked_at=now
    )
