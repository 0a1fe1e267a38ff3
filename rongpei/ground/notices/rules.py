"""Who may tell, take back and read."""

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.notices.models import Batch, Delivery, Notice


def may_send(*, actor: Actor, tenant_id: int) -> bool:
    """Within the tenants one works with; the room that tells has asked its own rule before."""
    return tenant_id in actor.tenant_ids


def may_recall(*, actor: Actor, batch: Batch) -> bool:
    """Only the person who sent it, or the platform its own."""
    return batch.tenant_id in actor.tenant_ids and batch.sender_id == actor.person_id


def may_mark(*, actor: Actor, notice: Notice) -> bool:
    """Everybody marks the own inbox only."""
    return actor.person_id is not None and notice.reader_id == actor.person_id


def may_mark_all(*, actor: Actor) -> bool:
    """Whoever has an inbox."""
    return actor.person_id is not None


def may_deliver(*, actor: Actor, delivery: Delivery) -> bool:
    """Only the platform's own jobs."""
    return actor.user_id is None and delivery.tenant_id == actor.tenant_id
