"""The nightly run of deadlines, tenant by tenant."""

from procrastinate.contrib.django import app

from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.procedures.deadlines import run_deadlines


@app.periodic(cron="40 5 * * *")
@app.task(name="procedures.deadlines", queueing_lock="procedures.deadlines")
def deadlines(timestamp: int) -> None:
    """Remind and escalate; may run again at any time."""
    for tenant_id in Tenant.objects.values_list("pk", flat=True):
        with scope([tenant_id]):
            run_deadlines(actor=System(tenant_id), tenant_id=tenant_id, on=clock.today(), now=clock.now())
