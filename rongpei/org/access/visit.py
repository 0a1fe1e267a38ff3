"""The actor of a request: an account, its person, and the roles held today."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple, Self

from rongpei.ground.accounts.models import User
from rongpei.ground.tenancy.asking import ask
from rongpei.ground.tenancy.prepared import Mark, Shaped
from rongpei.ground.tenancy.queries import tenant_ids_within
from rongpei.org.access.codes import PRIVILEGED, Role


class Held(NamedTuple):
    """A role held at a unit today."""

    role: str
    unit_id: int
    unit_name: str
    unit_kind: str
    path: str
    is_root: bool


@dataclass(frozen=True)
class Visit(Shaped):
    """Implements `Actor` for a signed-in account."""

    user_id: int | None
    person_id: int | None
    tenant_id: int
    tenant_ids: tuple[int, ...]
    name: str
    held: tuple[Held, ...]

    def holds(self, *roles: str) -> bool:
        """Whether any of the roles is held anywhere."""
        return any(one.role in roles for one in self.held)

    def places(self, *roles: str) -> tuple[str, ...]:
        """Paths at which any of the roles is held; a role held at a root reaches the whole tenant ("/")."""
        paths = {
            "/" if one.is_root or one.role == Role.AUTHORITY_OFFICER else one.path
            for one in self.held
            if one.role in roles
        }
        return ("/",) if "/" in paths else tuple(sorted(paths))

    @cached_property
    def is_privileged(self) -> bool:
        """Whether a second factor is asked."""
        return self.holds(*PRIVILEGED)

    @cached_property
    def main(self) -> Held | None:
        """The role shown beside the name: the first that is not plain staff."""
        return next((one for one in self.held if one.role != Role.STAFF), self.held[0] if self.held else None)

    @cached_property
    def shape(self) -> Hashable:
        """Which roles are held, and which at one and the same place."""
        paths = [one.path for one in self.held]
        roles = tuple((one.role, one.unit_kind, one.is_root, paths.index(one.path)) for one in self.held)
        return ("visit", self.person_id is None, len(self.tenant_ids), roles)

    def marked(self, mark: Mark) -> Self:
        """A copy for `tenancy.prepared`: every id, name and path marked, equal paths alike."""
        paths = {one.path: "" for one in self.held}
        for path in paths:
            paths[path] = mark(path)
        return replace(
            self,
            user_id=mark(self.user_id),
            person_id=mark(self.person_id),
            tenant_id=mark(self.tenant_id),
            tenant_ids=tuple(mark(one) for one in self.tenant_ids),
            held=tuple(one._replace(unit_id=mark(one.unit_id), path=paths[one.path]) for one in self.held),
        )


# Offices are roles too: a secretary appointed once is not entered again as a role.
_ARRIVAL = """
SELECT p.id, p.name, held.* FROM people_person p LEFT JOIN LATERAL (
SELECT h.role, u.id, u.name, u.kind, u.path, u.parent_id IS NULL
FROM access_holding h JOIN units_unit u ON u.id = h.unit_id
WHERE h.person_id = p.id AND h.starts_on <= %(on)s AND (h.ends_on IS NULL OR h.ends_on > %(on)s)
UNION
SELECT CASE WHEN a.office = 'secretary' AND u.kind IN ('general_branch', 'temporary_general_branch')
              THEN 'general_branch_secretary'
            WHEN a.office IN ('secretary', 'deputy_secretary') AND u.kind <> 'committee' THEN 'branch_secretary'
            WHEN a.office = 'organization_officer' THEN 'organization_officer'
            WHEN a.office = 'group_leader' THEN 'group_leader'
            WHEN a.office = 'head' THEN 'department_head' ELSE 'staff' END,
       u.id, u.name, u.kind, u.path, false
FROM units_appointment a JOIN units_unit u ON u.id = a.unit_id
WHERE a.person_id = p.id AND a.starts_on <= %(on)s AND (a.ends_on IS NULL OR a.ends_on > %(on)s)
) AS held(role, unit_id, unit_name, unit_kind, path, is_root) ON true
WHERE p.user_id = %(user)s ORDER BY held.role, held.unit_id
"""


def tenant_ids_of(user: User) -> tuple[int, ...]:
    """Tenants whose rows the account may meet: its own, and those under an authority."""
    return tenant_ids_within(user.tenant_id)


def visit_of(user: User, on: date) -> Visit:
    """The actor for an account, asked inside its scope: one query."""
    rows = ask(_ARRIVAL, {"user": user.pk, "on": on})
    return Visit(
        user_id=user.pk,
        person_id=rows[0][0] if rows else None,
        tenant_id=user.tenant_id,
        tenant_ids=tenant_ids_of(user),
        name=rows[0][1] if rows else user.username,
        held=tuple(Held(*row[2:]) for row in rows if row[2] is not None),
    )
