"""Who keeps the holiday table. It belongs to the whole installation; the role's code is that of a room above."""

from rongpei.ground.accounts.actor import Actor

KEEPER_ROLE = "system_admin"


def may_keep_holidays(*, actor: Actor) -> bool:
    """The system admin alone."""
    return actor.holds(KEEPER_ROLE)
