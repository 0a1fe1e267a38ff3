"""`./run manage verify_audit`: walk the sealed chain; exit 1 when a row was edited, deleted, reordered or cut."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rongpei.ground import clock
from rongpei.ground.audit import sealing
from rongpei.ground.audit.models import AuditSeal
from rongpei.ground.audit.tasks import seal_all
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.tenancy.scope import scope


class Command(BaseCommand):
    """Seals what is finished, then verifies everything."""

    help = "核验审计链：查出被修改、删除、换序或截断的记录。"

    def handle(self, *args: Any, **options: Any) -> None:
        with scope(list(Tenant.objects.values_list("id", flat=True))):
            flaws = list(sealing.verify())
        if not flaws:
            seal_all(clock.now())
        count = AuditSeal.objects.count()
        for flaw in flaws[:50]:
            self.stderr.write(f"{flaw.what}（{flaw.at}）")
        if flaws:
            raise CommandError(f"审计链有 {len(flaws)} 处问题。")
        self.stdout.write(f"审计链完好，共 {count} 条。")
