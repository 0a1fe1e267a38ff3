"""Who may change a person's row. Role codes are those of the access room, which stands above."""

from rongpei.ground.accounts.actor import Actor, System
from rongpei.org.people.models import Person

KEEPER_ROLES = ("party_office", "hr_office")


def may_register(*, actor: Actor, tenant_id: int) -> bool:
    """Party and HR offices enter people of their own tenant."""
    return actor.tenant_id == tenant_id and actor.holds(*KEEPER_ROLES)


def may_keep(*, actor: Actor, person: Person) -> bool:
    """Party and HR offices keep the facts of people of their own tenant."""
    return actor.tenant_id == person.tenant_id and actor.holds(*KEEPER_ROLES)


def may_keep_many(*, actor: Actor, tenant_id: int) -> bool:
    """As one person's; whatever they name is looked for in the tenant alone."""
    return may_register(actor=actor, tenant_id=tenant_id)


def may_bind_account(*, actor: Actor, person: Person) -> bool:
    """Only the platform ties accounts to people, after an activation code was checked."""
    return isinstance(actor, System) and actor.tenant_id == person.tenant_id
