"""Sending, taking back and reading notices."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action, note
from rongpei.ground.notices import rules
from rongpei.ground.notices.codes import DELIVER_TASK, RECALL_FOR, Channel, DeliveryState, NoticeKind
from rongpei.ground.notices.models import Batch, Delivery, Notice
from rongpei.ground.notices.queries import unread_notices

# One statement for any number of readers.
_FILL_INBOXES = """
INSERT INTO notices_notice (tenant_id, batch_id, reader_id, created_at)
SELECT %s, %s, reader, %s FROM unnest(%s::bigint[]) AS reader ORDER BY reader
"""


@action("notices.batch.sent", may=rules.may_send)
def send(
    *, actor: Actor, tenant_id: int, reader_ids: Collection[int], title: str, now: datetime, body: str = "",
    url: str = "", kind: NoticeKind = NoticeKind.NOTICE, channels: Collection[Channel] = (), urgent: bool = False,
) -> Batch:  # fmt: skip
    """Put one text into many inboxes at once, and hand it to channels: one job for each, in this transaction.

    Outbound messages wait for the ten minutes in which the batch can be taken back, unless `urgent`.
    Raises ValueError for a `url` that is not an address of this site.
    """
    if url and not (url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)):
        raise ValueError(f"not an address of this site: {url}")
    readers = sorted(set(reader_ids))
    batch = Batch.objects.create(
        tenant_id=tenant_id, kind=kind, title=" ".join(title.split())[:120], body=body, url=url,
        readers=len(readers), sender_id=actor.person_id, created_at=now,
    )  # fmt: skip
    if readers:
        with connection.cursor() as cursor:
            cursor.execute(_FILL_INBOXES, [tenant_id, batch.pk, now, readers])
        _hand_out(batch, sorted(set(channels)), None if urgent else now + RECALL_FOR)
    note(readers=len(readers), channels=sorted(set(channels)))
    return batch


def _hand_out(batch: Batch, channels: Collection[Channel], at: datetime | None) -> None:
    Delivery.objects.bulk_create(
        Delivery(tenant_id=batch.tenant_id, batch=batch, channel=channel) for channel in channels
    )
    for channel in channels:
        job = app.configure_task(DELIVER_TASK, lock=f"notices:{batch.pk}:{channel}", schedule_at=at)
        job.defer(batch_id=batch.pk, tenant_id=batch.tenant_id, channel=str(channel))


@action("notices.batch.recalled", may=rules.may_recall, locks=("batch",), about="batch")
def recall(*, actor: Actor, batch: Batch, now: datetime) -> Batch:
    """Take a batch back out of every inbox, and stop what has not left the house.

    Refuses after ten minutes. Doing it twice changes nothing.
    """
    if batch.recalled_at is not None:
        return batch
    if now - batch.created_at > RECALL_FOR:
        raise Refused(
            _("已过十分钟，不能撤回。"),
            why=_("对方可能已经照办。"),
            remedy=_("可以再发一条更正。"),
            code="too-late",
        )
    _total, removed = Notice.objects.filter(batch=batch).delete()
    Delivery.objects.filter(batch=batch, state=DeliveryState.WAITING).update(
        state=DeliveryState.RECALLED, finished_at=now
    )
    batch.recalled_at = now
    batch.save(update_fields=["recalled_at"])
    note(removed=sum(removed.values()))
    return batch


@action("notices.notice.read", may=rules.may_mark, about="notice")
def mark_read(*, actor: Actor, notice: Notice, now: datetime) -> Notice:
    """Mark one notice; the first reading counts."""
    if Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=now):
        notice.read_at = now
    return notice


@action("notices.inbox.read", may=rules.may_mark_all)
def mark_all_read(*, actor: Actor, now: datetime) -> int:
    """Mark the whole inbox of the actor; gives how many were unread."""
    marked = unread_notices(actor).update(read_at=now)
    note(marked=marked)
    return marked
