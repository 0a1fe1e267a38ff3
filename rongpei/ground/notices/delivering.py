"""Carrying a batch out of the house on one channel: claim, send outside any transaction, record.

A message is sent at least once: a worker that dies between sending and recording repeats one chunk. What was recorded
is never sent again, and two workers never carry the same delivery at one time.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from rongpei.ground import clock
from rongpei.ground.accounts.actor import Actor, System
from rongpei.ground.audit import action, note
from rongpei.ground.notices import rules
from rongpei.ground.notices.addresses import addresses
from rongpei.ground.notices.codes import DeliveryState
from rongpei.ground.notices.models import Batch, Delivery, Notice
from rongpei.ground.notices.senders import Message, Outcome, Sender, sender_for
from rongpei.ground.tenancy.scope import scope

MOST_TRIES = 6
LEASE = timedelta(minutes=5)


class TryLater(Exception):  # noqa: N818 - it is an instruction to the queue
    """Some readers could not be reached now; the job should run again."""


@action("notices.delivery.claimed", may=rules.may_deliver, locks=("delivery",), about="delivery")
def claim(*, actor: Actor, delivery: Delivery, now: datetime) -> Delivery | None:
    """Take the delivery for this worker; None when it is finished or another worker has it."""
    if delivery.is_finished or delivery.is_leased(now):
        return None
    delivery.leased_until, delivery.tries = now + LEASE, delivery.tries + 1
    delivery.save(update_fields=["leased_until", "tries"])
    return delivery


@action("notices.delivery.recorded", may=rules.may_deliver, locks=("delivery",), about="delivery")
def record_outcomes(
    *, actor: Actor, delivery: Delivery, outcomes: Sequence[Outcome], now: datetime
) -> Delivery:
    """Write down who was reached and who never will be; the lease is prolonged."""
    settled = [one.reader_id for one in outcomes if one.ok or not one.retry]
    delivery.settled = sorted({*delivery.settled, *settled})
    delivery.reached += sum(one.ok for one in outcomes)
    problems = Counter(one.problem for one in outcomes if not one.ok)
    if problems:
        delivery.last_problem = problems.most_common(1)[0][0][:200]
    delivery.leased_until = now + LEASE
    delivery.save(update_fields=["settled", "reached", "last_problem", "leased_until"])
    note(sent=sum(one.ok for one in outcomes), failed=sum(problems.values()))
    return delivery


@action("notices.delivery.closed", may=rules.may_deliver, locks=("delivery",), about="delivery")
def close(*, actor: Actor, delivery: Delivery, readers: int, now: datetime) -> Delivery:
    """Give the lease back; finish the delivery when everybody is settled or no try is left."""
    delivery.leased_until = None
    if not delivery.is_finished and (len(delivery.settled) >= readers or delivery.tries >= MOST_TRIES):
        full = delivery.reached >= readers
        delivery.state = (
            DeliveryState.DONE if full else DeliveryState.PARTLY if delivery.reached else DeliveryState.FAILED
        )
        delivery.finished_at = now
    delivery.save(update_fields=["leased_until", "state", "finished_at"])
    return delivery


def carry(*, batch_id: int, tenant_id: int, channel: str) -> None:
    """Carry one delivery as far as it goes now.

    Raises TryLater when some readers remain; a repeat continues where this one stopped.
    """
    actor = System(tenant_id)
    with scope([tenant_id]):
        found = Delivery.objects.filter(batch_id=batch_id, channel=channel).first()
        delivery = found and claim(actor=actor, delivery=found, now=clock.now())
        if delivery is None:
            if found and not found.is_finished:
                raise TryLater
            return
        batch = Batch.objects.get(pk=batch_id)
        readers = list(
            Notice.objects.filter(batch=batch).order_by("reader_id").values_list("reader_id", flat=True)
        )
        waiting = [ident for ident in readers if ident not in set(delivery.settled)]
    sender = sender_for(channel)
    size = sender.at_once if sender else len(waiting) or 1
    for start in range(0, len(waiting), size):
        if not _carry_chunk(actor, delivery, batch, waiting[start : start + size], sender):
            break  # taken back meanwhile
    with scope([tenant_id]):
        delivery = close(actor=actor, delivery=delivery, readers=len(readers), now=clock.now())
    if not delivery.is_finished:
        raise TryLater


def _carry_chunk(
    actor: Actor, delivery: Delivery, batch: Batch, chunk: list[int], sender: Sender | None
) -> bool:
    with scope([batch.tenant_id]):
        if Delivery.objects.get(pk=delivery.pk).is_finished:
            return False
        known = addresses(chunk, delivery.channel)
    missing = _("这条渠道没有设置。") if sender is None else _("没有地址或没有同意。")
    unknown = chunk if sender is None else [ident for ident in chunk if ident not in known]
    outcomes = [Outcome(ident, ok=False, problem=missing) for ident in unknown]
    reachable = [_message(batch, ident, known[ident]) for ident in chunk if ident in known]
    if sender is not None and reachable:
        outcomes += sender.send(reachable)
    with scope([batch.tenant_id]):
        record_outcomes(actor=actor, delivery=delivery, outcomes=outcomes, now=clock.now())
    return True


def _message(batch: Batch, reader_id: int, address: str) -> Message:
    url = f"{settings.RONGPEI_PUBLIC_URL.rstrip('/')}{batch.url}" if batch.url else ""
    return Message(
        reader_id, address, batch.title, batch.body, url, reference=f"{batch.tenant_id}.{batch.pk}"
    )
