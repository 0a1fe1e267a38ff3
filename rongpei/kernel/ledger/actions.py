"""Entering the ledger. Called once, last, by the action of a room."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.tenancy.bulk import insert_rows
from rongpei.kernel.ledger.kinds import is_known
from rongpei.kernel.ledger.models import Entry
from rongpei.org.people.codes import FactKind
from rongpei.org.people.queries import facts_as_of
from rongpei.org.units.queries import Homes, homes_as_of

_SNAPSHOT = (
    FactKind.PARTY_STATUS,
    FactKind.TITLE,
    FactKind.DEGREE,
    FactKind.EDUCATION,
    FactKind.POSITION_TYPE,
)
_COLUMNS = (
    "tenant_id", "subject_kind", "person_id", "unit_id", "activity_id", "kind", "occurred_on", "class_hours",
    "service_hours", "person_times", "source_kind", "source_id", "source_label", "branch_id", "department_id",
    "snapshot", "recorded_by", "recorded_at", "reverses_id",
)  # fmt: skip
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Source:
    """Where an entry comes from: a code of the room's noun, its id, and its label at the time."""

    kind: str
    id: int
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """What to enter about one subject: exactly one of person, unit and activity (ids)."""

    kind: str
    occurred_on: date
    person_id: int | None = None
    unit_id: int | None = None
    activity_id: int | None = None
    class_hours: Decimal = ZERO
    service_hours: Decimal = ZERO
    person_times: int = 0


def enter(*, actor: Actor, tenant_id: int, source: Source, lines: Sequence[Line], now: datetime) -> int:
    """Enter lines from one source and return their number; four queries whatever the number.

    Raises ValueError for a kind that no room registered.
    """
    if unknown := {line.kind for line in lines if not is_known(line.kind)}:
        raise ValueError(f"unknown ledger kinds: {sorted(unknown)}")
    by_day: dict[date, list[int]] = {}
    for line in lines:
        if line.person_id is not None:
            by_day.setdefault(line.occurred_on, []).append(line.person_id)
    homes = {day: homes_as_of(ids, day) for day, ids in by_day.items()}
    facts = {day: facts_as_of(ids, day, _SNAPSHOT) for day, ids in by_day.items()}
    return insert_rows(
        Entry,
        _COLUMNS,
        (_row(line, actor, tenant_id, source, homes, facts, now) for line in lines),
    )


def _row(
    line: Line,
    actor: Actor,
    tenant_id: int,
    source: Source,
    homes: dict[date, dict[int, Homes]],
    facts: dict[date, dict[int, dict[str, str]]],
    now: datetime,
) -> tuple[object, ...]:
    person, day = line.person_id, line.occurred_on
    home = homes.get(day, {}).get(person, Homes()) if person else Homes()
    snapshot = facts.get(day, {}).get(person, {}) if person else {}
    subject = "person" if person else "unit" if line.unit_id else "activity"
    return (
        tenant_id, subject, person, line.unit_id, line.activity_id, line.kind, day, line.class_hours,
        line.service_hours, line.person_times, source.kind, source.id, source.label[:120], home.branch_id,
        home.department_id, json.dumps(snapshot, ensure_ascii=False), actor.person_id, now, None,
    )  # fmt: skip


def reverse(*, actor: Actor, entries: Iterable[Entry], now: datetime) -> int:
    """Take entries back: for each one an entry with negated measures, home and snapshot as they were."""
    return insert_rows(
        Entry,
        _COLUMNS,
        (
            (
                entry.tenant_id, entry.subject_kind, entry.person_id, entry.unit_id, entry.activity_id,
                entry.kind, entry.occurred_on, -entry.class_hours, -entry.service_hours, -entry.person_times,
                entry.source_kind, entry.source_id, entry.source_label, entry.branch_id, entry.department_id,
                json.dumps(entry.snapshot, ensure_ascii=False), actor.person_id, now, entry.pk,
            )
            for entry in entries
        ),
    )  # fmt: skip
