"""Jobs of the audit room: sealing every minute, walking the whole chain every night."""

from datetime import datetime

from procrastinate.contrib.django import app

from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.audit import sealing
from rongpei.ground.audit.codes import EventKind, Result
from rongpei.ground.audit.models import AuditSeal
from rongpei.ground.audit.recording import record
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.tenancy.scope import scope

_BATCH = 50_000


@app.periodic(cron="* * * * *")
@app.task(name="audit.seal", queueing_lock="audit.seal", lock="audit.seal")
def seal_trail(timestamp: int) -> None:
    """Every minute: chain what is finished. Running it twice chains nothing twice."""
    seal_all(clock.now())


@app.periodic(cron="0 3 * * *")
@app.task(name="audit.verify", queueing_lock="audit.verify", lock="audit.seal")
def verify_trail(timestamp: int) -> None:
    """Every night: walk the chain and leave the result in every tenant's trail."""
    verify_all()


def seal_all(now: datetime) -> int:
    """Seal the finished events of all tenants, batch by batch; return how many."""
    total = 0
    while True:
        below = sealing.final_below()
        with scope(_all_tenants()):
            made = sealing.seal(now, below=below, limit=_BATCH)
        total += made
        if made < _BATCH:
            return total


def verify_all() -> list[sealing.Flaw]:
    """Verify the whole chain; every tenant's auditor can read what was found."""
    tenants = _all_tenants()
    with scope(tenants):
        flaws = list(sealing.verify())
        facts = {"links": AuditSeal.objects.count(), "flaws": len(flaws)}
        result = Result.REFUSED if flaws else Result.DONE
        reason = "；".join(f"{flaw.what}（{flaw.at}）" for flaw in flaws[:3])
        for tenant_id in tenants:
            record(
                kind=EventKind.ACT, code=sealing.VERIFIED, actor=System(tenant_id), result=result, reason=reason,
                facts=facts,
            )  # fmt: skip
    return flaws


def _all_tenants() -> list[int]:
    return list(Tenant.objects.order_by("id").values_list("id", flat=True))
