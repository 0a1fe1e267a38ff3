"""Staff and members as of a date."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from rongpei.ground.tenancy.models import Tenant
from rongpei.org.people.codes import EmploymentKind, FactKind, PartyStatus
from rongpei.org.people.models import Person
from rongpei.org.people.queries import facts_as_of
from rongpei.org.units.queries import homes_as_of
from rongpei.site.demonstration.facts.figures import Figure


class Roll(NamedTuple):
    """Who is here on a date: everyone's line, and the ids by what they are."""

    lines: dict[int, dict[str, Any]]
    staff: list[int]
    by_status: dict[str, list[int]]
    retired: set[int]

    @property
    def members(self) -> list[int]:
        """Full and probationary members, by name."""
        found = {*self.by_status[PartyStatus.FULL], *self.by_status[PartyStatus.PROBATIONARY]}
        return [ident for ident in self.lines if ident in found]

    def figure(self, ids: Iterable[int]) -> Figure:
        """A count of people with their lines, by name."""
        found = [self.lines[ident] for ident in ids]
        return Figure(len(found), found)


def roll_of(on: date) -> Roll:
    """Read the roll of the tenant in scope.

    Staff have a home department on the date. A party status counts with the home branch: those who left, and
    whose affiliation went with them, are not here.
    """
    rows = Person.objects.order_by("sort_key", "id").values_list("id", "name", "staff_number")
    lines = {row[0]: {"id": row[0], "name": row[1], "staff_number": row[2]} for row in rows}
    facts = facts_as_of(lines, on, [FactKind.PARTY_STATUS, FactKind.EMPLOYMENT])
    homes = homes_as_of(lines, on)
    by_status: dict[str, list[int]] = {status: [] for status in PartyStatus.values}
    for ident in lines:
        status = facts.get(ident, {}).get(FactKind.PARTY_STATUS, PartyStatus.NONE)
        if ident in homes and homes[ident].branch_id is not None:
            by_status[status].append(ident)
    staff = [ident for ident in lines if ident in homes and homes[ident].department_id is not None]
    retired = {i for i in lines if facts.get(i, {}).get(FactKind.EMPLOYMENT) == EmploymentKind.RETIRED}
    return Roll(lines, staff, by_status, retired)


def people_section(tenant: Tenant, on: date) -> dict[str, Figure]:
    """staff, members and everyone on the way, by party status."""
    roll = roll_of(on)
    return {
        "staff": roll.figure(roll.staff),
        "members": roll.figure(roll.members),
        "full_members": roll.figure(roll.by_status[PartyStatus.FULL]),
        "probationary_members": roll.figure(roll.by_status[PartyStatus.PROBATIONARY]),
        "development_targets": roll.figure(roll.by_status[PartyStatus.TARGET]),
        "activists": roll.figure(roll.by_status[PartyStatus.ACTIVIST]),
        "applicants": roll.figure(roll.by_status[PartyStatus.APPLICANT]),
    }
