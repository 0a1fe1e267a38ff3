"""From records to facts: what stands after returns and corrections. Pure; nothing is ever taken out of the records."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from rongpei.kernel.procedures.codes import RecordKind
from rongpei.kernel.procedures.declaring import Procedure
from rongpei.kernel.procedures.facts import Done

# Kinds of records that say a step was done.
ACTS = (RecordKind.DONE, RecordKind.TOLD, RecordKind.TRANSFERRED)
Read = Callable[[str, Any], dict[str, Any]]


class Recorded(Protocol):
    """What replaying needs of a record."""

    @property
    def pk(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def step(self) -> str: ...
    @property
    def done_on(self) -> date: ...
    @property
    def data(self) -> Mapping[str, Any]: ...
    @property
    def sound(self) -> bool: ...
    @property
    def supersedes_id(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """A doing that stands, and the record that says so last."""

    record_id: int
    done: Done


def standing(procedure: Procedure, records: Iterable[Recorded], read: Read) -> list[Standing]:
    """Doings that stand, in the order they were recorded; a corrected one keeps its place."""
    found: list[Standing] = []
    for record in records:
        if record.kind == RecordKind.RETURNED:
            found = _before(procedure, found, record.step)
        elif record.kind == RecordKind.CORRECTED:
            found = [
                _standing(record, read, told=one.done.told) if one.record_id == record.supersedes_id else one
                for one in found
            ]
        elif record.step and record.kind in ACTS:
            found.append(_standing(record, read, told=record.kind == RecordKind.TOLD))
    return found


def _standing(record: Recorded, read: Read, *, told: bool) -> Standing:
    data = read(record.step, record.data)
    return Standing(record.pk, Done(record.step, record.done_on, data, record.sound, told))


def _before(procedure: Procedure, found: list[Standing], step: str) -> list[Standing]:
    """What still stands when a case goes back to a step: numbered steps before it, and what happened beside them
    before the first that falls."""
    number = procedure.step(step).number
    falls = [index for index, one in enumerate(found) if procedure.step(one.done.step).number >= number > 0]
    first = falls[0] if falls else len(found)
    return [
        one
        for index, one in enumerate(found)
        if index not in falls and (procedure.step(one.done.step).number or index < first)
    ]
