"""Who acts: the protocol that rules and actions ask, whatever the floor that implements it."""

from typing import Protocol


class Actor(Protocol):
    """Somebody, or a job, acting with roles held at places of a tree.

    Places are materialised paths such as `/3/17/`; a role reaches everything below its place.
    """

    @property
    def user_id(self) -> int | None: ...

    @property
    def person_id(self) -> int | None: ...

    @property
    def tenant_id(self) -> int: ...

    @property
    def tenant_ids(self) -> tuple[int, ...]: ...

    def holds(self, *roles: str) -> bool:
        """Whether any of the roles is held anywhere."""
        ...

    def places(self, *roles: str) -> tuple[str, ...]:
        """The paths at which any of the roles is held."""
        ...


class System:
    """The platform itself: jobs, imports from the command line, the demonstration."""

    def __init__(self, tenant_id: int, tenant_ids: tuple[int, ...] = ()) -> None:
        self.tenant_id = tenant_id
        self.tenant_ids = tenant_ids or (tenant_id,)

    user_id: int | None = None
    person_id: int | None = None

    def holds(self, *roles: str) -> bool:
        """Jobs do what was already allowed, so nothing is refused to them."""
        return True

    def places(self, *roles: str) -> tuple[str, ...]:
        """Everywhere."""
        return ("/",)
