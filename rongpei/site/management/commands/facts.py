"""`./run manage facts [--hospital CODE] [--as-of DATE] --format json [--names]`: what can be counted by hand."""

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from rongpei.ground import clock
from rongpei.ground.clock.models import Setting
from rongpei.ground.tenancy.codes import TenantKind
from rongpei.ground.tenancy.models import Tenant
from rongpei.site.demonstration.facts import facts_of


class Command(BaseCommand):
    """JSON alone on standard output."""

    help = "按基准日计算各医院的数字；--names 列出每个数字背后的名单。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Which hospital, which day, with or without names."""
        parser.add_argument("--hospital", help="单位代码；默认全部医院")
        parser.add_argument("--as-of", type=date.fromisoformat, help="截至日期；默认演示基准日")
        parser.add_argument("--format", choices=["json"], default="json")
        parser.add_argument("--names", action="store_true", help="列出名单")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compute and print."""
        hospitals = Tenant.objects.filter(kind=TenantKind.INSTITUTION).order_by("id")
        if options["hospital"]:
            hospitals = hospitals.filter(code__iexact=options["hospital"])
            if not hospitals.exists():
                raise CommandError(f"没有代码为 {options['hospital']} 的医院。")
        anchor = Setting.objects.values_list("anchor_on", flat=True).first()
        on = options["as_of"] or anchor or clock.today()
        found = {
            "anchor": anchor.isoformat() if anchor else None,
            "as_of": on.isoformat(),
            "hospitals": [facts_of(tenant, on, names=options["names"]) for tenant in hospitals],
        }
        self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
