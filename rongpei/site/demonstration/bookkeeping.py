"""Storing meetings, attendance and ledger entries, in the shape the actions give them."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from rongpei.activities.partydays.codes import LEDGER_ATTENDED, LEDGER_TAUGHT, SOURCE, MeetingKind
from rongpei.activities.partydays.models import Meeting
from rongpei.ground.tenancy.bulk import insert_rows, next_ids
from rongpei.kernel.gatherings.codes import Means, Part, Presence
from rongpei.kernel.gatherings.models import Attendance, Gathering, Sitting
from rongpei.kernel.ledger.models import Entry
from rongpei.org.units.codes import Tree
from rongpei.site.demonstration.entries import COLUMNS
from rongpei.site.demonstration.meetings import Record
from rongpei.site.demonstration.someone import House
from rongpei.site.demonstration.texts import topic_of
from rongpei.site.demonstration.themes import FIELDS, FORMS
from rongpei.site.demonstration.turnout import Seat

_ZERO = Decimal(0)


def store_meetings(
    house: House, records: list[Record], themes: dict[tuple[int, int], int]
) -> tuple[list[int], int, int]:
    """Store everything about the meetings of a hospital: ids of meetings, counts of attendances and entries.

    `themes` are ids by year and month; theme days belong to that of their month.
    """
    tenant = house.tenant.pk
    gatherings = next_ids(Gathering, len(records))
    meetings = next_ids(Meeting, len(records))
    insert_rows(
        Gathering,
        ("id", "tenant_id", "unit_id", "title", "held_on", "state", "created_at"),
        (
            (g, tenant, r.unit.pk, r.title, r.on, r.state, r.created_at)
            for g, r in zip(gatherings, records, strict=True)
        ),
    )
    sittings = _store_sittings(tenant, gatherings, records)
    seats = insert_rows(
        Attendance,
        (
            "tenant_id", "gathering_id", "sitting_id", "person_id", "part", "presence", "means", "device", "reason",
            "marked_at",
        ),
        _attendance_rows(tenant, gatherings, sittings, records),
    )  # fmt: skip
    insert_rows(
        Meeting,
        (
            "id", "tenant_id", "gathering_id", "kind", "host_id", "recorder_id", "class_hours", "agenda", "minutes",
            "resolution", "entered_later_reason", "confirmed_at", "confirmations", "theme_id", "field",
            "form",
        ),
        (_meeting_row(tenant, m, g, r, themes) for m, g, r in zip(meetings, gatherings, records, strict=True)),
    )  # fmt: skip
    return meetings, seats, _store_entries(tenant, meetings, records)


def _store_sittings(tenant: int, gatherings: list[int], records: list[Record]) -> list[list[int]]:
    ids = iter(next_ids(Sitting, sum(len(record.slots) for record in records)))
    found = [[next(ids) for _ in record.slots] for record in records]
    rows = (
        (ident, tenant, gathering, slot.starts_at, slot.ends_at, slot.location, slot.mode, slot.secret)
        for gathering, mine, record in zip(gatherings, found, records, strict=True)
        for ident, slot in zip(mine, record.slots, strict=True)
    )
    columns = ("id", "tenant_id", "gathering_id", "starts_at", "ends_at", "location", "mode", "secret")
    insert_rows(Sitting, columns, rows)
    return found


def _attendance_rows(
    tenant: int, gatherings: list[int], sittings: list[list[int]], records: list[Record]
) -> Iterator[tuple[Any, ...]]:
    for gathering, mine, record in zip(gatherings, sittings, records, strict=True):
        for index, seat in enumerate(record.seats):
            one, came = seat.person, seat.presence == Presence.PRESENT
            which = (one.id + record.on.day) % len(mine)
            device = _device(one.id) if seat.means in (Means.CODE, Means.SPOKEN) else None
            yield (
                tenant, gathering, mine[which] if came and seat.means != Means.LATER else None, one.id, seat.part,
                seat.presence, seat.means, device, seat.reason, _marked_at(record, which, index, seat),
            )  # fmt: skip


def _marked_at(record: Record, which: int, index: int, seat: Seat) -> datetime | None:
    """People sign in during the quarter of an hour before the start; lists are ticked afterwards."""
    if seat.presence == Presence.EXPECTED:
        return None
    if seat.presence == Presence.ABSENT:
        return record.confirmed_at
    if seat.means == Means.LATER:
        return record.created_at + timedelta(minutes=3)
    slot = record.slots[which]
    if seat.means in (Means.CODE, Means.SPOKEN):
        return slot.starts_at - timedelta(seconds=900 - index * 31 % 880)
    return slot.ends_at + timedelta(minutes=5)


@lru_cache(maxsize=4096)
def _device(person_id: int) -> str:
    return hashlib.sha256(f"demonstration:{person_id}".encode()).hexdigest()


def _meeting_row(
    tenant: int, ident: int, gathering: int, record: Record, themes: dict[tuple[int, int], int]
) -> tuple[Any, ...]:
    theme, field, form = None, "", ""
    if record.kind == MeetingKind.THEME_DAY:
        words = topic_of(record.on)
        theme, field, form = themes.get((record.on.year, record.on.month)), FIELDS[words[0]], FORMS[words[2]]
    confirmations = 0 if record.confirmed_at is None else 2 if record.reopened_at else 1
    return (
        ident, tenant, gathering, record.kind, record.host.id if record.host else None,
        record.recorder.id if record.recorder else None, Decimal(str(record.hours)), record.agenda, record.minutes,
        record.resolution, record.later_reason, record.confirmed_at, confirmations, theme, field, form,
    )  # fmt: skip


def _store_entries(tenant: int, meetings: list[int], records: list[Record]) -> int:
    """Enter every confirmed meeting; a corrected one is entered, taken back, and entered again."""
    total = sum(len(r.present) + 2 * len(r.first_present) for r in records if r.confirmed_at)
    ids = iter(next_ids(Entry, total))
    rows = (
        row
        for meeting, record in zip(meetings, records, strict=True)
        if record.confirmed_at
        for row in _entry_rows(tenant, meeting, record, ids)
    )
    return insert_rows(Entry, COLUMNS, rows)


def _entry_rows(tenant: int, meeting: int, record: Record, ids: "Iterator[int]") -> Iterator[tuple[Any, ...]]:
    if record.reopened_at and record.first_confirmed_at:
        first = list(_rows(tenant, meeting, record, record.first_present, record.first_confirmed_at, ids))
        yield from first
        for row in first:
            yield (next(ids), *row[1:6], -row[6], *row[7:16], record.reopened_at, row[0])
    if record.confirmed_at:
        yield from _rows(tenant, meeting, record, record.present, record.confirmed_at, ids)


def _rows(
    tenant: int, meeting: int, record: Record, seats: Iterable[Seat], now: datetime, ids: "Iterator[int]"
) -> Iterator[tuple[Any, ...]]:
    hours = Decimal(str(record.hours))
    for seat in seats if hours else ():
        one = seat.person
        branch, department = one.branch(record.on), one.home(Tree.ADMIN, record.on)
        kind = LEDGER_TAUGHT if seat.part == Part.LECTURER else LEDGER_ATTENDED
        yield (
            next(ids), tenant, "person", one.id, kind, record.on, hours, _ZERO, 0, SOURCE, meeting, record.title[:120],
            branch.pk if branch else None, department.pk if department else None,
            json.dumps(one.snapshot(record.on), ensure_ascii=False), record.host.id if record.host else None, now, None,
        )  # fmt: skip
