"""Which procedures there are, and what each pipeline answers for its own; filled by `site/wiring.py`."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused
from rongpei.kernel.procedures.declaring import Procedure
from rongpei.kernel.procedures.facts import Done, Facts, Waiver
from rongpei.org.people.models import Person
from rongpei.org.units.models import Unit

if TYPE_CHECKING:
    from rongpei.kernel.procedures.models import Case, Record


@dataclass(frozen=True, slots=True)
class Around:
    """What a pipeline knows beside the records: plain values of the person and the unit, and special documents."""

    subject: Mapping[str, Any] = field(default_factory=dict)
    unit: Mapping[str, Any] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a case that was just recorded, handed to the pipeline in the same transaction."""

    actor: Actor
    case: "Case"
    record: "Record"
    facts: Facts
    today: date
    now: datetime


@dataclass(frozen=True, slots=True)
class History:
    """One person's past: the acts in their order, for each where it is written, and what is known beside them."""

    person: Person
    unit: Unit
    acts: tuple[Done, ...]
    sources: tuple[str, ...]
    around: Around = Around()


@dataclass(frozen=True)
class Registered:
    """A procedure and its pipeline's answers.

    may: whether the actor may act on the case (and the step). around: facts beside the records, as of a date.
    read: makes stored or typed data into checked values, ValueError with a sentence. prepare: completes typed data
    from the house's own facts before it is judged. changed: carries out effects. holders: role codes behind every
    `actor` code of the declaration; one without roles is the person of the case. supervisors: roles that see what was
    escalated to their unit. address: the page of a case. names: `{case id: title}` where a case is about no person.
    many_changed: as `changed`, for many cases that were told or taken back together, in a few statements.
    """

    procedure: Procedure
    may: Callable[..., bool | Refused]
    around: Callable[["Case", date], Around]
    read: Callable[[str, Any], dict[str, Any]]
    changed: Callable[[Change], None]
    holders: Mapping[str, tuple[str, ...]]
    supervisors: tuple[str, ...] = ()
    prepare: Callable[["Case", str, date, dict[str, Any]], dict[str, Any]] = lambda case, step, on, data: data
    address: Callable[[int], str] = lambda case_id: ""
    names: Callable[[Collection[int]], Mapping[int, str]] = lambda case_ids: {}
    many_changed: Callable[[Sequence[Change]], None] | None = None


_known: dict[str, Registered] = {}


def register(one: Registered) -> None:
    """Make a procedure known; its code belongs to it alone."""
    _known[one.procedure.code] = one


def registered(code: str) -> Registered:
    """The procedure with this code; KeyError for an unknown one."""
    return _known[code]


def all_registered() -> list[Registered]:
    """Every procedure, in the order of registration."""
    return list(_known.values())
