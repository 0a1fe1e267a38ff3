"""Jobs of the notices room."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from rongpei.ground.notices.codes import DELIVER_TASK
from rongpei.ground.notices.delivering import TryLater, carry


# Waits 5 s, 25 s, 2 min, 10 min, 52 min; the delivery itself counts its tries and gives up after the sixth.
@app.task(
    name=DELIVER_TASK,
    retry=RetryStrategy(max_attempts=8, exponential_wait=5, retry_exceptions=[TryLater, OSError]),
)
def deliver(batch_id: int, tenant_id: int, channel: str) -> None:
    """Carry one batch on one channel; may run again at any time."""
    carry(batch_id=batch_id, tenant_id=tenant_id, channel=channel)
