"""Who may change units, homes and offices: the keepers of the roster, in their own tenant."""

from rongpei.ground.accounts.actor import Actor
from rongpei.org.people.models import Person
from rongpei.org.people.rules import KEEPER_ROLES
from rongpei.org.units.models import Appointment, RosterImport, Unit


def may_open_unit(*, actor: Actor, tenant_id: int) -> bool:
    """Keepers open units of their own tenant."""
    return actor.tenant_id == tenant_id and actor.holds(*KEEPER_ROLES)


def may_keep_unit(*, actor: Actor, unit: Unit) -> bool:
    """Keepers change units of their own tenant."""
    return actor.tenant_id == unit.tenant_id and actor.holds(*KEEPER_ROLES)


def may_place(*, actor: Actor, person: Person, unit: Unit | None) -> bool:
    """Keepers place people of their own tenant in units of it."""
    own = {person.tenant_id} | ({unit.tenant_id} if unit else set())
    return own == {actor.tenant_id} and actor.holds(*KEEPER_ROLES)


def may_end_office(*, actor: Actor, appointment: Appointment) -> bool:
    """Keepers end offices of their own tenant."""
    return actor.tenant_id == appointment.tenant_id and actor.holds(*KEEPER_ROLES)


def may_import(*, actor: Actor, tenant_id: int) -> bool:
    """Keepers import the roster of their own tenant."""
    return actor.tenant_id == tenant_id and actor.holds(*KEEPER_ROLES)


def may_work_on(*, actor: Actor, run: RosterImport) -> bool:
    """Keepers work on the imports of their own tenant."""
    return actor.tenant_id == run.tenant_id and actor.holds(*KEEPER_ROLES)
