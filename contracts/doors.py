"""The permission table: every address, who may open it, and how to fill its parts from the cast.

An address missing here fails the build. `roles` repeats, on purpose and by hand, what the view's door says.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from contracts.cast import House
from rongpei.activities.partydays.models import Meeting
from rongpei.org.access.codes import Role

ALL = tuple(Role)
RUNNERS = (
    Role.PARTY_OFFICE, Role.GENERAL_BRANCH_SECRETARY, Role.BRANCH_SECRETARY, Role.ORGANIZATION_OFFICER,
)  # fmt: skip
KEEPERS = (Role.PARTY_OFFICE, Role.HR_OFFICE)
READERS = (
    Role.AUTHORITY_OFFICER, Role.HOSPITAL_LEADER, Role.PARTY_OFFICE, Role.HR_OFFICE, Role.TRAINING_OFFICE,
    Role.GENERAL_BRANCH_SECRETARY, Role.BRANCH_SECRETARY, Role.ORGANIZATION_OFFICER, Role.GROUP_LEADER,
    Role.DEPARTMENT_HEAD,
)  # fmt: skip

Fill = Callable[[House], dict[str, Any]]


@dataclass(frozen=True)
class Address:
    """Who may open it (empty: the public), what fills it, which status answers those let in, and its method.

    `finds` names those who, having come in, also find the cast's object; others get 404.
    """

    roles: tuple[Role, ...]
    fill: Fill = field(default=lambda house: {})
    method: str = "get"
    own: tuple[int, ...] = (200,)
    finds: tuple[Role, ...] | None = None


def _meeting(house: House) -> Meeting:
    return Meeting.objects.get(tenant=house.tenant)


def meeting(house: House) -> dict[str, Any]:
    """The cast's meeting."""
    return {"pk": _meeting(house).pk}


def sitting(house: House) -> dict[str, Any]:
    """The cast's sitting."""
    found = _meeting(house)
    return {"pk": found.pk, "sitting_pk": found.gathering.sittings.get().pk}


def person(house: House) -> dict[str, Any]:
    """A member of the first branch."""
    return {"pk": house.person("member-1").pk}


def unit(name: str) -> Fill:
    """A unit by name."""
    return lambda house: {"pk": house.unit(name).pk}
