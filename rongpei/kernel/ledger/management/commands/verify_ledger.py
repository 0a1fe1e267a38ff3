"""`./run manage verify_ledger`: recount every roll-up from the entries; exit 1 when one disagrees."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.ledger.models import Entry
from rongpei.kernel.ledger.rollups import differences


class Command(BaseCommand):
    """One grouping over all entries, compared with the kept sums."""

    help = "从明细重算全部汇总，核对是否一致。"

    def handle(self, *args: Any, **options: Any) -> None:
        with scope(list(Tenant.objects.values_list("id", flat=True))):
            found = list(differences())
            count = Entry.objects.count()
        for line in found:
            self.stderr.write(line)
        if found:
            raise CommandError("汇总与明细不一致。")
        self.stdout.write(f"台账一致，共 {count} 条明细。")
