"""The authority and the operator of the portal: a few offices, a few people each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from rongpei.ground.files.cipher import blind_index, encipher
from rongpei.ground.tenancy.bulk import next_ids
from rongpei.ground.tenancy.models import Tenant
from rongpei.org.access.codes import Role
from rongpei.org.people import naming
from rongpei.org.people.codes import FactKind, PositionType
from rongpei.org.people.models import Fact, Person
from rongpei.org.people.roster.samples import sample_rows
from rongpei.org.units.codes import Tree, UnitKind
from rongpei.org.units.models import Place, Posting, Unit
from rongpei.site.demonstration.dice import dice
from rongpei.site.demonstration.meetings import at
from rongpei.site.demonstration.storing import SOURCE
from rongpei.site.demonstration.trees import Planter

# Each office and the roles of those who work there; None for plain staff.
Offices = Mapping[str, tuple[Role | None, ...]]
_BEGAN = date(2019, 9, 2)


@dataclass(frozen=True, slots=True)
class Outsider:
    """Somebody outside the hospitals and the role the person plays, if any."""

    person: Person
    unit: Unit
    role: Role | None


def furnish_authority(tenant: Tenant, anchor: date) -> list[Outsider]:
    """The authority: its party work office sees every hospital."""
    offices: Offices = {
        "党建工作处": (Role.AUTHORITY_OFFICER, None, None),
        "人事教育处": (None, None),
        "综合处": (None,),
    }
    return _furnish(tenant, UnitKind.AUTHORITY, offices, anchor)


def furnish_operator(tenant: Tenant, anchor: date) -> list[Outsider]:
    """The operator: reviewers and editors, and those from outside who belong to the portal."""
    offices: Offices = {
        "资质审核组": (Role.CERTIFICATE_REVIEWER, Role.CERTIFICATE_REVIEWER),
        "内容编辑组": (Role.EDITOR, Role.EDITOR, Role.MODERATOR),
        "外部用户": (Role.OUTSIDE_HCP, Role.OUTSIDE_VOLUNTEER, *(Role.OUTSIDE_HCP,) * 10),
        "运行维护组": (Role.SYSTEM_ADMIN,),
    }
    return _furnish(tenant, UnitKind.OFFICE, offices, anchor)


def _furnish(tenant: Tenant, kind: UnitKind, offices: Offices, anchor: date) -> list[Outsider]:
    planter = Planter(tenant, _unit_ids())
    root = planter.plant(Tree.ADMIN, kind, tenant.name, None, on=_BEGAN)
    seats: list[tuple[Unit, Role | None]] = []
    for name, roles in offices.items():
        office = planter.plant(Tree.ADMIN, UnitKind.OFFICE, name, root, on=_BEGAN)
        seats += [(office, role) for role in roles]
    Unit.objects.bulk_create(planter.units)
    seed = dice(tenant.code, "roster").randint(1, 10**6)
    rows = sample_rows(len(seats), seed, ["-"], ["-"], on=anchor)
    return [_enter(tenant, row, k, *seat) for k, (row, seat) in enumerate(zip(rows, seats, strict=True))]


def _unit_ids() -> Iterator[int]:
    while True:
        yield from next_ids(Unit, 20)


def _enter(tenant: Tenant, row: dict[str, object], index: int, unit: Unit, role: Role | None) -> Outsider:
    name, number, born_on = str(row["name"]), str(row["id_number"]), row["born_on"]
    assert isinstance(born_on, date)  # noqa: S101 - for the type checker
    position = PositionType.DOCTOR if role == Role.OUTSIDE_HCP else PositionType.ADMINISTRATION
    person = Person.objects.create(
        tenant=tenant, staff_number=f"{901 + index}", name=name, sort_key=naming.sort_key(name),
        initials=naming.initials(name), sex=str(row["sex"]), ethnicity=str(row["ethnicity"]), born_on=born_on,
        id_cipher=encipher(number), id_index=blind_index(number), phone=f"19800{tenant.pk % 100:02d}{index:04d}",
        position_type=position,
    )  # fmt: skip
    Fact.objects.create(
        tenant=tenant, person=person, kind=FactKind.POSITION_TYPE, value=position, starts_on=_BEGAN, source=SOURCE,
        recorded_at=at(_BEGAN, 9),
    )  # fmt: skip
    Posting.objects.create(
        tenant=tenant, person=person, tree=Tree.ADMIN, unit=unit, starts_on=_BEGAN, recorded_at=at(_BEGAN, 9)
    )
    Place.objects.create(tenant=tenant, person=person, department=unit)
    return Outsider(person, unit, role)
