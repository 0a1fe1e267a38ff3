"""`./run manage raise_walls`: put row-level security and change records in place, as the owner."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from rongpei.ground.tenancy.walls import raise_walls


class Command(BaseCommand):
    """Run after every migration; it changes nothing when all stands."""

    help = "为所有租户表设置行级安全、只追加和变更记录。"

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            count = raise_walls()
        self.stdout.write(f"{count} 张表已设好隔离。")
