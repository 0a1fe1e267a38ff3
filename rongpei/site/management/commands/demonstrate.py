"""`./run manage demonstrate [--anchor DATE]`: fill an empty database with the demonstration."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from rongpei.ground.tenancy.models import Tenant
from rongpei.site.demonstration.make import generate


class Command(BaseCommand):
    """Generates backwards from the anchor date; refuses when anything is there."""

    help = "在空数据库里生成演示数据（虚构的五家单位，最近三年）。"

    def add_arguments(self, parser: CommandParser) -> None:
        """The anchor date, today unless given."""
        parser.add_argument("--anchor", type=date.fromisoformat, help="基准日，如 2026-06-12；默认今天")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, a line per step on standard error."""
        if not settings.RONGPEI_DEMONSTRATION:
            raise CommandError("这是正式环境，不能生成演示数据。")
        if Tenant.objects.exists():
            raise CommandError("数据库里已有数据，没有生成演示数据；请换一个空的数据目录再试。")
        generate(options["anchor"] or timezone.localdate(), self._say)

    def _say(self, line: str) -> None:
        self.stderr.write(line)
        self.stderr.flush()
