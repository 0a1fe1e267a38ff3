"""The units a roster may name, and the people it is compared with."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from rongpei.org.people.codes import Standing
from rongpei.org.people.models import Person
from rongpei.org.people.roster.rows import Known
from rongpei.org.units.codes import Tree, UnitKind
from rongpei.org.units.models import Unit


def known_units(tenant_id: int) -> Known:
    """Open units of a tenant by name and by unique short name."""
    rows = Unit.objects.filter(tenant_id=tenant_id, closed_on=None).values_list(
        "id", "tree", "kind", "name", "short_name", "parent_id"
    )
    departments: dict[str, int] = {}
    branches: dict[str, int] = {}
    groups: dict[tuple[int, str], int] = {}
    for ident, tree, kind, name, short, parent in rows:
        if kind == UnitKind.GROUP and parent:
            groups[(parent, name)] = ident
            continue
        names = departments if tree == Tree.ADMIN else branches if tree == Tree.PARTY else {}
        names[name] = ident
        if short:
            names.setdefault(short, ident)
    return Known(departments=departments, branches=branches, groups=groups)


class Existing(NamedTuple):
    """A person as the roster would say it; field names are roster keys, the ID number as its blind index."""

    id: int
    staff_number: str
    name: str
    sex: str
    ethnicity: str
    native_place: str
    born_on: date | None
    id_index: str
    education: str
    degree: str
    school: str
    work_started_on: date | None
    post: str
    title: str
    position_type: str
    employment_kind: str
    phone: str
    party_status: str
    joined_on: date | None
    converted_on: date | None
    party_post: str
    remarks: str
    department_id: int | None
    branch_id: int | None
    party_group_id: int | None


_COLUMNS = [name for name in Existing._fields if not name.endswith("_id")]


def existing_people(tenant_id: int) -> Iterator[Existing]:
    """Everybody present in a tenant, streamed."""
    rows = Person.objects.filter(tenant_id=tenant_id, standing=Standing.PRESENT).values_list(
        *_COLUMNS, "place__department_id", "place__branch_id", "place__group_id"
    )
    return (Existing(*row) for row in rows.iterator(chunk_size=5000))
