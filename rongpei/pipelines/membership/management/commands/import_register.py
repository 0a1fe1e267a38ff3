"""`./run manage import_register FILE --hospital CODE [--dry-run] [--format json]`."""

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
from rongpei.pipelines.membership.registerimport.actions import import_register, upload_register
from rongpei.pipelines.membership.registerimport.looking import Look, look_at
from rongpei.pipelines.membership.registerimport.matching import Asker


class Command(BaseCommand):
    """Checks a register workbook and imports it, all or nothing; exit 1 when it has errors."""

    help = "导入积极分子和发展对象册（xlsx、xls 或 csv）：要么全部导入，要么都不导入。"

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
                asker = Asker(tenant.pk, None, ("/",))
                look = look_at(asker=asker, path=path, filename=path.name, on=clock.today())
            except RosterRefusedError as error:
                raise CommandError(str(error)) from error
            done = look.checked.is_clean and bool(look.new) and not options["dry_run"]
            if done:
                self._import(tenant.pk, path, look)
        self._tell(look, done, options["format"])
        if not look.checked.is_clean:
            raise CommandError(f"有 {look.checked.error_row_count} 行不能导入，没有导入任何人。")

    def _import(self, tenant_id: int, path: Path, look: Look) -> None:
        system, now = System(tenant_id), clock.now()
        run = upload_register(actor=system, tenant_id=tenant_id, filename=path.name, stored_name="", now=now)
        import_register(actor=system, run=run, look=look, today=clock.today(), now=now)

    def _tell(self, look: Look, done: bool, form: str) -> None:
        errors = [
            {"row": e.row, "column": e.column, "value": e.value, "problem": e.problem, "remedy": e.remedy}
            for e in look.checked.errors
        ]
        warnings = [
            {"row": e.row, "column": e.column, "on": e.on.isoformat(), **e.finding.as_json()}
            for e in look.noted
        ]
        counts = look.counts()
        if form == "json":
            answer = {"imported": done, **counts, "errors": errors, "warnings": warnings}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
            return
        for error in errors:
            self.stderr.write(
                f"第 {error['row']} 行 {error['column']}：{error['problem']}。{error['remedy']}"
            )
        for warning in warnings:
            self.stdout.write(
                f"第 {warning['row']} 行 {warning['column']}：{warning['message']}（第{warning['article']}条）"
            )
        self.stdout.write(
            f"新案卷 {counts['new']} 个 {counts['acts']} 条记录，已有且相同 {counts['same']} 人，"
            f"已有但不同 {counts['differing']} 人；{'已导入' if done else '未导入'}。"
        )
