"""What the night does for verification."""

from procrastinate.contrib.django import app

from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.tenancy.scope import scope
from rongpei.pipelines.verification.actions import delete_images, forget_codes, remind_expiring
from rongpei.pipelines.verification.codes import TIDY_TASK


@app.periodic(cron="40 2 * * *")
@app.task(name=TIDY_TASK, queueing_lock=TIDY_TASK)
def tidy(timestamp: int) -> None:
    """Every night, tenant by tenant: delete images that are due, remind of expiry, forget old codes."""
    now, today = clock.now(), clock.today()
    for tenant_id in Tenant.objects.order_by("id").values_list("id", flat=True):
        with scope([tenant_id]):
            system = System(tenant_id)
            delete_images(actor=system, tenant_id=tenant_id, today=today, now=now)
            remind_expiring(actor=system, tenant_id=tenant_id, today=today, now=now)
            forget_codes(actor=system, tenant_id=tenant_id, now=now)
