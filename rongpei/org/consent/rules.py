"""Who may publish texts, and who may answer them. Role codes are those of the access room, which stands above."""

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.accounts.models import User
from rongpei.org.consent.models import ConsentText

PUBLISHER_ROLE = "system_admin"


def may_publish(*, actor: Actor, tenant_id: int) -> bool:
    """The system admin, in the own tenant."""
    return actor.tenant_id == tenant_id and actor.holds(PUBLISHER_ROLE)


def may_answer(*, actor: Actor, user: User, text: ConsentText) -> bool:
    """Everybody answers for oneself only: nobody, the platform included, consents in another's place."""
    return (
        actor.user_id is not None
        and actor.user_id == user.pk
        and actor.tenant_id == text.tenant_id == user.tenant_id
    )
