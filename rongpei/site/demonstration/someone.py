"""A person in the making, and a hospital in the making: everything is decided in memory, then stored at once."""

from bisect import bisect_right, insort
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from rongpei.ground.clock.calendar import add_months
from rongpei.ground.tenancy.models import Tenant
from rongpei.org.people.codes import MEMBERS, EmploymentKind, FactKind, Standing
from rongpei.org.people.roster.choices import title_level
from rongpei.org.units.codes import Office, Tree, UnitKind
from rongpei.org.units.models import Unit
from rongpei.site.demonstration.development.oddities import Oddity
from rongpei.site.demonstration.hospitals import Branch, Department, Hospital

SNAPSHOT = (
    FactKind.PARTY_STATUS,
    FactKind.TITLE,
    FactKind.DEGREE,
    FactKind.EDUCATION,
    FactKind.POSITION_TYPE,
)

V = TypeVar("V")


class Timeline(Generic[V]):
    """Change points in the order of their days; a later word for the same day replaces the earlier one."""

    __slots__ = ("days", "values")

    def __init__(self) -> None:
        self.days: list[date] = []
        self.values: dict[date, V] = {}

    def change(self, on: date, value: V) -> None:
        """From a day on the value is this one."""
        if on not in self.values:
            insort(self.days, on)
        self.values[on] = value

    def at(self, on: date) -> V | None:
        """The value in force on a day."""
        index = bisect_right(self.days, on)
        return self.values[self.days[index - 1]] if index else None

    def points(self) -> list[tuple[date, V]]:
        """All change points, earliest first."""
        return [(day, self.values[day]) for day in self.days]


@dataclass(slots=True, eq=False)
class Someone:
    """One person: what never changes, and a timeline for each kind of fact and each tree."""

    id: int
    number: str
    row: dict[str, object]
    name: str
    sex: str
    born_on: date
    hired_on: date
    position: str
    department: Department
    keen: float = 0.94
    standing: Standing = Standing.PRESENT
    closed_on: date | None = None
    moved_from: int | None = None
    joined_on: date | None = None
    converted_on: date | None = None
    away: tuple[date, date, str] | None = None
    facts: dict[FactKind, Timeline[str]] = field(default_factory=dict)
    homes: dict[Tree, Timeline[Unit | None]] = field(default_factory=dict)

    def learn(self, kind: FactKind, on: date, value: str) -> None:
        """From a day on the fact is this one."""
        self.facts.setdefault(kind, Timeline()).change(on, value)

    def settle(self, tree: Tree, on: date, unit: Unit | None) -> None:
        """From a day on the home in the tree is this unit."""
        self.homes.setdefault(tree, Timeline()).change(on, unit)

    def fact(self, kind: FactKind, on: date) -> str:
        """The fact in force on a day, or the empty text."""
        return (self.facts[kind].at(on) or "") if kind in self.facts else ""

    def home(self, tree: Tree, on: date) -> Unit | None:
        """The home in a tree on a day."""
        return self.homes[tree].at(on) if tree in self.homes else None

    def branch(self, on: date) -> Unit | None:
        """The home branch on a day; a home in a party group counts as its branch."""
        unit = self.home(Tree.PARTY, on)
        return unit.parent if unit is not None and unit.kind == UnitKind.GROUP else unit

    def is_member(self, on: date) -> bool:
        """Whether a party member on a day, probationary ones included."""
        return self.fact(FactKind.PARTY_STATUS, on) in MEMBERS

    def snapshot(self, on: date) -> dict[str, str]:
        """The facts that a ledger entry keeps, as of a day."""
        found = {kind.value: self.fact(kind, on) for kind in SNAPSHOT}
        return {kind: value for kind, value in sorted(found.items()) if value}

    def is_high(self, on: date) -> bool:
        """高知 by the default definition: 副高 or above, or a doctorate, on a day."""
        level = title_level(self.fact(FactKind.TITLE, on))
        return level in ("senior", "associate") or self.fact(FactKind.DEGREE, on) == "博士"

    def is_backbone(self, on: date) -> bool:
        """A professional backbone by the default definition: a title of the middle level or above, on a day."""
        return title_level(self.fact(FactKind.TITLE, on)) in ("senior", "associate", "intermediate")

    @property
    def is_retired(self) -> bool:
        """Whether retired on the anchor date."""
        kind = self.facts[FactKind.EMPLOYMENT]
        return kind.values[kind.days[-1]] == EmploymentKind.RETIRED


@dataclass(slots=True, eq=False)
class Officer:
    """Somebody's half-open term in an office."""

    person: Someone
    unit: Unit
    office: Office
    starts_on: date
    ends_on: date | None = None

    def serves(self, on: date) -> bool:
        """Whether in office on a day."""
        return self.starts_on <= on and (self.ends_on is None or on < self.ends_on)


@dataclass(slots=True, eq=False)
class Cell:
    """A branch in the making."""

    plan: Branch
    unit: Unit
    general: Unit
    size: int = 0
    groups: list[Unit] = field(default_factory=list)
    members: list[Someone] = field(default_factory=list)
    ever: list[Someone] = field(default_factory=list)
    officers: list[Officer] = field(default_factory=list)

    def expected(self, on: date) -> list[Someone]:
        """Members whose home branch this is on a day."""
        return [one for one in self.ever if one.branch(on) is self.unit and one.is_member(on)]

    def committee(self, on: date) -> list[Officer]:
        """Its officers on a day."""
        return [officer for officer in self.officers if officer.serves(on) and officer.unit is self.unit]


@dataclass(slots=True, eq=False)
class House:
    """A hospital in the making."""

    plan: Hospital
    tenant: Tenant
    anchor: date
    units: list[Unit] = field(default_factory=list)
    root: Unit = field(default_factory=Unit)
    party_root: Unit = field(default_factory=Unit)
    leaves: dict[str, list[Unit]] = field(default_factory=dict)
    league: dict[str, Unit] = field(default_factory=dict)
    cells: list[Cell] = field(default_factory=list)
    staff: list[Someone] = field(default_factory=list)
    leavers: list[Someone] = field(default_factory=list)
    officers: list[Officer] = field(default_factory=list)
    affiliations: list[tuple[Someone, Unit, date]] = field(default_factory=list)
    oddities: dict[int, Oddity] = field(default_factory=dict)
    case_of: dict[tuple[int, date], int] = field(default_factory=dict)

    @property
    def people(self) -> list[Someone]:
        """Everyone who is or was here."""
        return [*self.staff, *self.leavers]

    @property
    def frontline_until(self) -> date:
        """The last day of the emergency in which people were admitted by a special rule."""
        return add_months(self.anchor, -20)

    def cell_of(self, department: Department) -> Cell:
        """The branch that covers a department."""
        return next(cell for cell in self.cells if department in cell.plan.departments)
