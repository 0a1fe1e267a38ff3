"""Inboxes as their readers see them."""

from typing import Any

from django.db.models import Count, QuerySet

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.notices.models import Batch, Notice
from rongpei.ground.tenancy.prepared import prepared


def inbox_for(actor: Actor, *, unread: bool = False) -> QuerySet[Notice]:
    """The actor's notices, newest first, texts included."""
    if actor.person_id is None:
        return Notice.objects.none()
    rows = Notice.objects.filter(reader_id=actor.person_id).select_related("batch").order_by("-id")
    return rows.filter(read_at=None) if unread else rows


def unread_notices(actor: Actor) -> QuerySet[Notice]:
    """The actor's unread notices, without their texts."""
    if actor.person_id is None:
        return Notice.objects.none()
    return Notice.objects.filter(reader_id=actor.person_id, read_at=None)


def unread_count(actor: Actor) -> int:
    """How many notices wait; asked by every page, answered from a partial index."""
    if actor.person_id is None:
        return 0
    rows = _unread_count(reader_id=actor.person_id)
    return int(rows[0][0]) if rows else 0


@prepared
def _unread_count(*, reader_id: int) -> QuerySet[Notice, Any]:
    rows = Notice.objects.filter(reader_id=reader_id, read_at=None)
    return rows.order_by().values("reader_id").annotate(number=Count("pk")).values_list("number")


def recallable_batches(actor: Actor) -> QuerySet[Batch]:
    """What the actor sent and did not take back, newest first; whether it is still in time says `recall`."""
    return Batch.objects.filter(sender_id=actor.person_id, recalled_at=None).order_by("-id")
