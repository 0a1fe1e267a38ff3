"""`./run manage import_roster FILE --hospital CODE [--dry-run] [--format json]`."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.tenancy.queries import tenant_of_code
from rongpei.ground.tenancy.scope import scope
from rongpei.org.people.roster.limits import RosterRefusedError
from rongpei.org.units.roster.actions import import_roster, upload_roster
from rongpei.org.units.roster.running import Look, look_at


class Command(BaseCommand):
    """Checks a roster workbook and imports it, all or nothing; exit 1 when it has errors."""

    help = "导入职工花名册（xlsx、xls 或 csv）：要么全部导入，要么都不导入。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--hospital", required=True, help="单位代码")
        parser.add_argument("--dry-run", action="store_true", help="只检查，不导入")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        tenant = tenant_of_code(options["hospital"])
        if tenant is None:
            raise CommandError(f"没有代码为 {options['hospital']} 的单位。")
        if not path.is_file():
            raise CommandError(f"找不到文件 {path}。")
        with scope([tenant.pk]):
            try:
                look = look_at(tenant_id=tenant.pk, path=path, filename=path.name)
            except RosterRefusedError as error:
                raise CommandError(str(error)) from error
            done = False
            if look.checked.is_clean and not options["dry_run"]:
                self._import(tenant.pk, path, look)
                done = True
        self._tell(look, done, options["format"])
        if not look.checked.is_clean:
            raise CommandError(f"有 {look.checked.error_row_count} 行不能导入，没有导入任何人。")

    def _import(self, tenant_id: int, path: Path, look: Look) -> None:
        system, now = System(tenant_id), clock.now()
        run = upload_roster(
            actor=system,
            tenant_id=tenant_id,
            filename=path.name,
            stored_name="",
            roster_on=clock.today(),
            now=now,
        )
        import_roster(actor=system, run=run, found=look.found, error_count=look.checked.error_count, now=now)

    def _tell(self, look: Look, done: bool, form: str) -> None:
        errors = [
            {"row": e.row, "column": e.column, "value": e.value, "problem": e.problem, "remedy": e.remedy}
            for e in look.checked.errors
        ]
        if form == "json":
            answer = {
                "imported": done,
                **look.found.counts(),
                "errors": errors,
                "warnings": look.checked.warning_count,
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
            return
        for error in errors:
            self.stderr.write(
                f"第 {error['row']} 行 {error['column']}：{error['problem']}。{error['remedy']}"
            )
        counts = look.found.counts()
        self.stdout.write(
            f"新增 {counts['new']} 人，变更 {counts['changed']} 人 {counts['fields']} 处，"
            f"名册里缺失 {counts['gone']} 人，无变化 {counts['unchanged']} 人；{'已导入' if done else '未导入'}。"
        )
