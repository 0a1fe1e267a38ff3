"""Studies made up in the making, with their entries; and a lecture of next week for which people register."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from rongpei.activities.partydays.codes import (
    LEDGER_MADE_UP,
    SOURCE_MAKE_UP,
    MakeUpState,
    MeetingKind,
)
from rongpei.activities.partydays.models import MakeUp, Meeting
from rongpei.ground.tenancy.bulk import insert_rows, next_ids
from rongpei.kernel.gatherings.codes import Mode, PlaceState, Presence
from rongpei.kernel.gatherings.models import Attendance, Gathering, Registration, Sitting
from rongpei.kernel.ledger.models import Entry
from rongpei.org.units.codes import Tree
from rongpei.site.demonstration.dice import dice
from rongpei.site.demonstration.entries import COLUMNS
from rongpei.site.demonstration.meetings import Record, at
from rongpei.site.demonstration.someone import House, Someone

HOURS, PLACES, WAITING = Decimal(2), 60, 14
_CONTENTS = (
    "自学讲稿，写读书笔记一篇",
    "观看录像，与支委交流",
    "跟组补做实操，组长考核合格",
    "学习会议材料，在小组会上谈体会",
)


@dataclass(frozen=True)
class Study:
    """One make-up."""

    meeting: int
    record: Record
    person: Someone
    on: date
    content: str
    waits: bool


def store_make_ups(house: House, meetings: Sequence[int], records: Sequence[Record]) -> int:
    """Some of those on leave make up for it, in every branch at least one a year; what is not ten days old still waits."""
    held = [
        (meeting, record)
        for meeting, record in zip(meetings, records, strict=True)
        if record.kind == MeetingKind.THEME_DAY and record.confirmed_at is not None
    ]
    found = [study for meeting, record in held for study in _studies(house, meeting, record, share=0.3)]
    seen = {(study.record.unit.pk, study.record.on.year) for study in found}
    for meeting, record in held:
        key = (record.unit.pk, record.on.year)
        studies = [] if key in seen else list(_studies(house, meeting, record, share=1.0))[:1]
        if studies:
            seen.add(key)
            found += studies
    ids, tenant = next_ids(MakeUp, len(found)), house.tenant.pk
    columns = (
        "id", "tenant_id", "meeting_id", "person_id", "studied_on", "content", "hours", "state", "remark", "logged_at",
        "decided_at",
    )  # fmt: skip
    insert_rows(MakeUp, columns, (_row(tenant, i, one) for i, one in zip(ids, found, strict=True)))
    counted = [(ident, one) for ident, one in zip(ids, found, strict=True) if not one.waits]
    entries = next_ids(Entry, len(counted))
    insert_rows(
        Entry, COLUMNS, (_entry(tenant, e, i, one) for e, (i, one) in zip(entries, counted, strict=True))
    )
    return len(found)


def _studies(house: House, meeting: int, record: Record, *, share: float) -> Iterator[Study]:
    chance = dice(house.plan.code, record.unit.name, "make-up", record.on)
    for seat in record.seats:
        missed = (Presence.LEAVE, Presence.ABSENT) if share == 1 else (Presence.LEAVE,)
        if seat.presence not in missed or chance.random() > share:
            continue
        on = record.on + timedelta(days=chance.randint(4, 12))
        assert record.confirmed_at is not None  # noqa: S101 - only confirmed ones come here
        on = max(on, record.confirmed_at.date())
        if on < house.anchor and seat.person.branch(on) is not None and seat.person.is_member(on):
            waits = on >= house.anchor - timedelta(days=10)
            yield Study(meeting, record, seat.person, on, chance.choice(_CONTENTS), waits)


def _row(tenant: int, ident: int, one: Study) -> tuple[Any, ...]:
    state = MakeUpState.LOGGED if one.waits else MakeUpState.ACCEPTED
    decided = None if one.waits else at(one.on + timedelta(days=1), 8)
    return (
        ident, tenant, one.meeting, one.person.id, one.on, one.content, HOURS, state, "", at(one.on, 21), decided,
    )  # fmt: skip


def _entry(tenant: int, ident: int, make_up: int, one: Study) -> tuple[Any, ...]:
    person, on = one.person, one.on
    branch, department = person.branch(on), person.home(Tree.ADMIN, on)
    host = one.record.host
    return (
        ident, tenant, "person", person.id, LEDGER_MADE_UP, on, HOURS, Decimal(0), 0, SOURCE_MAKE_UP, make_up,
        f"补学：{one.record.title}"[:120], branch.pk if branch else None, department.pk if department else None,
        json.dumps(person.snapshot(on), ensure_ascii=False), host.id if host else None,
        at(on + timedelta(days=1), 8), None,
    )  # fmt: skip


def store_lecture(house: House) -> int:
    """A lecture of the whole hospital in nine days, with places and a waiting list."""
    chance = dice(house.plan.code, "lecture")
    members = [one for cell in house.cells for one in cell.expected(house.anchor)]
    places = min(PLACES, len(members) // 2)
    on, now = house.anchor + timedelta(days=9), at(house.anchor - timedelta(days=2), 9)
    gathering = Gathering.objects.create(
        tenant=house.tenant, unit=house.party_root, title="全院党课：把初心写在病房里", held_on=on, created_at=now,
        by_registration=True,
    )  # fmt: skip
    sitting = Sitting.objects.create(
        tenant=house.tenant, gathering=gathering, starts_at=at(on, 16, 30), ends_at=at(on, 18, 30), location="学术报告厅",
        mode=Mode.ON_SITE, secret=f"{chance.getrandbits(192):048x}", capacity=places,
    )  # fmt: skip
    Meeting.objects.create(
        tenant=house.tenant,
        gathering=gathering,
        kind=MeetingKind.LECTURE,
        class_hours=HOURS,
        agenda="1. 授课\n2. 交流",
    )
    asked = chance.sample(members, min(places + WAITING, len(members)))
    Registration.objects.bulk_create(
        Registration(
            tenant=house.tenant, gathering=gathering, sitting=sitting, person_id=one.id,
            state=PlaceState.PLACED if number < places else PlaceState.WAITING,
            asked_at=now + timedelta(minutes=number), placed_at=now + timedelta(minutes=number) if number < places else None,
        )
        for number, one in enumerate(asked)
    )  # fmt: skip
    Attendance.objects.bulk_create(
        Attendance(tenant=house.tenant, gathering=gathering, sitting=sitting, person_id=one.id)
        for one in asked[:places]
    )
    return len(asked)
