"""Every night: works whose licence has ended leave the exhibition, and those renewed come back."""

from procrastinate.contrib.django import app

from rongpei.activities.culture.actions.works import check_work
from rongpei.activities.culture.models import Work
from rongpei.activities.culture.showing import faults_of
from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.tenancy.scope import scope


@app.periodic(cron="10 0 * * *")
@app.task(name="culture.check_works", queueing_lock="culture.check_works")
def check_works(timestamp: int) -> None:
    """May run at any time; changes only what no longer agrees."""
    today = clock.today()
    for tenant_id in Tenant.objects.order_by("id").values_list("id", flat=True):
        with scope([tenant_id]):
            for work in Work.objects.filter(on_view=True).prefetch_related("appearances"):
                if work.is_shown == bool(faults_of(work, today)):
                    check_work(actor=System(tenant_id), work=work, on=today)
