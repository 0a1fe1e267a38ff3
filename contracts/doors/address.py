"""A line of the permission table, and roles that several wings name together."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from contracts.cast import House
from rongpei.org.access.codes import Role

ALL = tuple(Role)
RUNNERS = (
    Role.PARTY_OFFICE, Role.GENERAL_BRANCH_SECRETARY, Role.BRANCH_SECRETARY, Role.ORGANIZATION_OFFICER,
)  # fmt: skip
BRANCH_READERS = (*RUNNERS, Role.AUTHORITY_OFFICER, Role.HOSPITAL_LEADER)

Fill = Callable[[House], dict[str, Any]]


@dataclass(frozen=True)
class Address:
    """Who may open it (empty: the public), what fills it, and which status answers those let in.

    `finds` empty: nobody finds the object. Those let in otherwise get `own`, or 404 when their queries do not reach it.
    """

    roles: tuple[Role, ...]
    fill: Fill = field(default=lambda house: {})
    own: tuple[int, ...] = (200,)
    finds: tuple[Role, ...] | None = None
